import {
  type BoostingHyperparameters,
  defaultHyperparameters,
  type ForestHyperparameters,
  type InitChoice,
  type ScaleChoice,
} from './hyperparameters.ts';
import type { ExpectedDirection } from './expected-directions.ts';
import {
  canKeepDirections,
  isRuleOfThumb,
  isSum,
  modelCatalogue,
  type ModelName,
} from './model-catalogue.ts';
import { createSpec, type ModelSpec } from './model-spec.ts';
import { canUseLogScale, type TargetScale } from './target-scale.ts';

export interface CandidateSettings {
  /** Of boosting; the other families are compared at their defaults. */
  readonly hyperparameters: BoostingHyperparameters;
  /** Of the forest, where they are not the usual ones. */
  readonly forest?: ForestHyperparameters;
  readonly init: InitChoice;
  readonly scale: ScaleChoice;
  readonly seed: number;
  /** The feature that names the unit; its median is a reference of its own. */
  readonly unitFeature?: string | null;
  /** The feature that holds the announced duration, and how many outages have one. */
  readonly planFeature?: string | null;
  readonly nPlanned?: number;
  /** Features made of the past, by name. */
  readonly pastFeatures?: readonly string[];
  /** Planning compares what the past alone says besides. Absent: at the start. */
  readonly horizon?: { readonly kind: 'start' | 'plan' };
  /** Only what other tools can hold is compared. Absent: whatever there is. */
  readonly isExportable?: boolean;
  /** Absent or empty: nothing. */
  readonly expected?: readonly ExpectedDirection[];
}

const candidateNames = [
  'median',
  'median-per-class',
  'median-per-unit',
  'plan',
  'plan-per-class',
  'plan-linear',
  'linear',
  'linear-log',
  'linear-log-past',
  'gradient-boosting',
  'gradient-boosting-log',
  'gradient-boosting-linear-init',
  'gradient-boosting-linear-init-log',
  'plan-boosting',
  'gradient-boosting-hazard',
  'quantile-forest',
  'own-past',
  'nearest-past',
] as const satisfies readonly ModelName[];

/** Of few outages: what can be learnt from them, on the one scale that fits durations best. */
const namesForFew: ReadonlySet<ModelName> = new Set<ModelName>([
  'plan-linear',
  'linear',
  'linear-log',
  'gradient-boosting-log',
  'quantile-forest',
]);

/**
 * Below this many outages, candidates are those that few outages can carry, and are weighted instead of chosen
 * (docs/decisions/0047).
 */
export const FEW_OUTAGES = 200;
/** Below this, no model is claimed to beat a rule of thumb. */
const LEAST_FOR_MODELS = 20;
/** Below this, there is no telling how plans are kept. */
const LEAST_PLANNED = 15;
/** From here on the linear model on log is compared with the past among its features, too. */
const LEAST_FOR_LINEAR_PAST = 60;

/** A row for each interval that an outage reaches: with more outages than this, a fit takes too long. */
const MOST_FOR_HAZARDS = 6000;

/** Boosting of few outages: short and shallow. */
export const boostingForFew: BoostingHyperparameters = {
  ...defaultHyperparameters['gradient-boosting'],
  nIterations: 60,
  learningRate: 0.1,
  maxDepth: 3,
  minSamplesLeaf: 3,
  nIterNoChange: 0,
};

export interface Candidates {
  /** One of each name, under its name. */
  readonly specs: readonly ModelSpec[];
  /** A mean of the candidates is one more of them, weighted after the comparison: stacked where there are many outages. */
  readonly blend: 'stacked' | 'weighted';
  /** So is the mean of the best of them and of the own past, half each. */
  readonly hasHalfOwnPast: boolean;
  /** False where a duration ≤ −1 forbids log(1 + duration): to be said to the user. */
  readonly isLogScaleOffered: boolean;
}

/**
 * The models that training compares: always the reference predictions and the linear model, boosting
 * from the chosen starts on the chosen scales, the quantile forest, and the blend. The quick ones come first. On few
 * outages fewer: linear models do not look at the past there, which fits chance. Where a direction is expected, only what
 * keeps it.
 */
