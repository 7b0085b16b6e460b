import { plainName } from './column-words.ts';
import { featureRoles, type KnownWhen, type RoleAssignment } from './roles.ts';
import { findColumn, type CategoryColumn, type Column, type Table } from './table.ts';

/**
 * What an answer may rest on. `plan`: what is known `leadDays` before the start, for an outage to be announced; `start`:
 * all that is known when it begins.
 */
export type Horizon = { readonly kind: 'start' } | { readonly kind: 'plan'; readonly leadDays: number };

export const atStart: Horizon = { kind: 'start' };

/** A horizon as it is asked for; a lead left open is the one that suits the file. */
export type AskedHorizon =
  { readonly kind: 'start' } | { readonly kind: 'plan'; readonly leadDays: number | null };

/** What column names say of measurements and events around the start, in French and in English, as `plainName` writes them. */
const atStartWords = [
  // power and load just before; burn-up reached
  /\b(puissances?|power|charge|load|mw|mwe|curtail\w*|unavailable|indisponible|baisse|derat\w*)\b/,
  /\b(jepp|burn ?up|combustion|pleine puissance|full power|taux d usure)\b/,
  // the hour and the day of the week: a start slips by more than that
  /\b(heures? de (debut|depart|arret)|heure debut|start (hour|time))$|\b(hour|heure|weekday|day of week|jour (de (la )?)?semaine)$/,
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
 * When each column is known: as a person said, else as its name says (a column that a person gave its role, by the
 * start at the latest). What each unit always has (its site, its rated
 * power) is known long before, whatever it is called; so is the duration that was announced: that is what announcing
 * means. O(columns named like measurements × groups × rows).
 */
export function findKnownWhen(
  table: Table,
  roles: readonly RoleAssignment[],
): ReadonlyMap<string, KnownWhen> {
  const groups = roles.flatMap(({ column, role }) => {
    const group = role === 'group' ? findColumn(table, column) : undefined;
    return group?.type === 'category' ? [group] : [];
  });
  return new Map(roles.map((assignment) => [assignment.column, findOne(assignment, table, groups)]));
}

function findOne(
  { column, role, reason, leak, knownWhen }: RoleAssignment,
  table: Table,
  groups: readonly CategoryColumn[],
): KnownWhen {
  if (role === 'target' || role === 'end') return 'afterwards';
  if (knownWhen) return knownWhen;
  // To what looks known too late a person may say otherwise: by giving it its role.
  const latest = reason === 'user' ? 'at-start' : 'afterwards';
  if (leak || reason === 'known-after') return latest;
  if (role === 'start' || role === 'announced' || role === 'group') return 'long-before';
  const named = guessKnownWhen(column);
  if (named === 'afterwards') return latest;
  const cells = named === 'long-before' ? undefined : findColumn(table, column);
  return cells && groups.some((group) => isFactOf(group, cells)) ? 'long-before' : named;
}

/** When a column of that name is known, as far as the name tells. */
export function guessKnownWhen(name: string): KnownWhen {
  const plain = plainName(name);
  if (afterwardsWords.test(plain)) return 'afterwards';
  if (factWords.test(plain)) return 'long-before';
  return atStartWords.some((words) => words.test(plain)) ? 'at-start' : 'long-before';
}

/** Below this many rows a label on average, "always the same" is chance. */
const MIN_ROWS_PER_LABEL = 3;

/** Each label of the group always goes with the same cell, missing ones aside, and not all with the same. */
function isFactOf({ codes, categories }: CategoryColumn, column: Column): boolean {
  const values = column.type === 'category' ? column.codes : column.values;
  const isMissing = column.type === 'category' ? (value: number) => value < 0 : Number.isNaN;
  const valueOf = new Map<number, number>();
  let nKnown = 0;
  for (const [row, code] of codes.entries()) {
    const value = values[row] ?? NaN;
    if (code < 0 || isMissing(value)) continue;
    nKnown++;
    if ((valueOf.get(code) ?? value) !== value) return false;
    valueOf.set(code, value);
  }
  return nKnown >= MIN_ROWS_PER_LABEL * categories.length && new Set(valueOf.values()).size > 1;
}

/** The roles of what an answer at this horizon may rest on: columns known later are left out of the features. */
export function applyHorizon(
  table: Table,
  roles: readonly RoleAssignment[],
  { kind }: Horizon,
): readonly RoleAssignment[] {
  const known = findKnownWhen(table, roles);
  return roles.map((assignment) => {
    const { column, role } = assignment;
    const when = known.get(column);
    const isKnown = when === 'long-before' || (kind === 'start' && when === 'at-start');
    return featureRoles.includes(role) && !isKnown
      ? { ...assignment, role: 'ignore', reason: 'known-later' }
      : assignment;
  });
}
