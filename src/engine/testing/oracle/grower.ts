import type { BinnedFeatures } from '../../binning.ts';
import {
  CATEGORY_SMOOTHING,
  findCountBits,
  findMaxLeaves,
  type BinnedSamples,
  type Grower,
  type GrowerInput,
} from '../../grower.ts';
import { findLoss } from '../../loss.ts';
import { MAX_DEPTH } from '../../settings.ts';
import type { FitState, Node, Split, TreeConstants } from './fit-state.ts';
import { enforceConstraints } from './leaf-values.ts';
import { createLossFormulas } from './loss.ts';
import { toNodeRecords } from './node-records.ts';
import { quantize, sumMagnitudes } from './quantization.ts';
import { findBestSplit } from './splitting.ts';

/**
 * The tests' oracle: a `Grower` written for reading, whose bytes the WebAssembly one must give. It sums each node's
 * histograms afresh, feature after feature, and is some 25 times slower.
 */
export function* createOracleGrower({
  samples,
  validation,
  settings,
}: GrowerInput): Generator<undefined, Grower, unknown> {
  yield;
  const { binned, target, weights } = samples;
  const { nSamples } = binned;
  const { learningRate, minSamplesLeaf, monotoneConstraints = [] } = settings;
  const loss = findLoss(settings);
  const formulas = createLossFormulas(loss);
  const countBits = findCountBits(nSamples);
  const maxLeaves = findMaxLeaves(nSamples, settings);
  const maxDepth = settings.maxDepth ?? MAX_DEPTH;

  const raw = startRaw(samples);
  const validationRaw = validation ? startRaw(validation) : new Float64Array(0);
  const indices = new Uint32Array(nSamples);
  const activeFeatures = Int32Array.from(binned.columns.keys());
  const floatGradients = new Float64Array(nSamples);
  const floatHessians = weights || !loss.hasConstantHessian ? new Float64Array(nSamples) : null;
  const fit: FitState = {
    binned,
    settings,
    gradients: new Int32Array(nSamples),
    hessians: floatHessians && new Int32Array(nSamples),
  };

  let units = { gradient: 1, hessian: 1 };
  let meanHessian = 1;
  let constants: TreeConstants = { features: activeFeatures, l2: 0, smoothing: 0 };
  let nodes: Node[] = [];
  let frontier: Node[] = [];
  let nLeaves = 0;

  function computeGradients(): number {
    formulas.prepareIteration?.(raw, target);
    const meanLoss = formulas.computeGradients(raw, target, weights, floatGradients, floatHessians);
    units = { gradient: quantize(floatGradients, countBits, fit.gradients), hessian: 1 };
    if (floatHessians && fit.hessians) {
      meanHessian = sumMagnitudes(floatHessians) / nSamples;
      units.hessian = quantize(floatHessians, countBits, fit.hessians);
    }
    return meanLoss;
  }

  function beginTree(nBagged: number, nActive: number): void {
    if (nBagged === nSamples) indices.forEach((_, i) => (indices[i] = i));
    constants = {
      features: activeFeatures.slice(0, nActive),
      l2: settings.l2Regularization / units.hessian,
      smoothing: (CATEGORY_SMOOTHING * meanHessian) / units.hessian,
    };
    const bagged = indices.slice(0, nBagged);
    let sumGradients = 0;
    let sumHessians = 0;
    for (const sample of bagged) {
      sumGradients += fit.gradients[sample];
      sumHessians += fit.hessians ? fit.hessians[sample] : 1;
    }
    nodes = [];
    frontier = [];
    nLeaves = 1;
    const bounds = { lowerBound: -Infinity, upperBound: Infinity };
    search(addNode({ depth: 0, start: 0, samples: bagged, sumGradients, sumHessians, ...bounds }));
  }

  function addNode(node: Omit<Node, 'split' | 'leftChild' | 'value'>): Node {
    const added = { ...node, split: null, leftChild: 0, value: 0 };
    nodes.push(added);
    return added;
  }

  /** Puts the node on the frontier if any split gains. */
  function search(node: Node): void {
    if (node.depth >= maxDepth || node.samples.length < 2 * minSamplesLeaf) return;
    node.split = findBestSplit(fit, node, constants);
    if (node.split) frontier.push(node);
  }

  /** Largest gain first, ties to the lower node, where leaves are limited; else the one put last. */
  function takeNext(): { node: Node; split: Split } | null {
    const gainOf = (node: Node): number => node.split?.gain ?? 0;
    const largest = Math.max(...frontier.map(gainOf));
    const node =
      settings.maxLeafNodes === null
        ? frontier.at(-1)
        : nodes.find((each) => frontier.includes(each) && gainOf(each) === largest);
    if (!node?.split || nLeaves === maxLeaves) return null;
    frontier = frontier.filter((each) => each !== node);
    return { node, split: node.split };
  }

  function growTree(mostWork: number): boolean {
    for (let work = 0; work < mostWork;) {
      const next = takeNext();
      if (!next) return true;
      work += next.node.samples.length * constants.features.length;
      splitNode(next.node, next.split);
    }
    return false;
  }

  function splitNode(node: Node, split: Split): void {
    const { depth, start, samples: all, lowerBound, upperBound } = node;
    const goesLeft = (sample: number): boolean => isLeft(split, binned, sample);
    const [inLeft, inRight] = [all.filter(goesLeft), all.filter((sample) => !goesLeft(sample))];
    const leftSums = { sumGradients: split.left.gradients, sumHessians: split.left.hessians };
    const rightSums = {
      sumGradients: node.sumGradients - leftSums.sumGradients,
      sumHessians: node.sumHessians - leftSums.sumHessians,
    };
    const bounds = { lowerBound, upperBound };
    let [leftBounds, rightBounds] = [bounds, bounds];
    // Below a constrained split the children may not pass the middle of their values.
    const constraint = monotoneConstraints[split.feature] ?? 0;
    if (constraint !== 0) {
      const middle = (valueOf({ ...leftSums, ...bounds }) + valueOf({ ...rightSums, ...bounds })) / 2;
      const [low, high] = [
        { lowerBound, upperBound: middle },
        { lowerBound: middle, upperBound },
      ];
      [leftBounds, rightBounds] = constraint > 0 ? [low, high] : [high, low];
    }
    node.leftChild = nodes.length;
    nLeaves += 1;
    const left = addNode({ depth: depth + 1, start, samples: inLeft, ...leftSums, ...leftBounds });
    const right = addNode({
      depth: depth + 1,
      start: start + inLeft.length,
      samples: inRight,
      ...rightSums,
      ...rightBounds,
    });
    if (nLeaves === maxLeaves) return;
    // The smaller child is put last: depth first, it is finished first.
    const isLeftSmaller = inLeft.length <= inRight.length;
    search(isLeftSmaller ? right : left);
    search(isLeftSmaller ? left : right);
  }

  /** The Newton step of a node's samples, within its bounds. */
  function valueOf({
    sumGradients,
    sumHessians,
    lowerBound,
    upperBound,
  }: Pick<Node, 'sumGradients' | 'sumHessians' | 'lowerBound' | 'upperBound'>): number {
    return Math.max(lowerBound, Math.min(upperBound, -sumGradients / (sumHessians + constants.l2)));
  }

  function finishTree() {
    for (const node of nodes) {
      node.value = valueOf(node) * (units.gradient / units.hessian) * learningRate;
      if (node.leftChild === 0) indices.set(node.samples, node.start);
    }
    const { findLeafValue } = formulas;
    if (findLeafValue) {
      for (const leaf of nodes.filter(({ leftChild }) => leftChild === 0)) {
        const residuals = Float64Array.from(leaf.samples, (i) => target[i] - raw[i]);
        const leafWeights = weights && Float64Array.from(leaf.samples, (i) => weights[i]);
        leaf.value = findLeafValue(residuals, leafWeights) * learningRate;
      }
      enforceConstraints(nodes, monotoneConstraints);
    }
    for (let i = 0; i < nSamples; i++) raw[i] += findLeaf(nodes, binned, i).value;
    if (validation) {
      for (let i = 0; i < validationRaw.length; i++)
        validationRaw[i] += findLeaf(nodes, validation.binned, i).value;
    }
    return { nodes: toNodeRecords(nodes), nNodes: nodes.length, units };
  }

  return {
    indices,
    activeFeatures,
    computeGradients,
    computeValidationLoss: () =>
      validation ? formulas.computeMean(validationRaw, validation.target, validation.weights) : NaN,
    beginTree,
    growTree,
    finishTree,
    release: () => {},
  };
}

function startRaw({ binned, raw }: BinnedSamples): Float64Array {
  return typeof raw === 'number' ? new Float64Array(binned.nSamples).fill(raw) : raw.slice();
}

function isLeft({ feature, cut, isMissingLeft }: Split, binned: BinnedFeatures, sample: number): boolean {
  const bin = binned.columns[feature][sample];
  if (bin === binned.binCounts[feature]) return isMissingLeft;
  return typeof cut === 'number' ? bin <= cut : cut.has(bin);
}

function findLeaf(nodes: readonly Node[], binned: BinnedFeatures, sample: number): Node {
  let node = nodes[0];
  while (node.split && node.leftChild !== 0)
    node = nodes[node.leftChild + (isLeft(node.split, binned, sample) ? 0 : 1)];
  return node;
}
