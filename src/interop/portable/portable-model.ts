import { AppError } from '#base/errors.ts';
import type { TreeEnsemble } from '#engine/tree-ensemble.ts';
import { countCategories, type EncodedFeature } from '#models/encoder.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import type { RidgeState } from '#models/ridge.ts';
import type { FittedModel, SingleState } from '#models/regressor.ts';
import { type LinearTerm, listLinearTerms } from './linear-terms.ts';
import type { TargetScale } from '#models/target-scale.ts';

/** A model that other tools can hold: a weighted sum, in the target's unit, of sums of a start and of trees' leaves. */
export interface PortableModel {
  readonly features: readonly PortableFeature[];
  readonly members: readonly PortableMember[];
}

/** What the model reads: a number (a date in milliseconds since 1970), or the code of a label. NaN is missing, and a label not listed is the code `other`. */
export interface PortableFeature {
  readonly name: string;
  readonly kind: 'number' | 'date' | 'category';
  readonly labels: readonly string[];
  /** Code of a label that is not listed; NaN: it is missing. */
  readonly other: number;
}

export interface PortableMember {
  readonly weight: number;
  readonly scale: TargetScale;
  readonly start: ConstantStart | LinearStart;
  readonly trees: TreeEnsemble | null;
  /** Every partial sum is rounded to a float32. */
  readonly isSingle: boolean;
}

export interface ConstantStart {
  readonly kind: 'constant';
  readonly value: number;
}

export interface LinearStart {
  readonly kind: 'linear';
  readonly intercept: number;
  readonly terms: readonly LinearTerm[];
  /** The sum is held within these. */
  readonly bounds: readonly [number, number] | null;
}

/** Throws `export-refused` for a family that is no such sum: the forest's predictions are medians of leaves, those of the past look outages up. */
export function toPortableModel({ encoder, state, spec }: FittedModel): PortableModel {
  const members =
    state.family === 'blend'
      ? state.members.map(({ weight, scale, name, state: own }) => toMember(own, name, scale, weight))
      : [toMember(state, spec.name, spec.scale, 1)];
  return { features: encoder.features.map(toFeature), members };
}

function toFeature(feature: EncodedFeature): PortableFeature {
  const { name, type: kind } = feature;
  if (feature.type !== 'category') return { name, kind, labels: [], other: NaN };
  return {
    name,
    kind,
    labels: feature.categories,
    other: feature.hasOther ? countCategories(feature) - 1 : NaN,
  };
}

function toLinearStart(ridge: RidgeState): LinearStart {
  return { kind: 'linear', intercept: ridge.intercept, terms: listLinearTerms(ridge), bounds: ridge.bounds };
}

function toMember(state: SingleState, name: ModelName, scale: TargetScale, weight: number): PortableMember {
  const shared = { weight, scale, isSingle: false };
  switch (state.family) {
    case 'constant':
      return { ...shared, start: { kind: 'constant', value: state.value }, trees: null };
    case 'ridge':
      return { ...shared, start: toLinearStart(state), trees: null };
    case 'median-per-class': {
      const { featureIndex, medians, overall } = state;
      const term = { kind: 'category', feature: featureIndex, byCode: medians, missing: overall } as const;
      const start =
        featureIndex < 0
          ? ({ kind: 'constant', value: overall } as const)
          : ({ kind: 'linear', intercept: 0, terms: [term], bounds: null } as const);
      return { ...shared, start, trees: null };
    }
    case 'gradient-boosting': {
      const { start, trees } = state;
      return {
        ...shared,
        start: start ? toLinearStart(start) : { kind: 'constant', value: trees.baseline ?? 0 },
        trees,
      };
    }
    case 'imported-trees': {
      const { trees } = state;
      return { ...shared, isSingle: true, start: { kind: 'constant', value: trees.baseline ?? 0 }, trees };
    }
    default:
      throw new AppError('export-refused', `a ${name} is no sum of leaves and terms`, {
        reason: 'family',
        model: name,
      });
  }
}
