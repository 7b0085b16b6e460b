import type { Hyperparameters, InitChoice, ScaleChoice } from './hyperparameters.ts';
import { modelCatalogue, type ModelName } from './model-catalogue.ts';
import type { ModelSpec } from './regressor.ts';
import { canUseLogScale, type TargetScale } from './target-scale.ts';

export interface CandidateSettings {
  readonly hyperparameters: Hyperparameters;
  readonly init: InitChoice;
  readonly scale: ScaleChoice;
  readonly seed: number;
  /** The feature that names the unit; its median is a reference of its own. */
  readonly unitFeature?: string | null;
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
] as const satisfies readonly ModelName[];

export interface Candidates {
  readonly specs: readonly ModelSpec[];
  /** False where a duration ≤ −1 forbids log(1 + duration): to be said to the user. */
  readonly isLogScaleOffered: boolean;
}

/**
 * The models that training compares: always the reference predictions and the linear model, boosting
 * from the chosen starts on the chosen scales, and the quantile forest. The quick ones come first.
 */
export function listCandidates(target: Float64Array, settings: CandidateSettings): Candidates {
  const isLogScaleOffered = canUseLogScale(target);
  const scales: readonly TargetScale[] =
    settings.scale === 'auto' ? (isLogScaleOffered ? ['identity', 'log1p'] : ['identity']) : [settings.scale];
  const names = candidateNames.filter((name) => {
    const { family, init, scale } = modelCatalogue[name];
    if (name === 'median-per-unit') return settings.unitFeature != null;
    if (family === 'constant' || family === 'median-per-class') return true;
    // Who fixes where boosting starts asks for boosting.
    if (family === 'forest') return settings.init === 'auto';
    if (!scales.includes(scale)) return false;
    return family === 'ridge' || settings.init === 'auto' || settings.init === init;
  });
  const specs = names.map((name): ModelSpec => ({
    name,
    scale: name === 'quantile-forest' ? (scales.at(-1) ?? 'identity') : modelCatalogue[name].scale,
    hyperparameters: settings.hyperparameters,
    seed: settings.seed,
    ...(name === 'median-per-unit' && settings.unitFeature != null && { classFeature: settings.unitFeature }),
  }));
  return { specs, isLogScaleOffered };
}

/** The neural secondOpinion on the widest scale there is; fitted only where `neural.ts` was loaded. */
export function createNeuralSpec(
  target: Float64Array,
  { hyperparameters, seed }: Pick<CandidateSettings, 'hyperparameters' | 'seed'>,
): ModelSpec {
  return canUseLogScale(target)
    ? { name: 'neural-log', scale: 'log1p', hyperparameters, seed }
    : { name: 'neural', scale: 'identity', hyperparameters, seed };
}
