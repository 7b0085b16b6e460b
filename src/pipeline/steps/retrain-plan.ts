import type { CheckedLog, Sha256, VersionRecord } from '#versions/contract.ts';
import { type DataRecipe, readRetrainFacts } from './recipe.ts';
import type { Snapshot, TakenData } from './take-data.ts';

/** What a retraining would do, before it does anything: to be printed, and to be executed. */
export type RetrainPlan =
  | {
      readonly kind: 'nothing-new';
      /** `same-data`: a retraining decided on these very rows. `too-few`: fewer than ten finished outages are new. */
      readonly reason: 'same-data' | 'too-few';
      readonly data: Sha256;
      readonly champion: Sha256 | null;
    }
  | {
      readonly kind: 'retrain';
      readonly snapshot: Snapshot;
      readonly recipe: DataRecipe;
      readonly champion: Sha256 | null;
      /** Rows that the champion has not learnt; all of them for the first model. */
      readonly nNew: number;
    };

/** Whether a retraining came to its end with a version: promoted, refused, or thrown away. */
export function hasDecision({ entries }: Pick<CheckedLog, 'entries'>, id: Sha256): boolean {
  const own = entries.filter(({ action }) => action.version === id);
  const since = own.findLastIndex(({ action }) => action.kind === 'submit');
  return own.slice(since).some(({ action }) => ['promote', 'refuse', 'discard'].includes(action.kind));
}

/** The version at work, and what it was trained by; null where there is none. */
export function findChampion({ state }: Pick<CheckedLog, 'state'>): VersionRecord | null {
  return state.versions.find(({ id }) => id === state.champion) ?? null;
}

/** Whether these very rows were decided on, by this recipe: then there is nothing to do, whatever was decided. */
export function hasDecidedOn(
  log: CheckedLog,
  { data }: Pick<TakenData, 'data'>,
  recipe: DataRecipe,
): boolean {
  return log.state.versions.some(({ id, facts }) => {
    const made = readRetrainFacts(facts);
    if (made?.data !== data || !hasDecision(log, id)) return false;
    return JSON.stringify([made.roles, made.settings]) === JSON.stringify([recipe.roles, recipe.settings]);
  });
}

export function planRetrain(
  log: CheckedLog,
  taken: TakenData,
  recipe: DataRecipe,
  snapshot: Snapshot,
  learnt: ReadonlySet<string> | null,
): RetrainPlan {
  const { data } = taken;
  const { champion } = log.state;
  if (hasDecidedOn(log, taken, recipe)) return { kind: 'nothing-new', reason: 'same-data', data, champion };
  if (champion !== null && snapshot.manifest.test.length === 0)
    return { kind: 'nothing-new', reason: 'too-few', data, champion };
  const nNew = taken.hashes.filter((hash) => !learnt?.has(hash)).length;
  return { kind: 'retrain', snapshot, recipe, champion, nNew };
}
