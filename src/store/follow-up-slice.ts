import { AppError } from '#base/errors.ts';
import type { LedgerEvent } from '#monitoring/contract.ts';
import { readEvents, writeLedger } from '#monitoring/ledger-file.ts';
import type { Announced } from '#jobs/monitoring/contract.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import type { Effects } from './effects.ts';
import { createLearningRequest } from './learning-request.ts';
import type { FollowUpSlice, GetState, SetState } from './state.ts';

const LEDGER_FILE_NAME = 'registre-tranche.json';

export function createFollowUpSlice(set: SetState, get: GetState, effects: Effects): FollowUpSlice {
  /** What is kept, with what another tab added; in memory mode what this tab has. */
  async function readLedger(): Promise<readonly LedgerEvent[]> {
    const kept = await effects.registry.read((registry) => registry.loadLedger());
    const ledger = kept ? readEvents(kept) : get().ledger;
    set({ ledger });
    return ledger;
  }

  async function append(before: readonly LedgerEvent[], events: readonly LedgerEvent[]): Promise<void> {
    if (events.length === 0) return;
    await effects.registry.save(['ledger'], (registry) => registry.appendLedger(before.length, events));
    set({ ledger: [...before, ...events] });
  }

  async function follow(
    ledger: readonly LedgerEvent[],
    options: RunOptions,
    isReplay: boolean,
  ): Promise<void> {
    const monitoring = await effects.run('follow', { ledger }, options);
    set({ followUp: { monitoring, isReplay } });
  }

  return {
    ledger: [],
    followUp: null,

    loadLedger: async () => {
      await readLedger().catch((thrown: unknown) => effects.report(thrown, 'following'));
    },

    announceScenario: async (identifier) => {
      const { model, scenario } = get();
      if (!model || !scenario) return null;
      try {
        const before = await readLedger();
        const modelId = await effects.models.ensure('prediction');
        const { cells } = scenario;
        const asked = { modelId, ledger: before, at: effects.today(), cells, identifier, scenario: null };
        const announced: Announced = await effects.run('announce-case', asked);
        await append(before, announced.events);
        set(({ followUp }) => ({ followUp: followUp?.isReplay ? followUp : null }));
        return announced;
      } catch (thrown) {
        effects.report(thrown, 'following');
        return null;
      }
    },

    followLedger: () =>
      effects.work.run('following', async (options) => {
        const ledger = await readLedger();
        if (ledger.length > 0) await follow(ledger, options, false);
        else set({ followUp: null });
      }),

    addOutcomes: (file) =>
      effects.work.run('following', async (options) => {
        const before = await readLedger();
        const datasetId = effects.createId();
        try {
          const asked = { datasetId, file: { name: file.name, bytes: file }, overrides: {} };
          await effects.run('read-dataset', asked, options);
          const today = effects.today();
          const outcomes = await effects.run('read-outcomes', { datasetId, ledger: before, today }, options);
          await append(before, [{ kind: 'observed', at: today, ...outcomes }]);
        } finally {
          effects.run('close-dataset', { datasetId }).catch(() => {});
        }
        await follow(get().ledger, options, false);
      }),

    replayPast: (trainTo) =>
      effects.work.run('following', async (options) => {
        const { dataset, settings } = get();
        if (!dataset) throw new AppError('unknown-dataset', 'no data are open');
        const datasetId = await effects.dataset.ensure(options);
        const learning = createLearningRequest({ roles: dataset.roles, settings }, get(), effects.today());
        const asked = { ...learning, datasetId, modelId: effects.createId(), trainTo };
        const { events } = await effects.run('replay-ledger', asked, options);
        await follow(events, options, true);
      }),

    exportLedger: async () => ({ name: LEDGER_FILE_NAME, text: writeLedger(await readLedger()) }),
  };
}
