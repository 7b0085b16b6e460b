import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { assignRole } from '#jobs/dataset/assign-role.ts';
import { createSampleReport } from '#versions/testing/sample-versions.ts';
import { defaultTrainingSettings, withPreset } from '#training/training-settings.ts';
import { readCheckedLog } from '#versions/version-store.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { checkStore } from './check-store.ts';
import { createMemoryStore } from './memory-store.ts';
import {
  executeRetrain,
  findPrevious,
  prepareRetrain,
  type RetrainRequest,
  type StepContext,
} from './retrain.ts';
import type { RetrainPlan } from './steps/retrain-plan.ts';
import type { GateRule } from './steps/decide.ts';
import { type Challenger, fitChallenger } from './steps/fit.ts';
import { keys } from './store-layout.ts';
import { createStoreVersions } from './store-versions.ts';
import { createFaultyArtifacts, type FaultMoment } from './testing/faulty-store.ts';

const rng = createRng(7);
const lines = Array.from({ length: 160 }, (_, i) => {
  const start = new Date(Date.UTC(2016, 0, 1 + 12 * i)).toISOString().slice(0, 10);
  const crew = rng.nextBelow(20);
  return `T${i % 4},${start},${crew},${40 - crew + Math.round(2 * rng.nextNormal())}`;
});

function request(nRows: number, changes: Partial<RetrainRequest> = {}): RetrainRequest {
  const text = ['unit,start date,crew,duration (days)', ...lines.slice(0, nRows)].join('\n');
  return {
    arrivals: [{ name: 'a.csv', bytes: new TextEncoder().encode(text) }],
    overrides: {},
    chooseRoles: (guessed) => assignRole(guessed, 'duration (days)', 'target'),
    settings: {
      ...withPreset(defaultTrainingSettings, 'reference'),
      folds: 2,
      usesPast: false,
      horizon: { kind: 'start' },
    },
    defaults: defaultTrainingSettings,
    rule: 'paired',
    by: 'Ève',
    ...changes,
  };
}

/** Trainings by snapshot: each is done once. */
const fitted = new Map<string, Promise<Challenger>>();
const better = createSampleReport('proven-better');
const context: StepContext = {
  job: createSilentContext(),
  now: () => 1_790_000_000_000,
  fit: (snapshot, ...rest) => {
    const known = fitted.get(snapshot.id) ?? fitChallenger(snapshot, ...rest);
    fitted.set(snapshot.id, known);
    return known;
  },
  judge: async () => better,
};

async function retrain(store: ArtifactStore, asked: RetrainRequest, changes: Partial<StepContext> = {}) {
  const { plan } = await prepareRetrain(store, asked, context);
  if (plan.kind === 'nothing-new') return plan;
  return executeRetrain(plan, store, asked, { ...context, ...changes });
}

const pointerOf = async (store: ArtifactStore) =>
  JSON.parse(new TextDecoder().decode((await store.get(keys.pointer)).bytes)) as { model: string };

