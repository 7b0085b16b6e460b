import { gather } from '#base/arrays.ts';
import type { Part } from '#base/parts.ts';
import { selectRows, type Table } from '#data/table.ts';
import { addNoiseFeatures } from '#explain/noise-features.ts';
import { type EncodedSamples, encodeSamples, type Encoder } from '#models/encoder.ts';
import { fitModel, type ModelSpec, type ModelState } from '#models/regressor.ts';
import { withGrace } from './grace.ts';

/** Outages, and the sets of them that models are fitted on. */
export interface OutageSubsets {
  readonly features: Table;
  readonly target: Float64Array;
  /** Ascending rows. */
  readonly subsets: readonly Int32Array[];
}

export interface FitRequest {
  readonly spec: ModelSpec;
  /** Position in `subsets`. */
  readonly subset: number;
  /** Columns of chance beside the real features: their names, and the seed of their noise. */
  readonly noise?: { readonly names: readonly string[]; readonly seed: number };
  /** Goes on for a while after a stop: this fit is needed. */
  readonly hasGrace?: boolean;
}

/** All of a fitted model but the functions: `createFittedModel` gives it back. */
export interface FittedState {
  readonly encoder: Encoder;
  readonly state: ModelState;
}

/** One fit on some of the outages. */
export const fitRows: Part<OutageSubsets, FitRequest, FittedState> = {
  name: 'fit-rows',
  run: async (outages, { spec, subset, noise, hasGrace }, context) => {
    const { features, target, encoded } = openSubset(outages, subset);
    const patient = hasGrace ? withGrace(context) : context;
    const { encoder, state } = noise
      ? await fitModel(spec, addNoiseFeatures(features, noise.names, noise.seed, 0), target, {}, patient)
      : await fitModel(spec, features, target, { encoded }, patient);
    return { encoder, state };
  },
};

interface OpenSubset {
  readonly features: Table;
  readonly target: Float64Array;
  readonly encoded: EncodedSamples;
}

const openSubsets = new WeakMap<OutageSubsets, Map<number, OpenSubset>>();

/** Selected and encoded once for all fits on it. */
function openSubset(outages: OutageSubsets, subset: number): OpenSubset {
  const known = openSubsets.get(outages) ?? new Map<number, OpenSubset>();
  openSubsets.set(outages, known);
  const opened = known.get(subset) ?? selectSubset(outages, outages.subsets[subset] as Int32Array);
  known.set(subset, opened);
  return opened;
}

function selectSubset(outages: OutageSubsets, rows: Int32Array): OpenSubset {
  const features = selectRows(outages.features, rows);
  const target = gather(outages.target, rows);
  return { features, target, encoded: encodeSamples(features) };
}
