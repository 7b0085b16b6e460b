import type { ExpectedDirection } from './expected-directions.ts';
import {
  type BoostingHyperparameters,
  defaultHyperparameters,
  type FamilyHyperparameters,
  type ForestHyperparameters,
  type HazardHyperparameters,
  hyperparameterTable,
  readHyperparameters,
  type RidgeHyperparameters,
  type TunedFamily,
} from './hyperparameters.ts';
import { type ModelFamily, modelCatalogue, type ModelName } from './model-catalogue.ts';
import type { PlanCorrection, PlanSettings } from './plan.ts';
import type { TargetScale } from './target-scale.ts';

/**
 * Names one spec among those it is compared with, whatever their names: see `identifySpec`. Everything found out about
 * a spec is filed under it.
 */
export type SpecId = string;

/** Which model to fit, and how: everything that, with the data, decides the model's bytes. */
export interface ModelSpec {
  readonly id: SpecId;
  readonly name: ModelName;
  readonly scale: TargetScale;
  /** Of all that is drawn for the model: samples of a tree, but also the folds of a replay, columns of chance. */
  readonly seed: number;
  readonly settings: FamilySettings;
  /** Directions that its answers keep. Absent: none is expected, or the family looks at no numbers. */
  readonly expected?: readonly ExpectedDirection[];
}

const directedFamilies: ReadonlySet<ModelFamily> = new Set<ModelFamily>([
  'ridge',
  'gradient-boosting',
  'hazard',
  'plan',
]);

/** What each family can be told: nothing that it does not use. */
export type FamilySettings =
  | { readonly family: 'constant' }
  | {
      readonly family: 'median-per-class';
      /** The feature it goes by; null: the one that predicts best is found. */
      readonly classFeature: string | null;
    }
  | {
      readonly family: 'ridge';
      readonly hyperparameters: RidgeHyperparameters;
      /** Features it does not look at, by name. */
      readonly without: readonly string[];
    }
  | {
      readonly family: 'gradient-boosting';
      /** What boosting starts from: the mean (the median, by its loss), or the linear model. */
      readonly init: 'mean' | 'linear';
      readonly hyperparameters: BoostingHyperparameters;
    }
  | { readonly family: 'hazard'; readonly hyperparameters: HazardHyperparameters }
  | { readonly family: 'forest'; readonly hyperparameters: ForestHyperparameters }
  | ({ readonly family: 'plan' } & PlanSettings)
  | {
      readonly family: 'own-past';
      /** The feature that names the unit; null: there is none. */
      readonly unitFeature: string | null;
      /** The feature that names the class; null: the one that predicts best is found. */
      readonly classFeature: string | null;
    }
  | { readonly family: 'nearest-past' }
  | { readonly family: 'imported-trees' }
  | { readonly family: 'neural' }
  | {
      readonly family: 'blend';
      /** The models whose predictions are averaged in the target's unit. Weights sum to 1. */
      readonly members: readonly WeightedSpec[];
    };

export interface WeightedSpec {
  readonly weight: number;
  readonly spec: ModelSpec;
}

/** What differs from the usual; only what the model's family knows is looked at. */
export interface SpecOptions {
  readonly seed?: number;
  /** Absent: the one the name stands for. */
  readonly scale?: TargetScale;
  readonly boosting?: Partial<BoostingHyperparameters>;
  readonly forest?: Partial<ForestHyperparameters>;
  readonly hazard?: Partial<HazardHyperparameters>;
  readonly ridge?: Partial<RidgeHyperparameters>;
  readonly classFeature?: string | null;
  /** Features that linear models do not look at, by name. */
  readonly without?: readonly string[];
  /** Of the models that correct a plan: the feature that holds it. */
  readonly planFeature?: string;
  readonly unitFeature?: string | null;
  readonly expected?: readonly ExpectedDirection[];
  readonly members?: readonly WeightedSpec[];
}

const USUAL_SEED = 1;

/** A spec by its name, at the defaults but for the options, and its id (`identifySpec`). Throws `invalid-setting`. */
export function createSpec(name: ModelName, options: SpecOptions = {}): ModelSpec {
  const { seed = USUAL_SEED, scale = modelCatalogue[name].scale, expected = [] } = options;
  const settings = createSettings(name, options);
  const isDirected = expected.length > 0 && directedFamilies.has(settings.family);
  const spec = { name, scale, seed, settings, ...(isDirected && { expected }) };
  return { id: identifySpec(spec), ...spec };
}

