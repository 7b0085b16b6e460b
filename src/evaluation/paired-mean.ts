import type { Rng } from '#base/random.ts';
import { mean, sampleDeviation } from '#base/statistics.ts';

/** Bounds of a mean difference, each alone with 95 %. */
export interface PairedMean {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Which of the tests said least above: the bounds are the most prudent of theirs. */
  readonly test: PairedTest;
  /** Of one difference, as far as these bounds know: larger than the plain one where differences go in clusters. */
  readonly deviation: number;
}

export const pairedTests = ['sign-flip', 'cluster-flip', 'cluster-t'] as const;
export type PairedTest = (typeof pairedTests)[number];

/** Each bound is wrong so often at most. */
const ALPHA = 0.05;
const N_FLIPS = 9999;
/** Work at most; beyond 20,000 differences fewer flips do. */
const MAX_DRAWS = 2e8;
/** All signs of five clusters are alike by chance once in 32: nothing could be proven by four. */
const MIN_FLIPPED = 6;

/**
 * The mean of paired differences with one-sided 95 % bounds: by flipping their signs, and, as differences of one cluster may
 * go together (`clusters`: a code a difference, below 0 for none), by flipping those of whole clusters and by a t-test on
 * clusters. The most prudent bounds count.
 *
 * Sign flips turned into bounds are the means of random subsets (Hartigan 1969): the mean lies above a share k of them with
 * probability k, where differences are symmetric about it. O(flips × differences), 0.1 s for 1,000.
 */
export function boundPairedMean(
  differences: Float64Array,
  clusters: Int32Array | null,
  rng: Rng,
  nFlips = N_FLIPS,
): PairedMean {
  const value = mean(differences);
  const singles = { sums: differences, sizes: differences.map(() => 1) };
  const plain: PairedMean = {
    value,
    ...boundBySubsets(singles, rng, nFlips),
    test: 'sign-flip',
    deviation: sampleDeviation(differences),
  };
  if (clusters === null) return plain;
  const groups = sumClusters(differences, clusters);
  const nClusters = groups.sums.length;
  if (nClusters < MIN_FLIPPED || nClusters === differences.length) return plain;
  const error = findClusterError(groups, value);
  const margin = quantileOfT(nClusters - 1) * error;
  const bounds = [
    plain,
    { ...boundBySubsets(groups, rng, nFlips), test: 'cluster-flip' as const },
    { low: value - margin, high: value + margin, test: 'cluster-t' as const },
  ];
  const high = Math.max(...bounds.map((each) => each.high));
  return {
    value,
    low: Math.min(...bounds.map((each) => each.low)),
    high,
    test: bounds.find((each) => each.high === high)?.test ?? 'sign-flip',
    deviation: Math.max(plain.deviation, error * Math.sqrt(differences.length)),
  };
}

/** Differences that are in or out together: their sum and how many they are. */
interface Groups {
  readonly sums: Float64Array;
  readonly sizes: Float64Array;
}

/** What is in no cluster is one of its own. */
function sumClusters(differences: Float64Array, clusters: Int32Array): Groups {
  const placeOf = new Map<number, number>();
  const sums = new Float64Array(differences.length);
  const sizes = new Float64Array(differences.length);
  differences.forEach((difference, i) => {
    const cluster = clusters[i] < 0 ? -1 - i : clusters[i];
    const place = placeOf.get(cluster) ?? placeOf.size;
    placeOf.set(cluster, place);
    sums[place] += difference;
    sizes[place]++;
  });
  return { sums: sums.subarray(0, placeOf.size), sizes: sizes.subarray(0, placeOf.size) };
}

/** The cluster-robust standard error of a mean. */
function findClusterError({ sums, sizes }: Groups, value: number): number {
  const n = sums.length;
  let [squares, total] = [0, 0];
  for (let i = 0; i < n; i++) {
    squares += (sums[i] - sizes[i] * value) ** 2;
    total += sizes[i];
  }
  return Math.sqrt((n / (n - 1)) * squares) / total;
}

function boundBySubsets(groups: Groups, rng: Rng, nFlips: number) {
  const means = drawSubsetMeans(groups, rng, nFlips).sort();
  const nOutside = Math.max(1, Math.floor(ALPHA * (means.length + 1)));
  return { low: means[nOutside - 1], high: means[means.length - nOutside] };
}

/** How likely the mean of differences is to look so high where it is not above 0: one-sided, by sign flips. */
export function findPAbove(differences: Float64Array, rng: Rng, nFlips = N_FLIPS): number {
  const means = drawSubsetMeans({ sums: differences, sizes: differences.map(() => 1) }, rng, nFlips);
  return (1 + means.filter((each) => each <= 0).length) / (means.length + 1);
}

/** Means of random subsets, each group in or out by a fair coin; none of them empty. */
function drawSubsetMeans({ sums, sizes }: Groups, rng: Rng, nFlips: number): Float64Array {
  const n = sums.length;
  const nMeans = Math.min(nFlips, Math.max(999, Math.floor(MAX_DRAWS / n)));
  const means = new Float64Array(nMeans);
  for (let flip = 0; flip < nMeans;) {
    let [sum, size, bits] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      if (i % 32 === 0) bits = rng.nextUint32();
      if ((bits & 1) === 1) {
        sum += sums[i];
        size += sizes[i];
      }
      bits >>>= 1;
    }
    if (size > 0) means[flip++] = sum / size;
  }
  return means;
}

/** The normal distribution is below this with 95 %. */
const Z = 1.6448536269514722;

/** The same of Student's t, by the expansion of Cornish and Fisher: to 1e-2 from 5 degrees of freedom on, to 1e-5 from 19. */
function quantileOfT(degrees: number): number {
  const z2 = Z * Z;
  const first = (Z * (z2 + 1)) / (4 * degrees);
  const second = (Z * ((5 * z2 + 16) * z2 + 3)) / (96 * degrees ** 2);
  const third = (Z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / (384 * degrees ** 3);
  return Z + first + second + third;
}

/** Which of several p-values stand at 5 % together (Holm 1979), in their order. */
export function rejectByHolm(p: readonly number[], alpha = ALPHA): readonly boolean[] {
  const order = Array.from(p.keys()).sort((a, b) => p[a] - p[b]);
  const stopped = order.findIndex((at, rank) => p[at] > alpha / (p.length - rank));
  const rejected = new Set(stopped < 0 ? order : order.slice(0, stopped));
  return p.map((_, i) => rejected.has(i));
}
