import type { BoostingHyperparameters, InitChoice, ScaleChoice } from './hyperparameters.ts';
import { modelCatalogue, type ModelName } from './model-catalogue.ts';
import { createSpec, type ModelSpec } from './model-spec.ts';
import { canUseLogScale, type TargetScale } from './target-scale.ts';

export interface CandidateSettings {
  /** Of boosting; the other families are compared at their defaults. */
  readonly hyperparameters: BoostingHyperparameters;
  readonly init: InitChoice;
  readonly scale: ScaleChoice;
  readonly seed: number;
  /** The feature that names the unit; its median is a reference of its own. */
  readonly unitFeature?: string | null;
  /** Planning compares what the past alone says besides. Absent: at the start. */
  readonly horizon?: { readonly kind: 'start' | 'plan' };
}

const candidateNames = [
  'median',
  'median-per-class',
  'median-per-unit',
  'linear',
  'linear-log',
  'gradient-boosting',
  'gradient-boosting-log',
  'gradient-boosting-linear-init',
  'gradient-boosting-linear-init-log',
  'quantile-forest',
  'own-past',
  'nearest-past',
] as const satisfies readonly ModelName[];

export interface Candidates {
  /** One of each name, under its name. */
  readonly specs: readonly ModelSpec[];
  /** A mean of the candidates is one more of them: weighted after the comparison, so it has no spec before. */
  readonly hasBlend: boolean;
  /** So is the mean of the best of them and of the own past, half each. */
  readonly hasHalfOwnPast: boolean;
  /** False where a duration ≤ −1 forbids log(1 + duration): to be said to the user. */
  readonly isLogScaleOffered: boolean;
}

/**
 * The models that training compares: always the reference predictions and the linear model, boosting
 * from the chosen starts on the chosen scales, the quantile forest, and the blend. The quick ones come first.
 */
export function listCandidates(target: Float64Array, settings: CandidateSettings): Candidates {
  const isLogScaleOffered = canUseLogScale(target);
  const scales: readonly TargetScale[] =
    settings.scale === 'auto' ? (isLogScaleOffered ? ['identity', 'log1p'] : ['identity']) : [settings.scale];
  const { seed, unitFeature = null } = settings;
  const isPlanning = settings.horizon?.kind === 'plan';
  const names = candidateNames.filter((name) => {
    const { family, init, scale } = modelCatalogue[name];
    if (name === 'median-per-unit') return unitFeature !== null;
    if (family === 'constant' || family === 'median-per-class') return true;
    if (family === 'own-past') return isPlanning;
    if (family === 'nearest-past') return isPlanning && settings.init === 'auto';
    // Who fixes where boosting starts asks for boosting.
    if (family === 'forest') return settings.init === 'auto';
    if (!scales.includes(scale)) return false;
    return family === 'ridge' || settings.init === 'auto' || settings.init === init;
  });
  const specs = names.map((name): ModelSpec => {
    const scale = name === 'quantile-forest' ? (scales.at(-1) ?? 'identity') : modelCatalogue[name].scale;
    const classFeature = name === 'median-per-unit' ? unitFeature : null;
    const boosting = settings.hyperparameters;
    const spec = createSpec(name, { scale, seed, classFeature, unitFeature, boosting });
    return { ...spec, id: name };
  });
  return { specs, hasBlend: true, hasHalfOwnPast: isPlanning, isLogScaleOffered };
}

/** The second opinion's network on the widest scale there is; fitted only where `neural.ts` was loaded. */
export function createNeuralSpec(target: Float64Array, seed: number): ModelSpec {
  return createSpec(canUseLogScale(target) ? 'neural-log' : 'neural', { seed });
}
