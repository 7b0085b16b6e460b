import { createRng, deriveSeed } from '#base/random.ts';
import { findBaseline } from './baseline.ts';
import { binByThresholds, binFeaturesInSteps, type BinnedFeatures } from './binning.ts';
import { createEnsembleBuilder } from './ensemble-builder.ts';
import { checkFitInput, describeFeatures, type FitInput, type ValidationInput } from './fit-input.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import {
  findMaxLeaves,
  type BinnedSamples,
  type CreateGrower,
  type Grower,
  type GrownTree,
} from './grower.ts';
import { createGrower } from './kernel/growing-kernel.ts';
import { requireKernel } from './kernel/kernel.ts';
import { NODE_INTS, nodeInt } from './kernel/memory-map.ts';
import { findLoss } from './loss.ts';
import { addTrees } from './predictor.ts';
import { drawWithoutReplacement } from './sampling.ts';
import { checkSettings, type BoostingSettings } from './settings.ts';
import { countTrees, type TreeEnsemble } from './tree-ensemble.ts';

export type { BoostingSettings, FitInput };

/** Where a fit stands. Scores are mean losses after the latest finished iteration; NaN before the first. */
export interface FitProgress {
  /** Finished iterations of this fit. */
  readonly iteration: number;
  readonly nIterations: number;
  readonly trainScore: number;
  readonly validationScore: number | null;
}

/** A tree's splits are interrupted after about this many bins looked up (samples × features). */
const WORK_PER_STEP = 4_000_000;

/** The seed of the draw of threshold samples; trees take the numbers from 0 up. */
const BINNING_STREAM = -1;

/**
 * Fits gradient-boosted regression trees (Friedman 2001; histogram-based as LightGBM, Ke et al. 2017).
 *
 * Checks everything first and throws `AppError` before any work, `no-webassembly` where the kernel cannot run. The returned generator grows one tree
 * per step — on large data a part of one — so that the caller decides when to yield. `next('stop')`
 * ends early with the best so far; to cancel, simply stop iterating. With early stopping, or when
 * stopped, the ensemble is cut at the best validation score.
 *
 * Same input and settings, same bytes, on any engine. Tests give another `createFitGrower`. Cost per tree: samples × features × depth, nearly.
 */
export function fitBoosting(
  input: FitInput,
  settings: BoostingSettings,
  createFitGrower: CreateGrower = createGrower,
): Generator<FitProgress, TreeEnsemble, 'stop' | undefined> {
  checkSettings(settings, describeFeatures(input).cardinalities);
  checkFitInput(input, settings.loss, settings.nIterNoChange);
  requireKernel();
  return boost(input, settings, createFitGrower);
}

/** `fitBoosting` for callers that need not yield. */
export function fitBoostingToEnd(input: FitInput, settings: BoostingSettings): TreeEnsemble {
  const fit = fitBoosting(input, settings);
  for (;;) {
    const step = fit.next();
    if (step.done) return step.value;
  }
}

