import { createRng, deriveSeed } from '#base/random.ts';
import { findBaseline } from './baseline.ts';
import { binByThresholds, binFeaturesInSteps, type BinnedFeatures } from './binning.ts';
import { createEnsembleBuilder } from './ensemble-builder.ts';
import { checkFitInput, type FitInput, type ValidationInput } from './fit-input.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import { fitOnKernel } from './kernel/kernel-pool.ts';
import type { Kernel } from './kernel/kernel.ts';
import { NODE_INTS, nodeInt } from './kernel/node-record.ts';
import { createLoss, findLossConstants } from './loss.ts';
import { addTrees } from './predictor.ts';
import { quantizeGradients, type Units } from './quantization.ts';
import { drawWithoutReplacement } from './sampling.ts';
import { checkSettings, type BoostingSettings } from './settings.ts';
import { countTrees, type TreeEnsemble } from './tree-ensemble.ts';
import {
  createWorkspaceInSteps,
  type BinnedSamples,
  type ValidationPlaces,
  type Workspace,
} from './workspace.ts';

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

/** Categories are sorted by ΣG / (Σhessian + this many samples' worth): rare ones move to the middle (as in scikit-learn). */
const CATEGORY_SMOOTHING = 10;

/** The seed of the draw of threshold samples; trees take the numbers from 0 up. */
const BINNING_STREAM = -1;

/**
 * Fits gradient-boosted regression trees (Friedman 2001; histogram-based as LightGBM, Ke et al. 2017).
 *
 * Checks everything first and throws `AppError` before any work. The returned generator grows one tree
 * per step — on large data a part of one — so that the caller decides when to yield. `next('stop')`
 * ends early with the best so far; to cancel, simply stop iterating. With early stopping, or when
 * stopped, the ensemble is cut at the best validation score.
 *
 * Same input and settings, same bytes, on any engine. Cost per tree: samples × features × depth, nearly.
 */
export function fitBoosting(
  input: FitInput,
  settings: BoostingSettings,
): Generator<FitProgress, TreeEnsemble, 'stop' | undefined> {
  checkFit(input, settings);
  return fitOnKernel(countWork(input, settings), (kernel) => boost(input, settings, kernel));
}

/** `fitBoosting` on a kernel of the caller's choice: for tests and benches that compare kernels. */
export function fitBoostingOn(
  kernel: Kernel,
  input: FitInput,
  settings: BoostingSettings,
): Generator<FitProgress, TreeEnsemble, 'stop' | undefined> {
  checkFit(input, settings);
  return boost(input, settings, kernel);
}

function checkFit(input: FitInput, settings: BoostingSettings): void {
  checkSettings(settings, input.features.cardinalities);
  checkFitInput(input, settings.loss, settings.nIterNoChange);
}

/** `fitBoosting` for callers that need not yield. */
export function fitBoostingToEnd(input: FitInput, settings: BoostingSettings): TreeEnsemble {
  const fit = fitBoosting(input, settings);
  for (;;) {
    const step = fit.next();
    if (step.done) return step.value;
  }
}

/** Of one tree. A fit that tells of its leaves counts for none: it must not be begun again, as one on several threads may. */
function countWork({ features, onLeaf }: FitInput, { subsample, columnSubsample }: BoostingSettings): number {
  return onLeaf ? 0 : features.nSamples * subsample * features.columns.length * columnSubsample;
}

