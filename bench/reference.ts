/**
 * npm run bench:reference [-- PART] [--cpu]
 *
 * Runs `npm run bench`'s cases and, in the same run and on the same numbers, scikit-learn and LightGBM (see
 * `engine/libraries.ts`). Prints ratios: ours ÷ theirs. `accuracy` compares errors over several draws.
 * --cpu: processor time instead of the clock's; the grid then on one process there as here.
 */
import { compareAccuracy } from './engine/accuracy-draws.ts';
import { largeFits, runCases } from './engine/cases.ts';
import type { Figure } from './engine/figure.ts';
import { isProcessorTime, readClock, wantedPart } from './engine/clock.ts';
import { generateBenchmark, generateOutages } from './engine/data.ts';
import { runGridOnTwo } from './engine/grid-workers.ts';
import { compareWith, openLibraries } from './engine/libraries.ts';
import { formatFigure, saveFigures } from './engine/table.ts';

const figures: Figure[] = [];
const libraries = openLibraries(isProcessorTime);
const isWanted = (name: string): boolean => name.includes(wantedPart);
const valueOf = (start: string): number => figures.find(({ name }) => name.startsWith(start))?.value ?? NaN;

function keep(figure: Figure): void {
  figures.push(figure);
  console.log(formatFigure(figure));
}

runCases(readClock, wantedPart, keep);
const sample = generateOutages(800, 42);
if (isWanted('sample')) {
  compareWith(libraries.timeSample(sample), 'sample', { fitMs: valueOf('sample: ') }, keep);
}
if (isWanted('grid')) {
  await runGridOnTwo(readClock, keep);
  // GridSearchCV has all cores; by processor time it has one, as the first figure has.
  const ours = valueOf(isProcessorTime ? 'grid: 54 points × 5 folds, one' : 'grid: 54 points × 5 folds, two');
  compareWith(libraries.timeGrid(sample), 'grid', { fitMs: ours }, keep);
}
for (const { name, nSamples, nFeatures, nIterations } of largeFits) {
  if (!isWanted(name)) continue;
  const train = generateBenchmark(nSamples, nFeatures, 1);
  const test = generateBenchmark(Math.min(nSamples, 100_000), nFeatures, 2);
  const ours = { fitMs: valueOf(`${name}: fit`), rmse: valueOf(`${name}: test RMSE`) };
  compareWith(libraries.timeLarge(train, test, nIterations), name, ours, keep);
}
compareAccuracy(libraries, isWanted, keep);
libraries.close();
saveFigures('reference', `Node ${process.version}`, figures);
