import type { TargetScale } from './target-scale.ts';

/** Stable identifiers: they stand in model files, in `--json` and in the screens' dictionary. */
export const modelNames = [
  'median',
  'median-per-class',
  'median-per-unit',
  'announced',
  'plan',
  'plan-per-class',
  'plan-linear',
  'plan-boosting',
  'linear',
  'linear-log',
  'linear-log-past',
  'gradient-boosting',
  'gradient-boosting-log',
  'gradient-boosting-linear-init',
  'gradient-boosting-linear-init-log',
  'gradient-boosting-hazard',
  'quantile-forest',
  'own-past',
  'nearest-past',
  'imported-trees',
  'neural',
  'neural-log',
  'blend',
  'blend-own-past',
] as const;
export type ModelName = (typeof modelNames)[number];

export type ModelFamily =
  | 'constant'
  | 'median-per-class'
  | 'announced'
  | 'plan'
  | 'ridge'
  | 'gradient-boosting'
  | 'hazard'
  | 'forest'
  | 'own-past'
  | 'nearest-past'
  | 'imported-trees'
  | 'neural'
  | 'blend';

export interface ModelKind {
  readonly family: ModelFamily;
  readonly scale: TargetScale;
  readonly init: 'mean' | 'linear';
  /** Rank among the models from the plainest: between equals the plainest is proposed. */
  readonly complexity: number;
}

function kind(
  family: ModelFamily,
  complexity: number,
  scale: TargetScale = 'identity',
  init: 'mean' | 'linear' = 'mean',
): ModelKind {
  return { family, scale, init, complexity };
}

/** What each name stands for. */
export const modelCatalogue: Readonly<Record<ModelName, ModelKind>> = {
  median: kind('constant', 0),
  'median-per-class': kind('median-per-class', 1),
  'median-per-unit': kind('median-per-class', 1),
  announced: kind('announced', 1),
  plan: kind('plan', 1, 'log1p'),
  'plan-per-class': kind('plan', 1, 'log1p'),
  'plan-linear': kind('plan', 2, 'log1p'),
  'plan-boosting': kind('plan', 4, 'log1p'),
  linear: kind('ridge', 2),
  'linear-log': kind('ridge', 2, 'log1p'),
  // Of few outages, whose other linear models do not look at the past.
  'linear-log-past': kind('ridge', 3, 'log1p'),
  'gradient-boosting': kind('gradient-boosting', 3),
  'gradient-boosting-log': kind('gradient-boosting', 3, 'log1p'),
  'gradient-boosting-linear-init': kind('gradient-boosting', 4, 'identity', 'linear'),
  'gradient-boosting-linear-init-log': kind('gradient-boosting', 4, 'log1p', 'linear'),
  'gradient-boosting-hazard': kind('hazard', 4),
  // Log days only where that scale can be: the spec says.
  'quantile-forest': kind('forest', 4, 'log1p'),
  // Quantiles are the same on either scale.
  'own-past': kind('own-past', 1),
  // It keeps every past outage and only estimates its reasons: no plainer than trees.
  'nearest-past': kind('nearest-past', 5),
  // Grown elsewhere: among no candidates.
  'imported-trees': kind('imported-trees', 3),
  neural: kind('neural', 5),
  'neural-log': kind('neural', 5, 'log1p'),
  blend: kind('blend', 6),
  'blend-own-past': kind('blend', 6),
};

const referenceFamilies: ReadonlySet<ModelFamily> = new Set<ModelFamily>([
  'constant',
  'median-per-class',
  'announced',
  'own-past',
  'ridge',
]);

/** A prediction that needs no learning worth the name: what a real model has to beat. Its fit costs nothing. */
export function isReference(name: ModelName): boolean {
  const { family, complexity } = modelCatalogue[name];
  return referenceFamilies.has(family) || (family === 'plan' && complexity <= 2);
}

/**
 * Whether an expected direction can be kept: none of those that learn from similar outages can, as which outages are
 * similar changes with the feature.
 */
export function canKeepDirections(name: ModelName): boolean {
  const { family } = modelCatalogue[name];
  return family !== 'forest' && family !== 'nearest-past' && family !== 'neural';
}

const summedFamilies: ReadonlySet<ModelFamily> = new Set<ModelFamily>([
  'constant',
  'median-per-class',
  'ridge',
  'gradient-boosting',
  'imported-trees',
]);

/** Whether a prediction is a sum of terms and leaves, which other tools can hold. */
export function isSum(name: ModelName): boolean {
  return summedFamilies.has(modelCatalogue[name].family);
}

/** A prediction anyone could make without a model: a median, or the plan and its usual overrun. */
export function isRuleOfThumb(name: ModelName): boolean {
  return modelCatalogue[name].complexity <= 1;
}
