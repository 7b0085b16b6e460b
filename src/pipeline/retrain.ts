import { AppError } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import type { JobContext } from '#base/job-context.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { DatasetFile } from '#jobs/dataset/contract.ts';
import type { TrainingSettings } from '#training/contract.ts';
import type { CheckedLog, Sha256 } from '#versions/contract.ts';
import { readCheckedLog } from '#versions/version-store.ts';
import { type ArtifactStore, getIfPresent } from './artifact-store.ts';
import { readRetrainFacts, recallRoles } from './steps/recipe.ts';
import { findChampion, planRetrain, type RetrainPlan } from './steps/retrain-plan.ts';
import { decide, type Decision, type GateRule, type JudgeModels } from './steps/decide.ts';
import type { fitChallenger } from './steps/fit.ts';
import { makeSnapshot, type Snapshot, takeData, type TakenFile } from './steps/take-data.ts';
import { createStoreVersions, encodeJson, putOnce, updatePointer } from './store-versions.ts';
import { keys } from './store-layout.ts';

export interface RetrainRequest {
  readonly arrivals: readonly DatasetFile[];
  readonly overrides: Partial<Dialect>;
  /** Roles that a person names; null: those of the champion, else those that are guessed. */
  readonly chooseRoles: ((guessed: readonly RoleAssignment[]) => readonly RoleAssignment[]) | null;
  /** What the first model begins with, where there is no champion to follow. */
  readonly firstRoles?: (guessed: readonly RoleAssignment[]) => readonly RoleAssignment[];
  /** Null: those of the champion, else the defaults. */
  readonly settings: TrainingSettings | null;
  readonly defaults: TrainingSettings;
  readonly rule: GateRule;
  readonly by: string;
}

/** What a retraining is given beside its request. */
export interface StepContext {
  readonly job: JobContext;
  readonly now: () => Instant;
  readonly fit: typeof fitChallenger;
  readonly judge: JudgeModels;
}

export interface PreparedRetrain {
  readonly plan: RetrainPlan;
  readonly files: readonly TakenFile[];
}

/** Reads what arrived and finds out what is to be done: nothing is written. */
export async function prepareRetrain(
  store: ArtifactStore,
  request: RetrainRequest,
  { job }: Pick<StepContext, 'job'>,
): Promise<PreparedRetrain> {
  const log = await readCheckedLog(createStoreVersions(store));
  const champion = findChampion(log);
  const made = champion && readRetrainFacts(champion.facts);
  const taken = await takeData(request.arrivals, request.overrides, job);
  const { firstRoles = (guessed) => guessed } = request;
  const recalled = made ? recallRoles(taken.roles, made.roles) : firstRoles(taken.roles);
  const recipe = {
    roles: request.chooseRoles ? request.chooseRoles(taken.roles) : recalled,
    settings: request.settings ?? made?.settings ?? request.defaults,
  };
  const learnt = champion && (await readLearnt(store, made?.snapshot ?? null));
  const snapshot = makeSnapshot(taken, recipe.roles, learnt);
  return { plan: planRetrain(log, taken, recipe, snapshot, learnt), files: taken.files };
}

/** Hashes of the rows that a snapshot was trained on; of a champion that came from elsewhere nothing is known, and the gate alone tells. */
async function readLearnt(store: ArtifactStore, snapshot: Sha256 | null): Promise<ReadonlySet<string>> {
  const found = snapshot === null ? null : await getIfPresent(store, keys.snapshotManifest(snapshot));
  if (!found) return new Set();
  const manifest = JSON.parse(new TextDecoder().decode(found.bytes)) as { train?: readonly string[] };
  return new Set(manifest.train ?? []);
}

export interface RetrainReport extends Decision {
  readonly snapshot: Sha256;
  /** What the pointer says now. */
  readonly champion: Sha256 | null;
}

/**
 * Snapshot, model, log entries, pointer, in this order: whenever it is cut off, the store is as it was, or as it is to be. Done
 * again it goes on from there, as what it writes follows from the plan alone.
 */
export async function executeRetrain(
  plan: Extract<RetrainPlan, { kind: 'retrain' }>,
  store: ArtifactStore,
  { rule, by }: Pick<RetrainRequest, 'rule' | 'by'>,
  { job, now, fit, judge }: StepContext,
): Promise<RetrainReport> {
  const { snapshot, recipe } = plan;
  await storeSnapshot(store, snapshot);
  const challenger = await fit(snapshot, recipe, now(), job);
  const decision = await decide(createStoreVersions(store), challenger, {
    rule,
    by,
    now,
    snapshot: snapshot.id,
    judge: (old, next) => judge(old, next, { name: 'test.csv', bytes: encode(snapshot.testText) }, job),
  });
  const pointer = await updatePointer(store);
  return { ...decision, snapshot: snapshot.id, champion: pointer?.model ?? null };
}

export async function storeSnapshot(store: ArtifactStore, snapshot: Snapshot): Promise<void> {
  await putOnce(store, keys.snapshotData(snapshot.id), encode(snapshot.trainText));
  await putOnce(store, keys.snapshotTest(snapshot.id), encode(snapshot.testText));
  await putOnce(store, keys.snapshotManifest(snapshot.id), encodeJson(snapshot.manifest));
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The champion before the present one. Throws `version-not-allowed` where there was none. */
export function findPrevious({ entries, state }: CheckedLog): Sha256 {
  const crowned = entries.flatMap(({ action }) =>
    action.kind === 'promote' || action.kind === 'roll-back' ? [action.version] : [],
  );
  const previous = crowned.findLast((id) => id !== state.champion);
  if (previous !== undefined) return previous;
  const details = { action: 'roll-back', number: crowned.length, standing: 'champion' };
  throw new AppError('version-not-allowed', 'no version was champion before this one', details);
}