function createSettings(name: ModelName, options: SpecOptions): FamilySettings {
  const { family, init } = modelCatalogue[name];
  switch (family) {
    case 'median-per-class':
      return { family, classFeature: options.classFeature ?? null };
    case 'ridge':
      return { family, hyperparameters: complete(family, options.ridge), without: options.without ?? [] };
    case 'gradient-boosting':
      return { family, init, hyperparameters: complete(family, options.boosting) };
    case 'hazard':
      return { family, hyperparameters: complete(family, options.hazard) };
    case 'forest':
      return { family, hyperparameters: complete(family, options.forest) };
    case 'plan':
      return { family, ...createPlanSettings(name, options) };
    case 'own-past': {
      const { unitFeature = null, classFeature = null } = options;
      return { family, unitFeature, classFeature };
    }
    case 'nearest-past':
    case 'imported-trees':
    case 'neural':
      return { family };
    case 'blend':
      return { family, members: options.members ?? [] };
    // The announced durations are given, not fitted: nothing is fitted for them but a constant.
    default:
      return { family: 'constant' };
  }
}

function createPlanSettings(name: ModelName, options: SpecOptions): PlanSettings {
  const { planFeature = '', without = [] } = options;
  const correction = correctionOf(name);
  return {
    planFeature,
    correction,
    without: correction === 'linear' ? without : [],
    boosting: correction === 'boosting' ? complete('gradient-boosting', options.boosting) : null,
  };
}

function correctionOf(name: ModelName): PlanCorrection {
  switch (name) {
    case 'plan-per-class':
      return 'per-class';
    case 'plan-linear':
      return 'linear';
    case 'plan-boosting':
      return 'boosting';
    default:
      return 'none';
  }
}

function complete<Family extends TunedFamily>(
  family: Family,
  changes: object = {},
): FamilyHyperparameters[Family] {
  return readHyperparameters(family, { ...defaultHyperparameters[family], ...changes });
}

/**
 * The spec's name, and in brackets whatever is not usual: `gradient-boosting(maxDepth=3,learningRate=0.1)`. Two specs
 * have the same id exactly where they are the same (members of a blend do not count).
 */
export function identifySpec({ name, scale, seed, settings, expected }: Omit<ModelSpec, 'id'>): SpecId {
  const own: string[] = [];
  if (scale !== modelCatalogue[name].scale) own.push(`scale=${scale}`);
  if (seed !== USUAL_SEED) own.push(`seed=${seed}`);
  if ('unitFeature' in settings && settings.unitFeature !== null) {
    own.push(`unitFeature=${settings.unitFeature}`);
  }
  if ('classFeature' in settings && settings.classFeature !== null) {
    own.push(`classFeature=${settings.classFeature}`);
  }
  if ('without' in settings && settings.without.length > 0) own.push(`without=${settings.without.join('+')}`);
  if (settings.family === 'plan') own.push(`planFeature=${settings.planFeature}`);
  if (settings.family === 'plan' && settings.boosting) {
    own.push(...listUnusual('gradient-boosting', settings.boosting));
  }
  if ('hyperparameters' in settings) {
    own.push(...listUnusual(settings.family, settings.hyperparameters));
  }
  if (expected) own.push(...expected.map(({ feature, direction }) => `${feature}=${direction}`));
  return own.length === 0 ? name : `${name}(${own.join(',')})`;
}

function listUnusual(family: TunedFamily, hyperparameters: object): string[] {
  const values = new Map<string, unknown>(Object.entries(hyperparameters));
  return hyperparameterTable[family].flatMap(({ name, default: usual }) =>
    values.get(name) === usual ? [] : [`${name}=${String(values.get(name))}`],
  );
}

/** Directions that each answer keeps, a blend's as its members'. */
export function listDirections(spec: ModelSpec): readonly ExpectedDirection[] {
  if (spec.expected) return spec.expected;
  const ofMembers = listMembers(spec).map((member) => listDirections(member.spec));
  return ofMembers.find(({ length }) => length > 0) ?? [];
}

/** A blend's members; none of any other model. */
export function listMembers({ settings }: ModelSpec): readonly WeightedSpec[] {
  return settings.family === 'blend' ? settings.members : [];
}
