/**
 * Planning on the French shutdowns, five time blocks, lead 180, with and without the embargo on training rows (outages that
 * were not over a lead before a block are not learnt from; the design's trial had none): `npm run bench:planning`.
 * Absent without ../shared/data.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createSilentContext } from '#base/job-context.ts';
import { range } from '#base/arrays.ts';
import { createByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { guessRoles } from '#data/guess-roles.ts';
import { atStart } from '#data/known-when.ts';
import { createSpec } from '#models/model-spec.ts';
import { compareSpecs } from '#training/comparison.ts';
import { splitFolds } from '#training/row-split.ts';
import { prepareTrainingSet, selectSamples } from '#training/training-set.ts';

const path = '../shared/data/arrets_tranche_2011_2023.csv';
if (!existsSync(path)) {
  console.log(`${path} is absent, skipped`);
  process.exit(0);
}
const context = createSilentContext(() => performance.now());
const { table, ledger } = await readTable(createByteSource('f.csv', readFileSync(path)), {}, context);
const roles = guessRoles(table);
const source = { table, rowOrigins: range(table.nRows), roles, cleaning: [], ledger };
const horizon = { kind: 'plan', leadDays: 180 } as const;
const set = prepareTrainingSet(source, { today: Date.UTC(2026, 10, 1) }, { horizon, usesPast: true });
const all = range(set.outages.rows.length);
const settings = { split: { kind: 'time', testShare: 0.2 }, folds: 5, seed: 1, repeats: 1 } as const;
const seeds = [1, 2, 3];
const specs = [
  createSpec('median'),
  ...seeds.map((seed) => createSpec('quantile-forest', { scale: 'log1p', seed })),
  ...seeds.map((seed) => createSpec('gradient-boosting-hazard', { seed })),
];
for (const [name, ahead] of [
  ['with the embargo', set.horizon],
  ['without', atStart],
] as const) {
  const folds = splitFolds(set.outages, all, settings, ahead);
  const { scores } = await compareSpecs({ specs }, { ...selectSamples(set.outages, all), folds }, context);
  const told = scores.map(({ id, metrics }) => `${id} ${metrics.meanAbsoluteError.toFixed(2)}`);
  console.log(`${name}: ${told.join(', ')}`);
}
