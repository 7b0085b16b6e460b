import { findMinCategorySupport } from '../../grower.ts';
import type { FitState, Node, Split, Sums, TreeConstants } from './fit-state.ts';
import { addSums, buildHistogram, type Histogram } from './histogram.ts';

/** A split must beat its node's own score by this factor; below it a gain is rounding. */
const LEAST_RELATIVE_GAIN = 2 ** -40;

/** Bins that a set of categories has room for. */
const N_CATEGORY_BINS = 256;

/**
 * The best split of one node, as the field defines it: left-to-right scans of each feature's histogram, once with
 * missing values on the right and, where the node has any, once with them on the left; categories in the order of
 * their smoothed mean gradient (Fisher 1958). Score of a side: ΣG² / (ΣH + l2). Ties go to the lowest feature,
 * missing right first, lowest bin. Null where no allowed split gains.
 */
export function findBestSplit(
  fit: FitState,
  node: Node,
  { features, l2, smoothing }: TreeConstants,
): Split | null {
  const { binCounts, cardinalities, thresholds } = fit.binned;
  const { minSamplesLeaf, monotoneConstraints = [] } = fit.settings;
  const isConstrained = monotoneConstraints.some((constraint) => constraint !== 0);
  const nSamples = node.samples.length;
  const parentL2 = node.sumHessians + l2;
  const parentScore = isConstrained
    ? scoreOfValue(node.sumGradients, parentL2, clip(-node.sumGradients / parentL2))
    : (node.sumGradients * node.sumGradients) / parentL2;
  let bestScore = parentScore + Math.abs(parentScore) * LEAST_RELATIVE_GAIN;
  let best: Split | null = null;

  function clip(value: number): number {
    return Math.max(node.lowerBound, Math.min(node.upperBound, value));
  }

  function scoreOfValue(gradients: number, hessiansL2: number, value: number): number {
    return -(2 * gradients * value + hessiansL2 * value * value);
  }

  /** Of a split with these sums on its left; NaN where it is not allowed. */
  function scoreSplit({ gradients, hessians }: Sums, constraint: number): number {
    const right = node.sumGradients - gradients;
    const leftL2 = hessians + l2;
    const rightL2 = node.sumHessians - hessians + l2;
    if (!(leftL2 > 0) || !(rightL2 > 0)) return NaN;
    if (!isConstrained) {
      return (gradients * gradients * rightL2 + right * right * leftL2) / (leftL2 * rightL2);
    }
    const leftValue = clip(-gradients / leftL2);
    const rightValue = clip(-right / rightL2);
    if ((constraint > 0 && leftValue > rightValue) || (constraint < 0 && leftValue < rightValue)) return NaN;
    return scoreOfValue(gradients, leftL2, leftValue) + scoreOfValue(right, rightL2, rightValue);
  }

  /** The place of these bins after which to split, of those that beat the best; and the sums on its left. */
  function scan(bins: Histogram, start: Sums, constraint: number): { place: number; left: Sums } | null {
    let left = start;
    let found: { place: number; left: Sums } | null = null;
    for (const [place, bin] of bins.entries()) {
      left = addSums(left, bin);
      if (left.count < minSamplesLeaf) continue;
      if (nSamples - left.count < minSamplesLeaf) break;
      const score = scoreSplit(left, constraint);
      if (!(score > bestScore)) continue;
      bestScore = score;
      found = { place, left };
    }
    return found;
  }

  function searchNumbers(feature: number, histogram: Histogram): void {
    const bins = histogram.filter(({ bin }) => bin < binCounts[feature]);
    const missing = histogram.find(({ bin }) => bin === binCounts[feature]);
    for (const start of missing ? [NOTHING, missing] : [NOTHING]) {
      const found = scan(bins, start, monotoneConstraints[feature] ?? 0);
      if (!found) continue;
      const { place, left } = found;
      keep(feature, left, missing ? start === missing : null, () =>
        findMiddleBin(thresholds[feature], bins[place].bin, bins[place + 1]?.bin ?? binCounts[feature]),
      );
    }
  }

  function searchCategories(feature: number, histogram: Histogram): void {
    const sorted = sortCategories(histogram, findMinCategorySupport(fit.settings), smoothing);
    const found = scan(sorted, NOTHING, 0);
    if (!found) return;
    const goLeft = new Set(sorted.slice(0, found.place + 1).map(({ bin }) => bin));
    const present = new Set(histogram.map(({ bin }) => bin));
    const missing = binCounts[feature];
    keep(feature, found.left, present.has(missing) ? goLeft.has(missing) : null, (isLeftLarger) => {
      for (let bin = 0; bin < N_CATEGORY_BINS; bin++) if (isLeftLarger && !present.has(bin)) goLeft.add(bin);
      return goLeft;
    });
  }

  /** `isMissingLeft` null, as absent categories: values that the node never saw follow the majority. */
  function keep(
    feature: number,
    left: Sums,
    isMissingLeft: boolean | null,
    findCut: (isLeftLarger: boolean) => Split['cut'],
  ): void {
    const isLeftLarger = 2 * left.count >= nSamples;
    best = {
      gain: bestScore - parentScore,
      feature,
      left,
      isMissingLeft: isMissingLeft ?? isLeftLarger,
      cut: findCut(isLeftLarger),
    };
  }

  for (const feature of features) {
    const histogram = buildHistogram(fit, feature, node.samples);
    if (cardinalities[feature] > 0) searchCategories(feature, histogram);
    else searchNumbers(feature, histogram);
  }
  return best;
}

const NOTHING: Sums = { count: 0, gradients: 0, hessians: 0 };

/** The categories with enough samples, that of missing values among them, by rising key; of equal keys the lower first. */
function sortCategories(histogram: Histogram, minSupport: number, smoothing: number): Histogram {
  const keyOf = ({ gradients, hessians }: Sums): number => gradients / (hessians + smoothing);
  return histogram
    .filter(({ count }) => count >= minSupport)
    .toSorted((a, b) => keyOf(a) - keyOf(b) || a.bin - b.bin);
}

/**
 * The bin whose upper bound is nearest above the middle of the gap between two neighbouring bins with
 * samples: values that the node has not seen are shared between its children, as an exact split would.
 */
function findMiddleBin(thresholds: Float64Array, bin: number, nextBin: number): number {
  if (nextBin <= bin + 1 || nextBin > thresholds.length) return bin;
  const middle = thresholds[bin] / 2 + thresholds[nextBin - 1] / 2;
  return bin + thresholds.subarray(bin, nextBin - 1).filter((bound) => bound < middle).length;
}
