/**
 * Do the intervals keep their promise? (npm run coverage:campaign)
 *
 * Every outage of a data set is forecast by a model that had not seen it. Then, 200 times over, a seeded
 * draw of four fifths of them calibrates and the fifth left is checked. Printed are the mean coverages
 * overall and of each class with at least 30 outages to check, beside the 95 % binomial band of as many
 * outages as the data set (or class) has: the resamples share them, so there is no more to know.
 * Ends with an error when a coverage lies below its band; above it is said only.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createSilentContext } from '#base/job-context.ts';
import { deriveSeed } from '#base/random.ts';
import { createByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { guessRoles } from '#data/guess-roles.ts';
import { prepareOutages } from '#data/outages.ts';
import { generateSyntheticOutages } from '#data/samples.ts';
import { findColumn, type Table } from '#data/table.ts';
import { findBinomialBand } from '#evaluation/intervals/binomial-band.ts';
import { calibrateIntervals, type IntervalCalibration } from '#evaluation/intervals/calibration.ts';
import { type GroupCoverage, measureCoverage, selectOutages } from '#evaluation/intervals/coverage.ts';
import { chooseIntervals } from '#evaluation/intervals/interval-choice.ts';
import { splitRandomFolds, splitRandomHoldout } from '#evaluation/splits.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { createSpec } from '#models/model-spec.ts';
import { forecastOutOfFold } from '#training/calibration.ts';

const N_RESAMPLES = 200;
const MIN_CHECKED = 30;
const LEVELS = ['p80', 'p10p90'] as const;
const FRENCH_SHUTDOWNS = new URL('../../shared/data/arrets_tranche_2011_2023.csv', import.meta.url);
const context = createSilentContext(() => performance.now());
let nBelow = 0;

async function checkDataSet(
  title: string,
  table: Table,
  classColumn: string,
  models: readonly ModelName[],
): Promise<void> {
  const { features, target } = prepareOutages(table, guessRoles(table), { now: Date.UTC(2026, 0, 1) });
  const classes = labelsOf(features, classColumn);
  const folds = splitRandomFolds(target.length, 5, 1);
  for (const name of models) {
    const { outages, foldOf } = await forecastOutOfFold(
      createSpec(name),
      { features, target, folds },
      context,
    );
    const labelled = { ...outages, classes };
    const { score } = (await chooseIntervals(labelled, foldOf, context)).calibration;
    console.log(`\n${title}, ${name}: scored by ${score.kind} on the ${score.scale} scale`);
    const groups = new Map<string, { coverages: number[][]; n: number }>();
    for (let resample = 0; resample < N_RESAMPLES; resample++) {
      const settings = { testShare: 0.2, seed: deriveSeed(2024, resample) };
      const { trainRows, testRows } = splitRandomHoldout(target.length, settings);
      const known = selectOutages(labelled, Array.from(trainRows));
      const calibration = calibrateAs(score, known);
      const report = measureCoverage(calibration, selectOutages(labelled, Array.from(testRows)));
      note(groups, 'all', report.overall, target.length);
      for (const group of report.classes) {
        const nOfClass = classes.filter((label) => label === group.label).length;
        if (nOfClass * 0.2 >= MIN_CHECKED) note(groups, group.label, group, nOfClass);
      }
    }
    groups.forEach(({ coverages, n }, label) => print(label, coverages, n));
  }
}

function calibrateAs(
  score: IntervalCalibration['score'],
  { quantiles, ...points }: Parameters<typeof measureCoverage>[1],
): IntervalCalibration {
  if (score.kind === 'quantiles' && quantiles) {
    return calibrateIntervals({ ...points, quantiles, scale: score.scale });
  }
  const isLocal = score.kind === 'residual' && score.spread.knots.length > 0;
  return calibrateIntervals({ ...points, scale: score.scale, spread: isLocal ? 'local' : 'constant' });
}

function note(
  groups: Map<string, { coverages: number[][]; n: number }>,
  label: string,
  { levels }: GroupCoverage,
  n: number,
): void {
  const group = groups.get(label) ?? { coverages: LEVELS.map(() => []), n };
  groups.set(label, group);
  LEVELS.forEach((level, i) => group.coverages[i]?.push(levels[level].empirical));
}

function print(label: string, coverages: readonly number[][], n: number): void {
  const cells = LEVELS.map((level, i) => {
    const values = (coverages[i] ?? []).filter((value) => !Number.isNaN(value));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const [low, high] = findBinomialBand(n, 0.8);
    const verdict = mean < low ? 'BELOW' : mean > high ? 'above' : 'within';
    if (mean < low) nBelow += 1;
    return `${level} ${mean.toFixed(3)} ${verdict} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  });
  console.log(`  ${label.padEnd(14)} n = ${String(n).padStart(5)}   ${cells.join('   ')}`);
}

function labelsOf(features: Table, name: string): (string | null)[] {
  const column = findColumn(features, name);
  if (column?.type !== 'category') throw new Error(`${name} is no category`);
  return Array.from(column.codes, (code) => column.categories[code] ?? null);
}

const sample = generateSyntheticOutages({ rows: 1000, noise: 2, seed: 42 });
const sampleClass = sample.columns.find((column) => column.type === 'category')?.name ?? '';
await checkDataSet('Synthetic sample', sample, sampleClass, ['gradient-boosting-linear-init', 'linear']);
if (existsSync(FRENCH_SHUTDOWNS)) {
  const source = createByteSource('shutdowns.csv', new Uint8Array(readFileSync(FRENCH_SHUTDOWNS)), 1 << 20);
  const { table } = await readTable(source, {}, context);
  await checkDataSet('French shutdowns', table, 'palier', ['gradient-boosting-log', 'quantile-forest']);
} else console.log('\nFrench shutdowns: skipped, the file is not here.');
if (nBelow > 0) {
  console.error(`\n${nBelow} coverages lie below their band.`);
  process.exitCode = 1;
}