describe('a retraining', () => {
  const store = createMemoryStore();
  let first: string;
  let plan: Extract<RetrainPlan, { kind: 'retrain' }>;
  beforeAll(async () => {
    await retrain(store, request(100));
    first = (await pointerOf(store)).model;
    const prepared = await prepareRetrain(store, request(160), context);
    if (prepared.plan.kind === 'retrain') plan = prepared.plan;
  });
  const execute = (at: ArtifactStore, rule: GateRule = 'paired', changes: Partial<StepContext> = {}) =>
    executeRetrain(plan, at, { rule, by: 'Ève' }, { ...context, ...changes });

  it('has nothing to do on the same rows, also where they came in other files', async () => {
    const [header = '', ...rows] = new TextDecoder()
      .decode(request(100).arrivals[0]?.bytes as Uint8Array)
      .split('\n');
    const halves = [rows.slice(50), rows.slice(0, 50)].map((part, i) => ({
      name: `${i}.csv`,
      bytes: new TextEncoder().encode([header, ...part].join('\r\n')),
    }));
    expect(await retrain(store, request(100))).toMatchObject({ kind: 'nothing-new', reason: 'same-data' });
    // Without a word about roles and settings, those of the champion.
    const asked = request(0, { arrivals: halves, chooseRoles: null, settings: null });
    expect(await retrain(store, asked)).toMatchObject({ kind: 'nothing-new', reason: 'same-data' });
    expect(await retrain(store, request(105))).toMatchObject({ kind: 'nothing-new', reason: 'too-few' });
  });

  it('puts the first model to work, which beats the median', async () => {
    const { state } = await readCheckedLog(createStoreVersions(store));
    expect(state.versions).toMatchObject([{ id: first, standing: 'champion' }]);
  });

  it('plans without writing a byte', async () => {
    const before = await checkStore(store);
    const planned = await prepareRetrain(store, request(160), context);
    expect(planned.plan).toMatchObject({ kind: 'retrain', champion: first, nNew: 60 });
    const { train, test } = plan.snapshot.manifest;
    expect([train.length, test.length]).toEqual([130, 30]);
    expect(await checkStore(store)).toEqual(before);
  });

  it('keeps the old one unless the gate says deploy; whatever it was told, both errors are in the answer', async () => {
    const cases = [
      { rule: 'paired', report: createSampleReport('cannot-tell'), deploy: false },
      { rule: 'paired', report: createSampleReport('not-better'), deploy: false },
      {
        rule: 'strict',
        report: createSampleReport('not-better', { new: { mae: 9, mse: 12, bias: 0, pinball: null } }),
        deploy: false,
      },
      {
        rule: 'strict',
        report: createSampleReport('not-better', { new: { mae: 9, mse: 11.9, bias: 0, pinball: null } }),
        deploy: true,
      },
      { rule: 'paired', report: better, deploy: true },
    ] as const;
    for (const { rule, report, deploy } of cases) {
      const copy = await copyStore(store);
      const outcome = await execute(copy, rule, { judge: async () => report });
      expect(outcome).toMatchObject({ deploy, newMse: report.new?.mse, oldMse: 12, verdict: report.verdict });
      const log = await readCheckedLog(createStoreVersions(copy));
      expect(log.state.champion === first).toBe(!deploy);
      expect((await pointerOf(copy)).model).toBe(log.state.champion);
      // Decided is decided, whatever it was.
      await execute(copy, rule);
      expect(await readCheckedLog(createStoreVersions(copy))).toEqual(log);
    }
    const kept = await copyStore(store);
    await execute(kept, 'paired', { judge: async () => createSampleReport('not-better') });
    expect(await retrain(kept, request(160))).toMatchObject({ kind: 'nothing-new', reason: 'same-data' });
  });

  it('broken at any call of the store, before or after it was done, leaves the old or the new, and goes on from there', async () => {
    const whole = await copyStore(store);
    await execute(whole);
    expect(findPrevious(await readCheckedLog(createStoreVersions(whole)))).toBe(first);
    const next = (await pointerOf(whole)).model;
    for (const moment of ['before', 'after'] as const) {
      let k = 1;
      for (; k < 200; k++) if (!(await breakAt(k, moment, next))) break;
      expect(k).toBeGreaterThan(12);
      expect(k).toBeLessThan(200);
    }
  });

  async function breakAt(k: number, moment: FaultMoment, next: string): Promise<boolean> {
    const inner = await copyStore(store);
    const { store: faulty, calls } = createFaultyArtifacts(inner, moment);
    calls.arm(k);
    const failed = await execute(faulty).then(
      () => false,
      () => true,
    );
    const seen = await checkStore(inner);
    expect(seen.problems).toEqual([]);
    expect([first, next]).toContain(seen.champion);
    // A pointer that is late tells of a version that is there all the same.
    expect([first, next]).toContain((await pointerOf(inner)).model);
    await execute(inner);
    expect(await checkStore(inner)).toMatchObject({
      champion: next,
      isPointerLate: false,
      orphans: [],
      problems: [],
    });
    return failed;
  }

  it('of many at once has one outcome', async () => {
    const shared = await copyStore(store);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => execute(shared)));
    const report = await checkStore(shared);
    expect(report).toMatchObject({ isSound: true, isPointerLate: false, nEntries: 5 });
    expect(
      new Set(outcomes.map((outcome) => ('deploy' in outcome ? outcome.version : null))).size,
    ).toBeLessThanOrEqual(2);
  });
});

describe('a first model', () => {
  it('that does not beat the median is not kept, and no one is at work', async () => {
    const store = createMemoryStore();
    const worse: StepContext['fit'] = async (...asked) => {
      const made = await context.fit(...asked);
      return { ...made, ownTest: { ...made.ownTest, median: made.ownTest.new } };
    };
    expect(await retrain(store, request(100), { fit: worse })).toMatchObject({
      deploy: false,
      champion: null,
    });
    expect(await checkStore(store)).toMatchObject({ isSound: true, champion: null, isPointerLate: false });
    expect(await retrain(store, request(100), { fit: worse })).toMatchObject({ kind: 'nothing-new' });
  });
});

describe('a look from outside', () => {
  it('names what is lost, altered, late or of nobody', async () => {
    const sound = createMemoryStore();
    await retrain(sound, request(100));
    const damage = async (change: (store: ArtifactStore, keysOf: string[]) => Promise<unknown>) => {
      const store = await copyStore(sound);
      const all: string[] = [];
      for await (const { key } of store.list('')) all.push(key);
      await change(store, all);
      return checkStore(store);
    };
    const find = (all: string[], end: string) => all.find((key) => key.endsWith(end)) ?? '';
    const spoil = (end: string) => (store: ArtifactStore, all: string[]) =>
      store.put(find(all, end), new Uint8Array([1]), { kind: 'overwrite' });
    const remove = (end: string) => (store: ArtifactStore, all: string[]) => store.delete(find(all, end));
    const kinds = async (change: Parameters<typeof damage>[0]) =>
      (await damage(change)).problems.map(({ kind }) => kind);
    expect(await kinds(spoil('00000001.json'))).toEqual(['log-broken']);
    expect(await kinds(remove('00000001.json'))).toEqual(['log-broken']);
    expect(await kinds(spoil('model.json'))).toEqual(['version-altered']);
    expect(await kinds(remove('model.json'))).toEqual(['version-missing']);
    expect(await kinds(spoil('train.csv'))).toEqual(['snapshot-altered']);
    expect(await kinds(remove('manifest.json'))).toEqual(['snapshot-missing']);
    expect(await damage(remove('current.json'))).toMatchObject({ isSound: true, isPointerLate: true });
    const stray = await damage((store) => store.put(keys.version('x'), new Uint8Array(), { kind: 'create' }));
    expect(stray).toMatchObject({ isSound: true, orphans: [keys.version('x')] });
  });
});

async function copyStore(store: ArtifactStore): Promise<ArtifactStore> {
  const copy = createMemoryStore();
  for await (const { key } of store.list(''))
    await copy.put(key, (await store.get(key)).bytes, { kind: 'create' });
  return copy;
}
