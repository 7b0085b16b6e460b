import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import { findBaseline } from './baseline.ts';
import { binByThresholds, binFeaturesInSteps, type BinnedFeatures } from './binning.ts';
import { addGrownTree } from './binned-prediction.ts';
import { createEnsembleBuilder } from './ensemble-builder.ts';
import { checkFitInput, type FitInput, type ValidationInput } from './fit-input.ts';
import { createGrower } from './grower.ts';
import type { GrownTree } from './grown-tree.ts';
import { fitOnKernel } from './kernel/kernel-pool.ts';
import type { Kernel } from './kernel/kernel.ts';
import { enforceMonotoneLeaves, renewLeafValues } from './leaf-values.ts';
import { createLoss, type Loss } from './loss.ts';
import { addTrees } from './predictor.ts';
import { quantizeGradients } from './quantization.ts';
import { drawWithoutReplacement } from './sampling.ts';
import { checkSettings, type BoostingSettings } from './settings.ts';
import { countTrees, type TreeEnsemble } from './tree-ensemble.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

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
 * Checks everything first and throws `AppError` before any work. The returned generator grows one tree
 * per step — on large data a part of one — so that the caller decides when to breathe. `next('stop')`
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

/** `fitBoosting` for callers that need not breathe. */
export function fitBoostingToEnd(input: FitInput, settings: BoostingSettings): TreeEnsemble {
  const fit = fitBoosting(input, settings);
  for (;;) {
    const step = fit.next();
    if (step.done) return step.value;
  }
}

/** What early stopping watches: the validation samples, binned, and their raw predictions. */
interface Validation {
  readonly binned: BinnedFeatures;
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
  readonly raw: Float64Array;
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
  const binned = input.binned ?? (yield* binStepwise(input, settings));
  const { target, warmStart } = input;
  const { nIterations, learningRate, monotoneConstraints } = settings;
  const loss = createLoss(settings);
  const weights = input.sampleWeight ?? null;
  const workspace = createWorkspace(kernel, binned, settings, weights !== null || !loss.hasConstantHessian);
  const grower = createGrower(workspace, binned, settings);
  yield* prepareInSteps(workspace, { iteration: 0, nIterations, trainScore: NaN, validationScore: null });
  const { raw, gradients, hessians } = workspace;
  const baseline = findBaseline(input.init, target, weights, loss);
  startRaw(raw, input, baseline);
  const validation = input.validation ? startValidation(input.validation, input, binned, baseline) : null;
  const nFeatures = binned.columns.length;
  const nActive = Math.max(1, Math.round(settings.columnSubsample * nFeatures));
  const nBagged = Math.max(1, Math.round(settings.subsample * binned.nSamples));
  const nWarm = warmStart ? countTrees(warmStart) : 0;
  const builder = createEnsembleBuilder(
    binned,
    warmStart ?? null,
    nIterations * (2 * workspace.maxLeaves - 1),
  );
  const trainScores: number[] = [];
  const validationScores: number[] = [];
  let iteration = 0;
  let isStopped = false;
  let best = { iteration: 0, score: validation ? meanLoss(loss, validation) : Infinity };

  const progress = (): FitProgress => ({
    iteration,
    nIterations,
    trainScore: trainScores.at(-1) ?? NaN,
    validationScore: validationScores.at(-1) ?? null,
  });

  loss.prepareIteration?.(raw, target);
  loss.computeGradients(raw, target, weights, gradients, hessians);
  if (binned.nSamples * nFeatures >= WORK_PER_STEP) yield progress();
  while (iteration < nIterations && !isStopped) {
    const rng = createRng(deriveSeed(settings.seed, nWarm + iteration));
    drawBags(workspace, nBagged, nActive, rng);
    const units = quantizeGradients(workspace);
    grower.begin(nBagged, nActive, units);
    let work = 0;
    for (let nSplit = nBagged; nSplit > 0; nSplit = grower.splitNext()) {
      work += nSplit * nActive;
      if (work < WORK_PER_STEP) continue;
      work = 0;
      if ((yield progress()) === 'stop') isStopped = true;
      if (isStopped && iteration > 0) break;
    }
    if (isStopped && iteration > 0) break;

    grower.setValues(learningRate);
    renewLeafValues(grower.tree, workspace, loss, target, weights, learningRate);
    if (monotoneConstraints && loss.findLeafValue) enforceMonotoneLeaves(grower.tree, monotoneConstraints);
    updateRaw(workspace, binned, grower.tree, nBagged);
    builder.add(grower.tree, units);
    if (input.onLeaf) reportLeaves(grower.tree, workspace.indices, input.onLeaf);
    iteration += 1;
    loss.prepareIteration?.(raw, target);
    trainScores.push(loss.computeGradients(raw, target, weights, gradients, hessians));
    if (validation) {
      addGrownTree(grower.tree, validation.binned, null, validation.raw);
      const score = meanLoss(loss, validation);
      validationScores.push(score);
      if (score < best.score) best = { iteration, score };
      if (settings.nIterNoChange > 0 && iteration - best.iteration >= settings.nIterNoChange)
        isStopped = true;
    }
    if ((yield progress()) === 'stop') isStopped = true;
  }

