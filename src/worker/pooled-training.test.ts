import { expect, it } from 'vitest';
import { createSilentContext, type JobContext, type Progress } from '#base/job-context.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import { generateSyntheticOutages } from '#data/samples.ts';
import { partTable } from '#jobs/part-table.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import type { TrainOutcome } from '#training/contract.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import { createPartPool } from './part-pool.ts';
import { serveParts } from './part-server.ts';

const yieldNow = () => new Promise<void>((resolve) => setImmediate(resolve));
const bytes = new TextEncoder().encode(
  writeCsv(generateSyntheticOutages({ rows: 240, noise: 2, seed: 5 }), 'excel-french'),
);

/** A training with so many part workers, which get everything by real ports, as copies; also what parts they did. */
async function train(
  nPartWorkers: number,
): Promise<{ outcome: TrainOutcome; parts: string[]; seen: Progress[] }> {
  const ports: MessagePort[] = [];
  const parts: string[] = [];
  const counting = new Map(
    [...partTable].map(([name, part]) => [
      name,
      {
        ...part,
        run: (shared: never, request: never, context: JobContext) => {
          parts.push(name);
          return part.run(shared, request, context);
        },
      },
    ]),
  );
  const workerPool = createPartPool(nPartWorkers, {
    call: (count) => {
      for (let id = 1; id <= count; id++) {
        const { port1, port2 } = new MessageChannel();
        ports.push(port1, port2);
        workerPool.addPartWorker(id, port1);
        serveParts(port2, counting, { now: () => performance.now(), yieldNow });
      }
    },
    drop: () => expect.unreachable('a part worker was lost'),
  });
  const pool = workerPool.openJob();
  const seen: Progress[] = [];
  let clock = 0;
  // Its clock runs fast, so that it yields at each pace and the part workers get their turns.
  const context: JobContext = {
    ...createSilentContext(() => (clock += 50)),
    yieldNow,
    pool,
    onProgress: (progress) => seen.push(progress),
  };
  const workbench = createWorkbench();
  const file = { name: 'outages.csv', bytes };
  const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, context);
  const settings = {
    ...atStartSettings,
    folds: 3,
    hyperparameters: { ...atStartSettings.hyperparameters, nIterations: 30, nIterNoChange: 5 },
  };
  seen.length = 0;
  const request = { datasetId: 'd', modelId: 'm', roles, settings, today: Date.UTC(2026, 0, 1) };
  const outcome = await workbench.run('train', request, context);
  pool.close();
  for (const port of ports) port.close();
  return { outcome, parts, seen };
}

it('gives the same bytes and the same result with 0, 1 and 3 part workers', async () => {
  const alone = await train(0);
  expect(alone.parts).toEqual([]);
  expect(alone.seen.some(({ score }) => score !== undefined)).toBe(true);
  const { seconds: _, ...result } = alone.outcome.result;
  for (const nPartWorkers of [1, 3]) {
    const together = await train(nPartWorkers);
    expect(new Set(together.parts)).toEqual(new Set(partTable.keys()));
    expect(together.outcome.modelText).toBe(alone.outcome.modelText);
    const { seconds: __, ...other } = together.outcome.result;
    expect(other).toEqual(result);
    const overall = together.seen.flatMap((progress) => progress.overall ?? []);
    expect(overall).toEqual(overall.toSorted((a, b) => a - b));
    const folds = together.seen.flatMap(({ phase, fold }) =>
      phase === 'cross-validating' ? (fold ?? []) : [],
    );
    expect(folds).toEqual(folds.toSorted((a, b) => a - b));
  }
});