function* boost(
  input: FitInput,
  settings: BoostingSettings,
  kernel: Kernel,
): Generator<FitProgress, TreeEnsemble, 'stop' | undefined> {
  const { warmStart } = input;
  const { nIterations, learningRate } = settings;
  const loss = createLoss(findLossConstants(settings));
  const weights = input.sampleWeight ?? null;
  const baseline = findBaseline(input.init, input.target, weights, loss);
  const before: FitProgress = { iteration: 0, nIterations, trainScore: NaN, validationScore: null };
  const seedOfBins = deriveSeed(settings.seed, BINNING_STREAM);
  const binned =
    input.binned ?? (yield* tell(before, binFeaturesInSteps(input.features, settings.maxBins, seedOfBins)));
  const start = findStart(input.init, input.features, baseline, warmStart);
  const samples = { binned, target: input.target, weights, raw: start };
  const held = input.validation ? binValidation(input.validation, binned, baseline, warmStart) : null;
  const workspace = yield* tell(before, createWorkspaceInSteps(kernel, samples, held, settings));
  yield* tell(before, prepareBinsInSteps(workspace));
  const { layout, validation } = workspace;
  const nFeatures = binned.columns.length;
  const nActive = Math.max(1, Math.round(settings.columnSubsample * nFeatures));
  const nBagged = Math.max(1, Math.round(settings.subsample * binned.nSamples));
  const nWarm = warmStart ? countTrees(warmStart) : 0;
  const builder = createEnsembleBuilder(binned, warmStart ?? null, nIterations, 2 * layout.maxLeaves - 1);
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

  kernel.computeGradients();
  let bestIteration = 0;
  let bestScore = validation ? computeValidationScore(kernel, validation) : Infinity;
  if (binned.nSamples * nFeatures >= WORK_PER_STEP) yield progress();
  while (iteration < nIterations && !isStopped) {
    drawBags(workspace, nBagged, nActive, settings.seed, nWarm + iteration);
    const units = quantizeGradients(workspace);
    beginTree(kernel, nBagged, nActive, units, settings);
    let isGrown = nBagged * nActive < WORK_PER_STEP && kernel.growTree(WORK_PER_STEP);
    while (!isGrown) {
      if ((yield progress()) === 'stop') isStopped = true;
      if (isStopped && iteration > 0) break;
      isGrown = kernel.growTree(WORK_PER_STEP);
    }
    if (!isGrown) break;

    kernel.setNodeValues(units.gradient / units.hessian, learningRate);
    if (loss.findLeafValue) kernel.renewLeafValues(learningRate);
    kernel.updateRaw(nBagged);
    const nNodes = kernel.countNodes();
    builder.add(workspace.tree, nNodes, units);
    if (input.onLeaf) reportLeaves(workspace, nNodes, input.onLeaf);
    trainScores[iteration] = kernel.computeGradients();
    if (validation) {
      const { columns, columnStride, order, room, nSamples, raw } = validation;
      kernel.routeSamples(columns, columnStride, order, room, 0, nSamples, raw);
      const score = computeValidationScore(kernel, validation);
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

/** Tells before each next step of what comes before the first tree: nothing is fitted yet that a stop could keep. */
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

function* prepareBinsInSteps({ kernel, layout }: Workspace): Generator<undefined, void, unknown> {
  const { nSamples, nFeatures } = layout;
  const nPerStep = Math.ceil(WORK_PER_STEP / nFeatures);
  for (let from = 0; from < nSamples; from += nPerStep) {
    if (from > 0) yield;
    kernel.prepareBins(from, Math.min(from + nPerStep, nSamples));
  }
}

/** The raw predictions that boosting starts from; one number where they are all the same. */
function findStart(
  init: FitInput['init'] | undefined,
  features: FeatureMatrix,
  baseline: number | null,
  warmStart: TreeEnsemble | undefined,
): Float64Array | number {
  const start = init instanceof Float64Array ? init : (baseline ?? 0);
  if (!warmStart) return start;
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

function computeValidationScore(
  kernel: Kernel,
  { target, weights, raw, nSamples }: ValidationPlaces,
): number {
  return kernel.computeMeanLoss(target, weights, raw, nSamples);
}

/** The tree's constants are numbers in the units of its quantised sums. */
function beginTree(
  kernel: Kernel,
  nBagged: number,
  nActive: number,
  { hessian, meanHessian }: Units,
  { l2Regularization }: BoostingSettings,
): void {
  kernel.beginTree(nBagged, {
    nActive,
    l2: l2Regularization / hessian,
    categorySmoothing: (CATEGORY_SMOOTHING * meanHessian) / hessian,
  });
}

/** Draws the samples and the features of tree number `tree`. */
function drawBags(
  { kernel, indices, activeFeatures }: Workspace,
  nBagged: number,
  nActive: number,
  seed: number,
  tree: number,
): void {
  if (nBagged === indices.length) kernel.resetIndices();
  if (nBagged === indices.length && nActive === activeFeatures.length) return;
  const rng = createRng(deriveSeed(seed, tree));
  if (nBagged < indices.length) drawWithoutReplacement(indices, nBagged, rng);
  drawWithoutReplacement(activeFeatures, nActive, rng);
}

function reportLeaves(
  { tree: { ints }, indices }: Workspace,
  nNodes: number,
  onLeaf: (samples: Uint32Array) => void,
): void {
  for (let at = 0; at < nNodes * NODE_INTS; at += NODE_INTS) {
    if (ints[at + nodeInt.leftChild] !== 0) continue;
    onLeaf(indices.subarray(ints[at + nodeInt.start], ints[at + nodeInt.end]));
  }
}
