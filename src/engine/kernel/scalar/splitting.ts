import type { TreeConstants } from '../kernel.ts';
import type { FitViews } from './fit-views.ts';
import { buildHistogram, type Histogram } from './histogram.ts';

/** A node: its samples `indices[start … end)`, its sums in quantised units and the bounds of its value. */
export interface NodeTotals {
  readonly start: number;
  readonly end: number;
  readonly sumGradients: number;
  readonly sumHessians: number;
  readonly lowerBound: number;
  readonly upperBound: number;
}

/** A split of a node. */
export interface Split {
  readonly gain: number;
  readonly feature: number;
  /** Sums of the left child. */
  readonly left: Sums;
  /** null where the node has no missing value. */
  readonly isMissingLeft: boolean | null;
  /** The last bin on the left and the next one that has samples; or the categories (bins) on the left and those present. */
  readonly cut: { readonly bin: number; readonly nextBin: number } | CategoryCut;
}

export interface CategoryCut {
  readonly left: ReadonlySet<number>;
  readonly present: ReadonlySet<number>;
}

interface Sums {
  readonly gradients: number;
  readonly hessians: number;
  readonly count: number;
}

/** A split must beat its node's own score by this factor; below it a gain is rounding. */
const LEAST_RELATIVE_GAIN = 2 ** -40;

/**
 * The best split of one node, as the field defines it: left-to-right scans of each feature's histogram, once with
 * missing values on the right and, where the node has any, once with them on the left; categories in the order of
 * their smoothed mean gradient (Fisher 1958). Score of a side: ΣG² / (ΣH + l2). Ties go to the lowest feature,
 * missing right first, lowest bin. Null where no allowed split gains.
 */
export function findBestSplit(
  views: FitViews,
  node: NodeTotals,
  { nActive, l2, categorySmoothing }: TreeConstants,
): Split | null {
  const { layout, constraints } = views;
  const count = node.end - node.start;
  const parentL2 = node.sumHessians + l2;
  const parentScore =
    layout.isConstrained === 0
      ? (node.sumGradients * node.sumGradients) / parentL2
      : scoreOfValue(node.sumGradients, parentL2, clip(-node.sumGradients / parentL2));
  const leastScore = parentScore + Math.abs(parentScore) * LEAST_RELATIVE_GAIN;
  let bestScore = leastScore;
  let best: Split | null = null;

  function clip(value: number): number {
    return Math.max(node.lowerBound, Math.min(node.upperBound, value));
  }

  function scoreOfValue(gradients: number, hessiansL2: number, value: number): number {
    return -(2 * gradients * value + hessiansL2 * value * value);
  }

  /** NaN where it is not allowed. */
  function scoreSplit(left: Sums, constraint: number): number {
    const rightGradients = node.sumGradients - left.gradients;
    const leftL2 = left.hessians + l2;
    const rightL2 = node.sumHessians - left.hessians + l2;
    if (!(leftL2 > 0) || !(rightL2 > 0)) return NaN;
    if (layout.isConstrained === 0) {
      const numerator = left.gradients * left.gradients * rightL2 + rightGradients * rightGradients * leftL2;
      return numerator / (leftL2 * rightL2);
    }
    const leftValue = clip(-left.gradients / leftL2);
    const rightValue = clip(-rightGradients / rightL2);
    if ((constraint > 0 && leftValue > rightValue) || (constraint < 0 && leftValue < rightValue)) return NaN;
    return (
      scoreOfValue(left.gradients, leftL2, leftValue) + scoreOfValue(rightGradients, rightL2, rightValue)
    );
  }

  /** The place after which to split the bins in this order, of those that beat the best; and the sums on its left. */
  function scan(
    histogram: Histogram,
    order: readonly number[],
    start: Sums,
    constraint: number,
  ): { place: number; left: Sums } | null {
    let left = start;
    let found: { place: number; left: Sums } | null = null;
    for (const [place, bin] of order.entries()) {
      if (histogram.counts[bin] === 0) continue;
      left = addBin(left, histogram, bin);
      if (left.count < layout.minSamplesLeaf) continue;
      if (count - left.count < layout.minSamplesLeaf) break;
      const score = scoreSplit(left, constraint);
      if (!(score > bestScore)) continue;
      bestScore = score;
      found = { place, left };
    }
    return found;
  }

  function searchNumbers(feature: number, histogram: Histogram): void {
    const missing = views.binCounts[feature];
    const order = Array.from({ length: missing }, (_, bin) => bin);
    const hasMissing = histogram.counts[missing] > 0;
    for (const isMissingLeft of hasMissing ? [false, true] : [false]) {
      const start = isMissingLeft ? addBin(NOTHING, histogram, missing) : NOTHING;
      const found = scan(histogram, order, start, constraints[feature]);
      if (!found) continue;
      const bin = found.place;
      const next = histogram.counts.findIndex((n, other) => other > bin && other < missing && n > 0);
      keep(feature, found.left, hasMissing ? isMissingLeft : null, {
        bin,
        nextBin: next === -1 ? missing : next,
      });
    }
  }

  function searchCategories(feature: number, histogram: Histogram): void {
    const missing = views.binCounts[feature];
    const order = sortCategories(histogram, layout.minCategorySupport, categorySmoothing);
    const found = scan(histogram, order, NOTHING, 0);
    if (!found) return;
    const left = new Set(order.slice(0, found.place + 1));
    const present = new Set(Array.from(histogram.counts.keys()).filter((bin) => histogram.counts[bin] > 0));
    keep(feature, found.left, present.has(missing) ? left.has(missing) : null, { left, present });
  }

  function keep(feature: number, left: Sums, isMissingLeft: boolean | null, cut: Split['cut']): void {
    best = { gain: bestScore - parentScore, feature, left, isMissingLeft, cut };
  }

  for (const feature of views.activeFeatures.subarray(0, nActive)) {
    const histogram = buildHistogram(views, feature, node.start, node.end);
    if (views.isCategorical[feature] === 1) searchCategories(feature, histogram);
    else searchNumbers(feature, histogram);
  }
  return best;
}

const NOTHING: Sums = { gradients: 0, hessians: 0, count: 0 };

function addBin(sums: Sums, { gradients, hessians, counts }: Histogram, bin: number): Sums {
  return {
    gradients: sums.gradients + gradients[bin],
    hessians: sums.hessians + hessians[bin],
    count: sums.count + counts[bin],
  };
}

/** The categories with enough samples, that of missing values among them, by rising key; of equal keys the lower first. */
function sortCategories(
  { gradients, hessians, counts }: Histogram,
  minSupport: number,
  smoothing: number,
): number[] {
  const keyOf = (bin: number): number => gradients[bin] / (hessians[bin] + smoothing);
  return Array.from(counts.keys())
    .filter((bin) => counts[bin] > 0 && counts[bin] >= minSupport)
    .sort((a, b) => keyOf(a) - keyOf(b) || a - b);
}
