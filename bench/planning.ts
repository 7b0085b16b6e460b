/**
 * Planning on the French shutdowns, five time blocks, lead 180, with and without the embargo on training rows (outages that
 * were not over a lead before a block are not learnt from; the design's trial had none): `npm run bench:planning`.
 * Then how often the levels held, each block by a calibration on the others, on all outages and on those of which 20 days
 * and more were foreseen; for planning and at the start. Absent without ../shared/data.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createSilentContext } from '#base/job-context.ts';
import { range } from '#base/arrays.ts';
import { createByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { guessRoles } from '#data/guess-roles.ts';
import { atStart, type Horizon } from '#data/known-when.ts';
import { createSpec, type ModelSpec } from '#models/model-spec.ts';
import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { chooseIntervals } from '#evaluation/intervals/interval-choice.ts';
import { isClaimed, predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { forecastOutOfFold } from '#training/calibration.ts';
import { compareSpecs } from '#training/comparison.ts';
import { splitFolds } from '#training/row-split.ts';
import { prepareTrainingSet, samplesOf } from '#training/training-set.ts';

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
const today = Date.UTC(2026, 10, 1);
const set = prepareTrainingSet(source, { today }, { horizon, usesPast: true });
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
  const folds = splitFolds(set.outages, settings, ahead);
  const { scores } = await compareSpecs({ specs }, { ...samplesOf(set.outages), folds }, context);
  const told = scores.map(({ id, metrics }) => `${id} ${metrics.meanAbsoluteError.toFixed(2)}`);
  console.log(`${name}: ${told.join(', ')}`);
}

/** Levels of a spec on folds, block by block. */
async function judge(name: string, spec: ModelSpec, asked: Horizon): Promise<void> {
  const { outages, horizon: ahead } = prepareTrainingSet(
    source,
    { today },
    { horizon: asked, usesPast: true },
  );
  const folds = splitFolds(outages, settings, ahead);
  const forecasts = await forecastOutOfFold(spec, { ...samplesOf(outages), folds }, context);
  const { foldOf } = forecasts;
  const choice = await chooseIntervals(forecasts.outages, foldOf, context);
  const held = { all: [0, 0, 0], long: [0, 0, 0] };
  // The first outages are in no block.
  for (const fold of new Set(foldOf.filter((each) => each >= 0))) {
    const calibration = choice.calibrateSome((row) => foldOf[row] !== fold);
    for (const [row, actual] of Array.from(forecasts.outages.actual).entries()) {
      if (foldOf[row] !== fold) continue;
      const interval = predictInterval(calibration, forecastOf(calibration, forecasts.outages, row), null);
      const [p10, p50, p80, p90] = [interval.p10, interval.p50, interval.p80, interval.p90].map((bound) =>
        isClaimed(bound) ? bound.value : NaN,
      );
      for (const counts of [held.all, ...((p50 ?? NaN) >= 20 ? [held.long] : [])]) {
        counts[0] = (counts[0] ?? 0) + 1;
        if (actual <= (p80 ?? NaN)) counts[1] = (counts[1] ?? 0) + 1;
        if (actual >= (p10 ?? NaN) && actual <= (p90 ?? NaN)) counts[2] = (counts[2] ?? 0) + 1;
      }
    }
  }
  for (const [which, [n = 0, p80 = 0, p10p90 = 0]] of Object.entries(held)) {
    console.log(`${name}, ${which}: n ${n}, P80 ${(p80 / n).toFixed(3)}, P10–P90 ${(p10p90 / n).toFixed(3)}`);
  }
}

const forest = createSpec('quantile-forest', { scale: 'log1p' });
const hazard = createSpec('gradient-boosting-hazard');
await judge('planning, forest', forest, horizon);
await judge('planning, hazards', hazard, horizon);
await judge('at the start by time, hazards', hazard, atStart);