export function listCandidates(target: Float64Array, settings: CandidateSettings): Candidates {
  const isLogScaleOffered = canUseLogScale(target);
  const isFew = target.length < FEW_OUTAGES;
  const names = candidateNames.filter((name) => isCompared(name, target, settings, isLogScaleOffered));
  const scale = listScales(settings.scale, isLogScaleOffered).at(-1) ?? 'identity';
  const boosting = isFew && isUntouched(settings) ? boostingForFew : settings.hyperparameters;
  const { seed, unitFeature = null, planFeature, pastFeatures = [], expected = [] } = settings;
  const create = (name: ModelName, without: readonly string[]) =>
    createSpec(name, {
      scale: name === 'quantile-forest' ? scale : modelCatalogue[name].scale,
      seed,
      classFeature: name === 'median-per-unit' ? unitFeature : null,
      unitFeature,
      without,
      boosting,
      ...(settings.forest && { forest: settings.forest }),
      expected,
      ...(planFeature && { planFeature }),
    });
  const specs = names.map((name): ModelSpec => {
    const without = isFew && name !== 'linear-log-past' ? pastFeatures : [];
    return { ...create(name, without), id: name };
  });
  return {
    specs,
    blend: isFew ? 'weighted' : 'stacked',
    hasHalfOwnPast: !isFew && settings.horizon?.kind === 'plan' && !settings.isExportable,
    isLogScaleOffered,
  };
}

function listScales(choice: ScaleChoice, isLogScaleOffered: boolean): readonly TargetScale[] {
  if (choice !== 'auto') return [choice];
  return isLogScaleOffered ? ['identity', 'log1p'] : ['identity'];
}

function isCompared(
  name: ModelName,
  target: Float64Array,
  settings: CandidateSettings,
  isLogScaleOffered: boolean,
): boolean {
  const { family, init, scale } = modelCatalogue[name];
  const isFree = settings.init === 'auto';
  if (settings.isExportable && !isSum(name)) return false;
  if (settings.expected && settings.expected.length > 0 && !canKeepDirections(name)) return false;
  if (name === 'median-per-unit') return (settings.unitFeature ?? null) !== null;
  if (family === 'plan') {
    const hasPlans = settings.planFeature && (settings.nPlanned ?? 0) >= LEAST_PLANNED;
    if (!hasPlans || !isLogScaleOffered) return false;
  }
  const isPlanning = settings.horizon?.kind === 'plan';
  // Of few outages the nearest are all there are, and what a unit did within a class are two or three of them.
  if (family === 'own-past') return isPlanning && target.length >= FEW_OUTAGES;
  if (family === 'nearest-past') return isPlanning && isFree && target.length >= FEW_OUTAGES;
  if (isRuleOfThumb(name)) return true;
  if (name === 'linear-log-past') return isFewWithPast(target.length, settings) && isLogScaleOffered;
  if (target.length < LEAST_FOR_MODELS && isFree) return false;
  if (family === 'plan') return isFree && (target.length >= FEW_OUTAGES || namesForFew.has(name));
  if (family === 'hazard') return isFree && target.length >= FEW_OUTAGES && target.length <= MOST_FOR_HAZARDS;
  // Who fixes where boosting starts asks for boosting.
  if (family === 'forest') return isFree;
  if (!listScales(settings.scale, isLogScaleOffered).includes(scale)) return false;
  if (isFree && settings.scale === 'auto' && isLogScaleOffered && target.length < FEW_OUTAGES) {
    return namesForFew.has(name);
  }
  return family === 'ridge' || isFree || settings.init === init;
}

function isFewWithPast(n: number, { pastFeatures = [], scale }: CandidateSettings): boolean {
  return LEAST_FOR_LINEAR_PAST <= n && n < FEW_OUTAGES && pastFeatures.length > 0 && scale !== 'identity';
}

/** Nobody said how to boost. */
function isUntouched({ hyperparameters }: CandidateSettings): boolean {
  const usual = defaultHyperparameters['gradient-boosting'];
  return JSON.stringify(hyperparameters) === JSON.stringify(usual);
}

/** The second opinion's network on the widest scale there is; fitted only where `neural.ts` was loaded. */
export function createNeuralSpec(target: Float64Array, seed: number): ModelSpec {
  return createSpec(canUseLogScale(target) ? 'neural-log' : 'neural', { seed });
}