  const isCut = validation !== null && (isStopped || settings.nIterNoChange > 0);
  return builder.finish(nWarm + (isCut ? best.iteration : iteration), {
    loss: settings.loss,
    baseline,
    trainScores: [...(warmStart?.trainScores ?? []), ...trainScores],
    validationScores: [...(warmStart?.validationScores ?? []), ...validationScores],
    bestIteration: nWarm + (validation ? best.iteration : iteration),
  });
}

/** On large data there are chances to breathe between features too; nothing is fitted yet that a stop could keep. */
function* binStepwise(
  { features }: FitInput,
  { maxBins, seed, nIterations }: BoostingSettings,
): Generator<FitProgress, BinnedFeatures, 'stop' | undefined> {
  const steps = binFeaturesInSteps(features, maxBins, deriveSeed(seed, BINNING_STREAM));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { iteration: 0, nIterations, trainScore: NaN, validationScore: null };
  }
}

/** Nothing is fitted yet that a stop could keep. */
function* prepareInSteps(
  { kernel, layout }: Workspace,
  progress: FitProgress,
): Generator<FitProgress, void, 'stop' | undefined> {
  const { nSamples, nFeatures } = layout;
  const nPerStep = Math.ceil(WORK_PER_STEP / nFeatures);
  for (let from = 0; from < nSamples; from += nPerStep) {
    if (from > 0) yield progress;
    kernel.prepareBins(from, Math.min(from + nPerStep, nSamples));
  }
}

function startRaw(raw: Float64Array, input: FitInput, baseline: number | null): void {
  if (input.init instanceof Float64Array) raw.set(input.init);
  else raw.fill(baseline ?? 0);
  if (input.warmStart) addTrees(input.warmStart, input.features, raw);
}

function startValidation(
  validation: ValidationInput,
  input: FitInput,
  binned: BinnedFeatures,
  baseline: number | null,
): Validation {
  const raw = validation.init?.slice() ?? new Float64Array(validation.target.length).fill(baseline ?? 0);
  if (input.warmStart) addTrees(input.warmStart, validation.features, raw);
  return {
    binned: binByThresholds(validation.features, binned.thresholds),
    target: validation.target,
    weights: validation.sampleWeight ?? null,
    raw,
  };
}

function meanLoss(loss: Loss, { raw, target, weights }: Validation): number {
  return loss.computeMean(raw, target, weights);
}

/** Draws the samples and the features of one tree. */
function drawBags(workspace: Workspace, nBagged: number, nActive: number, rng: Rng): void {
  const { kernel, indices, activeFeatures } = workspace;
  if (nBagged === indices.length) kernel.resetIndices();
  else drawWithoutReplacement(indices, nBagged, rng);
  drawWithoutReplacement(activeFeatures, nActive, rng);
}

function reportLeaves(tree: GrownTree, indices: Uint32Array, onLeaf: (samples: Uint32Array) => void): void {
  for (let node = 0; node < tree.nNodes; node++) {
    if (tree.leftChild[node] === 0) onLeaf(indices.subarray(tree.start[node], tree.end[node]));
  }
}

/** Samples the tree was grown on lie in its leaves' runs; those left out are sent down the tree. */
function updateRaw(workspace: Workspace, binned: BinnedFeatures, tree: GrownTree, nBagged: number): void {
  for (let node = 0; node < tree.nNodes; node++) {
    if (tree.leftChild[node] !== 0) continue;
    workspace.kernel.addToRaw(tree.start[node], tree.end[node], tree.value[node]);
  }
  if (nBagged < binned.nSamples) {
    addGrownTree(tree, binned, workspace.indices.subarray(nBagged), workspace.raw);
  }
}