function* boost(
  input: FitInput,
  settings: BoostingSettings,
  createFitGrower: CreateGrower,
): Generator<FitProgress, TreeEnsemble, 'stop' | undefined> {
  const { warmStart } = input;
  const { nIterations } = settings;
  const weights = input.sampleWeight ?? null;
  const baseline = findBaseline(input.init, input.target, weights, findLoss(settings));
  const before: FitProgress = { iteration: 0, nIterations, trainScore: NaN, validationScore: null };
  const seedOfBins = deriveSeed(settings.seed, BINNING_STREAM);
  const binned =
    input.features === null
      ? input.binned
      : (input.binned ??
        (yield* tell(before, binFeaturesInSteps(input.features, settings.maxBins, seedOfBins))));
  const raw = findStart(input.init, input.features, baseline, warmStart);
  const samples = { binned, target: input.target, weights, raw };
  const validation = input.validation ? binValidation(input.validation, binned, baseline, warmStart) : null;
  const grower = yield* tell(before, createFitGrower({ samples, validation, settings }));
  const { nSamples } = binned;
  const nFeatures = binned.columns.length;
  const nActive = Math.max(1, Math.round(settings.columnSubsample * nFeatures));
  const nBagged = Math.max(1, Math.round(settings.subsample * nSamples));
  const nWarm = warmStart ? countTrees(warmStart) : 0;
  const maxNodes = 2 * findMaxLeaves(nSamples, settings) - 1;
  const builder = createEnsembleBuilder(binned, warmStart ?? null, nIterations, maxNodes);
  const trainScores = new Float64Array(nIterations);
  const validationScores = new Float64Array(validation ? nIterations : 0);
  let iteration = 0;
  let isStopped = false;

  const progress = (): FitProgress => ({
    iteration,
    nIterations,
    trainScore: iteration > 0 ? trainScores[iteration - 1] : NaN,
    validationScore: validation && iteration > 0 ? validationScores[iteration - 1] : null,
  });

  grower.computeGradients();
  let bestIteration = 0;
  let bestScore = validation ? grower.computeValidationLoss() : Infinity;
  if (nSamples * nFeatures >= WORK_PER_STEP) yield progress();
  while (iteration < nIterations && !isStopped) {
    drawBags(grower, nBagged, nActive, deriveSeed(settings.seed, nWarm + iteration));
    grower.beginTree(nBagged, nActive);
    let isGrown = nBagged * nActive < WORK_PER_STEP && grower.growTree(WORK_PER_STEP);
    while (!isGrown) {
      if ((yield progress()) === 'stop') isStopped = true;
      if (isStopped && iteration > 0) break;
      isGrown = grower.growTree(WORK_PER_STEP);
    }
    if (!isGrown) break;

    const tree = grower.finishTree();
    builder.add(tree);
    if (input.onLeaf) reportLeaves(tree, grower.indices, input.onLeaf);
    trainScores[iteration] = grower.computeGradients();
    if (validation) {
      const score = grower.computeValidationLoss();
      validationScores[iteration] = score;
      if (score < bestScore) {
        bestIteration = iteration + 1;
        bestScore = score;
      }
      if (settings.nIterNoChange > 0 && iteration + 1 - bestIteration >= settings.nIterNoChange)
        isStopped = true;
    }
    iteration += 1;
    if ((yield progress()) === 'stop') isStopped = true;
  }
  grower.release();

  const isCut = validation !== null && (isStopped || settings.nIterNoChange > 0);
  return builder.finish(nWarm + (isCut ? bestIteration : iteration), {
    loss: settings.loss,
    baseline,
    trainScores: [...(warmStart?.trainScores ?? []), ...trainScores.subarray(0, iteration)],
    validationScores: [
      ...(warmStart?.validationScores ?? []),
      ...(validation ? validationScores.subarray(0, iteration) : []),
    ],
    bestIteration: nWarm + (validation ? bestIteration : iteration),
  });
}

/** Yields `progress` before each step of the work before the first tree. A stop is ignored there: nothing is fitted yet. */
function* tell<Result>(
  progress: FitProgress,
  steps: Generator<unknown, Result, unknown>,
): Generator<FitProgress, Result, 'stop' | undefined> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield progress;
  }
}

/** The raw predictions that boosting starts from; one number where they are all the same. */
function findStart(
  init: FitInput['init'] | undefined,
  features: FeatureMatrix | null,
  baseline: number | null,
  warmStart: TreeEnsemble | undefined,
): Float64Array | number {
  const start = init instanceof Float64Array ? init : (baseline ?? 0);
  if (!warmStart || !features) return start;
  const raw = start instanceof Float64Array ? start.slice() : new Float64Array(features.nSamples).fill(start);
  addTrees(warmStart, features, raw);
  return raw;
}

function binValidation(
  { features, target, sampleWeight, init }: ValidationInput,
  binned: BinnedFeatures,
  baseline: number | null,
  warmStart: TreeEnsemble | undefined,
): BinnedSamples {
  return {
    binned: binByThresholds(features, binned.thresholds),
    target,
    weights: sampleWeight ?? null,
    raw: findStart(init, features, baseline, warmStart),
  };
}

/** Draws the samples and the features of a tree. */
function drawBags({ indices, activeFeatures }: Grower, nBagged: number, nActive: number, seed: number): void {
  if (nBagged === indices.length && nActive === activeFeatures.length) return;
  const rng = createRng(seed);
  if (nBagged < indices.length) drawWithoutReplacement(indices, nBagged, rng);
  drawWithoutReplacement(activeFeatures, nActive, rng);
}

function reportLeaves(
  { nodes: { ints }, nNodes }: GrownTree,
  indices: Uint32Array,
  onLeaf: (samples: Uint32Array) => void,
): void {
  for (let at = 0; at < nNodes * NODE_INTS; at += NODE_INTS) {
    if (ints[at + nodeInt.leftChild] !== 0) continue;
    onLeaf(indices.subarray(ints[at + nodeInt.start], ints[at + nodeInt.end]));
  }
}
