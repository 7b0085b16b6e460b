import { binFeatures, type BinnedFeatures } from '#engine/binning.ts';
import { fitBoosting, fitBoostingToEnd } from '#engine/boosting.ts';
import { ensembleToJson } from '#engine/ensemble-json.ts';
import { createGrower } from '#engine/kernel/growing-kernel.ts';
import { predictRaw } from '#engine/predictor.ts';
import { defaultSettings } from '#engine/settings.ts';
import { runToEnd } from '#engine/steps.ts';
import type { TreeEnsemble } from '#engine/tree-ensemble.ts';
import { generateBenchmark, generateOutages, type Samples } from './data.ts';
import { timeBest, type Clock, type Figure } from './figure.ts';
import { referenceSettings, timeGrid } from './grid-case.ts';
import { runShap } from './shap-case.ts';

export const largeFits = [
  { name: '10,000 × 10', nSamples: 10_000, nFeatures: 10, nIterations: 100, nRepeats: 5 },
  { name: '100,000 × 20', nSamples: 100_000, nFeatures: 20, nIterations: 100, nRepeats: 5 },
  { name: '1,000,000 × 28', nSamples: 1_000_000, nFeatures: 28, nIterations: 20, nRepeats: 2 },
] as const;

/** Runs every case whose name contains `wanted`; reports each figure as soon as it is known. */
export function runCases(clock: Clock, wanted: string, report: (figure: Figure) => void): void {
  const isWanted = (name: string) => name.includes(wanted);
  if (isWanted('sample')) runSample(clock, report);
  if (isWanted('grid'))
    report({ name: 'grid: 54 points × 5 folds, one thread', value: timeGrid(clock), unit: 'ms' });
  for (const fit of largeFits) if (isWanted(fit.name)) runLarge(clock, fit, report);
  if (isWanted('shap')) runShap(clock, report);
}

function runSample(clock: Clock, report: (figure: Figure) => void): void {
  const sample = generateOutages(800, 42);
  for (const [name, maxBins] of [
    ['as many bins as values', 65_535],
    ['255 bins', 255],
  ] as const) {
    const settings = { ...referenceSettings, maxBins };
    const ms = timeBest(clock, 400, () => void fitBoostingToEnd({ ...sample, init: 'mean' }, settings));
    report({ name: `sample: 800 × 4, 100 trees, depth 5, ${name}`, value: ms, unit: 'ms' });
  }
}

function runLarge(clock: Clock, fit: (typeof largeFits)[number], report: (figure: Figure) => void): void {
  const { name, nSamples, nFeatures, nIterations, nRepeats } = fit;
  const samples = generateBenchmark(nSamples, nFeatures, 1);
  const { features } = samples;
  let binned: BinnedFeatures = binFeatures(features, 255, 1);
  const binning = timeBest(clock, nRepeats, () => (binned = binFeatures(features, 255, 1)));
  report({ name: `${name}: binning`, value: binning, unit: 'ms' });
  report({
    name: `${name}: histogram of all samples, and its best split`,
    value: timeHistogram(clock, binned, samples.target),
    unit: 'ns per update',
  });

  const settings = { ...defaultSettings, nIterations };
  let ensemble = fitBoostingToEnd({ ...samples, init: 'mean', binned }, { ...settings, nIterations: 2 });
  let longestStep = 0;
  const fitting = timeBest(clock, nRepeats, () => {
    const steps = fitBoosting({ ...samples, init: 'mean', binned }, settings);
    for (let last = clock(), step = steps.next(); ; step = steps.next()) {
      longestStep = Math.max(longestStep, clock() - last);
      last = clock();
      if (step.done) {
        ensemble = step.value;
        break;
      }
    }
  });
  report({
    name: `${name}: fit, ${nIterations} trees, 31 leaves, binning excluded`,
    value: fitting,
    unit: 'ms',
  });
  report({ name: `${name}: longest step between two chances to cancel`, value: longestStep, unit: 'ms' });
  const held = generateBenchmark(Math.min(nSamples, 100_000), nFeatures, 2);
  report({ name: `${name}: test RMSE`, value: rootMeanSquare(ensemble, held), unit: '' });
  runPrediction(clock, name, ensemble, held, report);
}

/** Nanoseconds for each sample and feature of beginning a tree: the histogram of all samples, and the search in it. */
function timeHistogram(clock: Clock, binned: BinnedFeatures, target: Float64Array): number {
  const { nSamples, columns } = binned;
  const samples = { binned, target, weights: null, raw: 0 };
  const grower = runToEnd(createGrower({ samples, validation: null, settings: defaultSettings }));
  grower.computeGradients();
  const ms = timeBest(clock, 20, () => grower.beginTree(nSamples, columns.length));
  grower.release();
  return (ms * 1e6) / (nSamples * columns.length);
}

export function rootMeanSquare(ensemble: TreeEnsemble, { features, target }: Samples): number {
  const predictions = predictRaw(ensemble, features);
  return Math.sqrt(predictions.reduce((sum, value, i) => sum + (value - target[i]!) ** 2, 0) / target.length);
}

function runPrediction(
  clock: Clock,
  name: string,
  ensemble: TreeEnsemble,
  { features }: Samples,
  report: (figure: Figure) => void,
): void {
  const out = new Float64Array(features.nSamples);
  const ms = timeBest(clock, 10, () => predictRaw(ensemble, features, { out }));
  report({ name: `${name}: prediction`, value: (features.nSamples / ms) * 1000, unit: 'rows per second' });
  const gappy = { ...features, columns: features.columns.map(dropEveryTenth) };
  const gappyMs = timeBest(clock, 10, () => predictRaw(ensemble, gappy, { out }));
  report({
    name: `${name}: prediction, every tenth value missing`,
    value: (features.nSamples / gappyMs) * 1000,
    unit: 'rows per second',
  });
  const one = { ...features, nSamples: 1, columns: features.columns.map((column) => column.slice(0, 1)) };
  const oneMs = timeBest(clock, 20, () => {
    for (let repeat = 0; repeat < 100; repeat++) predictRaw(ensemble, one);
  });
  report({ name: `${name}: prediction of one row`, value: oneMs * 10, unit: 'µs' });
}

function dropEveryTenth(values: Float64Array, feature: number): Float64Array {
  return values.map((value, i) => ((i + feature) % 10 === 0 ? NaN : value));
}

/** Some models and what they predict, as JSON whose bytes must be the same in every engine. */
export function fitModelsToCompare(): string[] {
  const outages = generateOutages(800, 42);
  const target = outages.target.map((days) => Math.max(0.5, days));
  const positive = { ...outages, target };
  const weights = Float64Array.from(target, (_, i) => 1 + (i % 3));
  return [
    fitBoostingToEnd({ ...outages, init: 'mean' }, referenceSettings),
    fitBoostingToEnd({ ...positive, init: 'mean' }, { ...defaultSettings, loss: 'gamma', subsample: 0.7 }),
    fitBoostingToEnd(
      { ...positive, init: 'median', sampleWeight: weights },
      { ...defaultSettings, loss: 'huber' },
    ),
    fitBoostingToEnd(
      { ...positive, init: 'median' },
      { ...defaultSettings, loss: 'quantile', quantile: 0.8 },
    ),
    fitBoostingToEnd({ ...positive, init: 'zero' }, { ...defaultSettings, columnSubsample: 0.5, seed: 7 }),
  ].map((ensemble) => {
    const predictions = Array.from(predictRaw(ensemble, outages.features));
    return JSON.stringify({ model: ensembleToJson(ensemble), predictions });
  });
}
