import { plainName } from './column-words.ts';
import type { Follower } from './followers.ts';
import type { RoleAssignment } from './roles.ts';

/**
 * When the cell of a column is known: `long-before` the outage (its unit, its type, the month it is planned for),
 * `at-start` only (the power before, the hour, how many units are down by then), or `afterwards` (what gives the
 * duration away, and what is written down once it is over). An answer for an outage to come may rest on the first only.
 */
export const horizons = ['long-before', 'at-start', 'afterwards'] as const;
export type KnownWhen = (typeof horizons)[number];

/** What column names say of measurements and events around the start, in French and in English, as `plainName` writes them. */
const atStartWords = [
  // power and load just before; burn-up reached
  /\b(puissances?|power|charge|load|mw|mwe|curtail\w*|unavailable|indisponible|baisse|derat\w*)\b/,
  /\b(jepp|burn ?up|combustion|pleine puissance|full power|taux d usure)\b/,
  // the hour
  /\b(heures? de (debut|depart|arret)|heure debut|start (hour|time)|hour|heure)$/,
  // what came before, as long as it is counted to the start
  /\b(avant|before|prior|previous|precedente?s?|depuis|since|ecoulee?s?|last)\b/,
  // the state of the fleet by then
  /\b(arretee?s?|a l arret|down|under way|en cours|simultanee?s?|concurrent|ongoing)\b/,
  // what is found out when it stops
  /\b(causes?|motifs?|raisons?|reasons?|defauts?|faults?|failures?|pannes?|avaries?|symptom\w*)\b/,
] as const;

/** What is written down as it goes on, or after it. */
const afterwardsWords =
  /\b(commentaires?|comments?|remarques?|remarks?|observations?|rex|retour d experience|lessons?|prolongation|extension|retards?|delays?|depassements?|overruns?)\b/;

/** Facts that do not change with the outage, whatever else the name says: "puissance nominale". */
const factWords =
  /\b(nominale?s?|nominal|pmax|max(imale?|imum)?|installee?s?|installed|rated|capacity|capacite|qualifying|net)\b/;

/**
 * Guesses when each column is known. A column that a unit determines (its site, its rated power) is a fact of it, known
 * long before. The duration that was announced is: that is what announcing means. A person may overrule each.
 */
export function guessKnownWhen(
  roles: readonly RoleAssignment[],
  facts: readonly Pick<Follower, 'column'>[] = [],
): ReadonlyMap<string, KnownWhen> {
  const isFact = new Set(facts.map(({ column }) => column));
  return new Map(
    roles.map(({ column, role, reason, leak }): [string, KnownWhen] => {
      if (role === 'target' || role === 'end' || leak || reason === 'known-after')
        return [column, 'afterwards'];
      if (role === 'start' || role === 'announced' || role === 'group' || isFact.has(column)) {
        return [column, 'long-before'];
      }
      return [column, guessByName(column)];
    }),
  );
}

function guessByName(name: string): KnownWhen {
  const plain = plainName(name);
  if (afterwardsWords.test(plain)) return 'afterwards';
  if (factWords.test(plain)) return 'long-before';
  return atStartWords.some((words) => words.test(plain)) ? 'at-start' : 'long-before';
}
