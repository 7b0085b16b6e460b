import { AppError } from '#base/errors.ts';
import type { CasePrediction } from '#inference/contract.ts';
import type { KeptModel } from '#registry/records.ts';
import type { Registry } from '#registry/registry.ts';
import type { Sha256, Signature, VersionAction } from '#versions/contract.ts';
import type { GateReport } from '#versions/gate/contract.ts';
import { openLog } from '#versions/version-log.ts';
import { act } from '#versions/version-store.ts';
import { wordsIn } from '#language/words.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import { APP_NAME } from './describe-submission.ts';
import type { Effects } from './effects.ts';
import { openKeptModel } from './open-kept-model.ts';
import { refreshStaleness } from './staleness.ts';
import type { GetState, SetState, VersionsSlice } from './state.ts';

/** Seeds the flips of signs: the same comparison says the same again. */
const GATE_SEED = 1;

export function createVersionsSlice(set: SetState, get: GetState, effects: Effects): VersionsSlice {
  /** Throws `storage-unavailable` where nothing is kept: there are no versions then. */
  async function withRegistry<Result>(task: (registry: Registry) => Promise<Result>): Promise<Result> {
    const registry = effects.registry.current();
    if (!registry) throw new AppError('storage-unavailable', 'nothing is kept');
    return task(registry);
  }

  async function loadKept(version: Sha256): Promise<KeptModel> {
    return withRegistry(async (registry) => {
      const place = (await registry.listVersionPlaces()).find(({ id }) => id === version);
      const kept = place && (await registry.loadModel(place.modelId));
      if (!kept) throw new AppError('version-missing', `version ${version} is not kept`, { version });
      return kept;
    });
  }

  async function attempt(task: () => Promise<void>): Promise<boolean> {
    try {
      await task();
      return true;
    } catch (thrown) {
      effects.report(thrown, 'saving');
      return false;
    } finally {
      await get().loadVersions();
    }
  }

  async function show(version: Sha256): Promise<void> {
    const kept = await loadKept(version);
    const before = get().model;
    if (before?.id === kept.model.id) return;
    const [problem] = await openKeptModel(set, get, effects, kept);
    if (problem && get().model?.id !== kept.model.id) {
      throw new AppError(problem.code, 'the version does not open', problem.details);
    }
    if (before) effects.models.release(before.id);
    set({ evaluation: null });
    set(refreshStaleness);
    await effects.registry.save([], (registry) => registry.showModel(kept.model.id));
  }

  /** Runs with a kept model open beside what is on show, and closes it again. */
  async function withOpen<Result>(kept: KeptModel, run: () => Promise<Result>): Promise<Result> {
    const { id, text } = kept.model;
    const isShown = get().model?.id === id;
    if (!isShown) effects.models.hold(id, text);
    try {
      return await run();
    } finally {
      if (!isShown) effects.models.release(id);
    }
  }

  async function compare(old: KeptModel, challenger: KeptModel, options: RunOptions): Promise<GateReport> {
    const datasetId = await effects.dataset.ensure(options);
    const worker = 'training' as const;
    await effects.models.open(old.model.id, worker);
    await effects.models.open(challenger.model.id, worker);
    const testOf = ({ model: { result } }: KeptModel) =>
      result?.datasetId === datasetId ? result.test : null;
    const [oldTest, newTest] = [testOf(old), testOf(challenger)];
    const request = {
      datasetId,
      oldModelId: old.model.id,
      newModelId: challenger.model.id,
      ...(newTest && { newTest }),
      // A champion that learnt the file is judged by what its recipe said of the outages it was kept from.
      ...(newTest && oldTest && { oldTest }),
      today: effects.today(),
      seed: GATE_SEED,
      dropsLearnt: true,
    };
    return effects.run('compare-models', request, options);
  }

  /** By the names of the columns: another version may ask for them in another order, or for others. */
  async function ask(kept: KeptModel): Promise<CasePrediction | null> {
    return withOpen(kept, async () => {
      const { model: shown, scenario } = get();
      const { id } = kept.model;
      const { features } = await effects.models.open(id, 'prediction');
      if (!shown || !scenario) return null;
      const nameOf = shown.summary.features.map(({ name }) => name);
      const positions = features.map(({ name }) => nameOf.indexOf(name));
      if (positions.includes(-1)) return null;
      const cells = positions.map((position) => scenario.cells[position] ?? null);
      const [answer = null] = await effects.run('predict', { modelId: id, cases: [cells] });
      return answer;
    });
  }

  const sign = (action: VersionAction, signature: Signature) =>
    withRegistry((registry) => act(registry.versions, action, signature));

  return {
    versions: null,

    loadVersions: async () => {
      const read = await effects.registry.read(async (registry) => ({
        entries: await registry.versions.readLog(),
        places: await registry.listVersionPlaces(),
        others: await registry.listOtherLogs(),
      }));
      if (!read) return;
      const { log, broken } = openLog(read.entries);
      const others = read.others.map(({ entries }) => openLog(entries).log);
      set({ versions: { log, broken, others, places: read.places } });
    },

    compareVersions: async (old, challenger) => {
      let found: GateReport | null = null;
      await effects.work.run('comparing', async (options) => {
        const [before, after] = [await loadKept(old), await loadKept(challenger)];
        found = await withOpen(before, () => withOpen(after, () => compare(before, after, options)));
      });
      return found;
    },

    askVersions: async (versions) => {
      const answers: (CasePrediction | null)[] = [];
      await attempt(async () => {
        for (const version of versions) answers.push(await ask(await loadKept(version)));
      });
      return answers;
    },

    judgeVersion: async (version) => {
      const champion = get().versions?.log.state.champion;
      if (!champion) return;
      const report = await get().compareVersions(champion, version);
      if (!report) return;
      const reason = wordsIn(get().language).t('versions.auto.judged');
      const signature = { by: APP_NAME, at: effects.today(), reason };
      await attempt(async () => {
        await sign({ kind: 'judge', version, against: champion, report }, signature);
      });
    },

    actOnVersion: (action, signature) =>
      attempt(async () => {
        await sign(action, { ...signature, at: effects.today() });
        if (action.kind === 'promote' || action.kind === 'roll-back') await show(action.version);
      }),

    showVersion: async (version) => {
      await attempt(() => show(version));
    },
  };
}
