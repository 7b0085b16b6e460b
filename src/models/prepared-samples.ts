import { createPacer, type JobContext } from '#base/job-context.ts';
import { createRng, deriveSeed, shuffleInPlace } from '#base/random.ts';
import type { Table } from '#data/table.ts';
import { type BinnedFeatures, binFeaturesInSteps } from '#engine/binning.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { type Encoded, type Encoder, encode, fitEncoder } from './encoder.ts';
import { type ExpectedDirection, findConstraints, fitWithin } from './expected-directions.ts';
import { prepareRidge, type RidgeState, type RidgeSystem, solveRidge } from './ridge.ts';
import { selectSamples, selectValues } from './select-samples.ts';
import { type TargetScale, toScale } from './target-scale.ts';

/**
 * Samples ready to be fitted on. What several fits on them share — the scaled target, bins, the linear model that
 * boosting starts from, the part kept aside for early stopping — is derived when first asked for and then remembered,
 * as long as this object is. No fit changes any of it.
 */
export interface PreparedSamples {
  readonly encoder: Encoder;
  readonly matrix: FeatureMatrix;
  /** Codes of each feature, 0 for numbers. */
  readonly nCategories: readonly number[];
  /** In the target's unit. */
  readonly target: Float64Array;
  /** Those that are not over, encoded as the samples are; only hazards learn from them. Null for none. */
  readonly underWay: { readonly matrix: FeatureMatrix; readonly elapsed: Float64Array } | null;
  readonly findTarget: (scale: TargetScale) => Float64Array;
  /** As a fit with that seed would bin them itself. */
  readonly findBins: (maxBins: number, seed: number, context: JobContext) => Promise<BinnedFeatures>;
  /**
   * The linear model of the target on a scale: held in the range of the target where that is logarithmic. It does not look
   * at the features named in `without`, nor at those whose effect would go against what is expected.
   */
  readonly findRidge: (
    scale: TargetScale,
    strength: number | null,
    without?: readonly string[],
    expected?: readonly ExpectedDirection[],
  ) => RidgeState;
  /** A seeded share kept aside to watch, and the rest to fit on. */
  readonly holdOut: (share: number, seed: number) => HeldOutSplit;
}

export interface HeldOutSplit {
  readonly kept: PreparedSamples;
  readonly held: { readonly matrix: FeatureMatrix; readonly findTarget: PreparedSamples['findTarget'] };
}

/** The engine draws the samples that thresholds come from by this stream of a fit's seed. */
const BINNING_STREAM = -1;

/** A split of more values than this (80 MB) is made anew for each fit instead of being kept beside the whole. */
const MAX_REMEMBERED_VALUES = 10_000_000;

/** Samples that are not over: what they lasted so far, in the target's unit. */
export interface UnderWaySamples {
  readonly features: Table;
  readonly elapsed: Float64Array;
}

/** Learns the encoder on all samples that are over. O(n log n) a column. */
export function prepareSamples(
  features: Table,
  target: Float64Array,
  underWay?: UnderWaySamples | null,
): PreparedSamples {
  const encoder = fitEncoder(features);
  const prepared = prepareEncoded(encoder, encode(encoder, features), target);
  if (!underWay || underWay.elapsed.length === 0) return prepared;
  const { matrix } = encode(encoder, underWay.features);
  return { ...prepared, underWay: { matrix, elapsed: underWay.elapsed } };
}

/** The same of samples that are encoded. */
export function prepareEncoded(
  encoder: Encoder,
  { matrix, nCategories }: Pick<Encoded, 'matrix' | 'nCategories'>,
  target: Float64Array,
): PreparedSamples {
  const scaled = new Map<TargetScale, Float64Array>();
  const bins = new Map<string, BinnedFeatures>();
  const ridges = new Map<string, RidgeState>();
  const splits = new Map<string, HeldOutSplit>();
  const ridgeSystems = new Map<string, RidgeSystem>();

  const findTarget = (scale: TargetScale) => remember(scaled, scale, () => toScale(target, scale));
  const findSystem = (without: ReadonlySet<number>) =>
    remember(ridgeSystems, [...without].join(' '), () => prepareRidge(matrix, nCategories, without));

  return {
    encoder,
    matrix,
    nCategories,
    target,
    underWay: null,
    findTarget,
    findBins: async (maxBins, seed, context) => {
      const key = `${maxBins} ${seed}`;
      const found = bins.get(key) ?? (await bin(matrix, maxBins, seed, context));
      bins.set(key, found);
      return found;
    },
    findRidge: (scale, strength, without = [], expected = []) =>
      remember(ridges, JSON.stringify([scale, strength, without, expected]), () => {
        const unused = encoder.features.flatMap(({ name }, i) => (without.includes(name) ? [i] : []));
        const options = { strength, isBounded: scale === 'log1p' };
        const fit = (left: ReadonlySet<number>) => solveRidge(findSystem(left), findTarget(scale), options);
        return fitWithin(findConstraints(expected, encoder), fit, new Set(unused));
      }),
    holdOut: (share, seed) => {
      const split = (): HeldOutSplit => {
        const { kept, held } = drawHoldout(target.length, share, seed);
        const heldTarget = selectValues(target, held);
        return {
          kept: prepareEncoded(
            encoder,
            { matrix: selectSamples(matrix, kept), nCategories },
            selectValues(target, kept),
          ),
          held: {
            matrix: selectSamples(matrix, held),
            findTarget: (scale) => toScale(heldTarget, scale),
          },
        };
      };
      const isSmall = matrix.nSamples * matrix.columns.length <= MAX_REMEMBERED_VALUES;
      return isSmall ? remember(splits, `${share} ${seed}`, split) : split();
    },
  };
}

function remember<Key, Value>(known: Map<Key, Value>, key: Key, derive: () => Value): Value {
  const value = known.get(key) ?? derive();
  known.set(key, value);
  return value;
}

async function bin(
  matrix: FeatureMatrix,
  maxBins: number,
  seed: number,
  context: JobContext,
): Promise<BinnedFeatures> {
  const pace = createPacer(context);
  const steps = binFeaturesInSteps(matrix, maxBins, deriveSeed(seed, BINNING_STREAM));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pace();
  }
}

/** Ascending. */
function drawHoldout(
  nSamples: number,
  share: number,
  seed: number,
): { kept: Uint32Array; held: Uint32Array } {
  const order = Uint32Array.from({ length: nSamples }, (_, i) => i);
  shuffleInPlace(order, createRng(deriveSeed(seed, 1)));
  const nHeld = Math.max(1, Math.round(share * nSamples));
  return { held: order.subarray(0, nHeld).sort(), kept: order.subarray(nHeld).sort() };
}
