import { createHash } from 'node:crypto';
import type { Instant } from '#base/instant.ts';
import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { DatasetFile } from '#jobs/dataset/contract.ts';
import { assignRole } from '#jobs/dataset/assign-role.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import type { ArtifactStore, Key } from './artifact-store.ts';
import { readChallenger } from './model-archive.ts';
import { prepareRetrain, storeSnapshot } from './retrain.ts';
import { decide, type GateRule } from './steps/decide.ts';
import { createJudge } from './steps/judge.ts';
import { createStoreVersions, encodeJson, putOnce } from './store-versions.ts';
import { keys } from './store-layout.ts';

/**
 * The steps of a retraining where a state machine stands between them and SageMaker trains: each finds in the store what the one
 * before left. The cloud's handlers are a few lines over them.
 */

/** Whether there is something to learn, and where it lies. */
export type CloudPreparation =
  | ({
      readonly changed: false;
      readonly rows: 0;
      readonly reason: 'same-data' | 'too-few' | 'no-file';
    } & NoPlace)
  | {
      readonly changed: true;
      readonly rows: number;
      readonly data: string;
      readonly snapshot: string;
      readonly snapshotUri: string;
      readonly testUri: string;
      readonly recipeUri: string;
    };

/** A state machine reads the same names whatever came of it. */
interface NoPlace {
  readonly data: null;
  readonly snapshot: null;
  readonly snapshotUri: null;
  readonly testUri: null;
  readonly recipeUri: null;
}

const noPlace: NoPlace = { data: null, snapshot: null, snapshotUri: null, testUri: null, recipeUri: null };

/** Reads what arrived, and stores a snapshot and the recipe: the champion's, else the one that `target` begins. */
export async function prepareCloudRetrain(
  store: ArtifactStore,
  address: string,
  { target }: { readonly target?: string },
  job: JobContext,
): Promise<CloudPreparation> {
  const arrivals = await readRaw(store);
  if (arrivals.length === 0) return { changed: false, rows: 0, reason: 'no-file', ...noPlace };
  const request = {
    arrivals,
    overrides: {},
    chooseRoles: null,
    settings: null,
    defaults: defaultTrainingSettings,
    rule: 'paired',
    by: '',
    ...(target !== undefined && {
      firstRoles: (guessed: Parameters<typeof assignRole>[0]) => assignRole(guessed, target, 'target'),
    }),
  } as const;
  const { plan } = await prepareRetrain(store, request, { job });
  if (plan.kind === 'nothing-new') return { changed: false, rows: 0, reason: plan.reason, ...noPlace };
  const { snapshot, recipe } = plan;
  await storeSnapshot(store, snapshot);
  const bytes = encodeJson(recipe);
  const recipeKey = keys.snapshotRecipe(snapshot.id, createHash('sha256').update(bytes).digest('hex'));
  await putOnce(store, recipeKey, bytes);
  const at = (key: Key) => `${withoutOptions(address)}/${key}`;
  return {
    changed: true,
    rows: snapshot.manifest.train.length,
    data: snapshot.manifest.data,
    snapshot: snapshot.id,
    snapshotUri: at(keys.snapshotData(snapshot.id)),
    testUri: at(keys.snapshotTest(snapshot.id)),
    recipeUri: at(recipeKey),
  };
}

/** What a state machine knows after a training. */
export interface CloudTraining {
  readonly execution: string;
  readonly data: { readonly snapshot: string };
  readonly training: { readonly modelUri: string };
}

/** Brings the model that a training job left before the gate, entry by entry; with `leavesPromotion` all but the last. */
export async function judgeCloudTraining(
  store: ArtifactStore,
  address: string,
  { execution, data, training }: CloudTraining,
  {
    rule,
    leavesPromotion,
    now,
    job,
  }: {
    readonly rule: GateRule;
    readonly leavesPromotion: boolean;
    readonly now: () => Instant;
    readonly job: JobContext;
  },
) {
  const challenger = readChallenger((await store.get(toKey(address, training.modelUri))).bytes);
  const test = await store.get(keys.snapshotTest(data.snapshot));
  const judge = createJudge(now);
  return decide(createStoreVersions(store), challenger, {
    rule,
    by: execution,
    now,
    snapshot: data.snapshot,
    leavesPromotion,
    judge: (old, next) => judge(old, next, { name: 'test.csv', bytes: test.bytes }, job),
  });
}

async function readRaw(store: ArtifactStore): Promise<DatasetFile[]> {
  const files: DatasetFile[] = [];
  for await (const { key } of store.list(keys.raw))
    files.push({ name: key.slice(keys.raw.length + 1), bytes: (await store.get(key)).bytes });
  return files;
}

/** Throws `invalid-setting` for what lies outside of the store. */
function toKey(address: string, uri: string): Key {
  const base = `${withoutOptions(address)}/`;
  if (uri.startsWith(base)) return uri.slice(base.length);
  throw new AppError('invalid-setting', `${uri} lies outside of ${base}`, { name: 'modelUri', value: uri });
}

function withoutOptions(address: string): string {
  return address.replace(/\?.*$/u, '').replace(/\/$/u, '');
}
