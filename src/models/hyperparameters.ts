import { AppError } from '#base/errors.ts';

/** Settings of gradient boosting, by the names of the field (docs/glossary.md). `null` means "no limit". */
export interface BoostingHyperparameters {
  readonly loss: 'squaredError' | 'absoluteError';
  readonly nIterations: number;
  readonly learningRate: number;
  readonly maxLeafNodes: number | null;
  readonly maxDepth: number | null;
  readonly minSamplesLeaf: number;
  readonly l2Regularization: number;
  readonly maxBins: number;
  readonly subsample: number;
  readonly columnSubsample: number;
  /** Iterations without a better validation score before fitting stops; 0 fits all iterations. */
  readonly nIterNoChange: number;
  /** Share of the training samples kept aside to watch for that. */
  readonly validationFraction: number;
}

/** Settings of the quantile forest. */
export interface ForestHyperparameters {
  /** `null`: 100, and fewer (at least 50) on more than 5,000 samples, as a file has to stay small. */
  readonly nTrees: number | null;
  readonly subsample: number;
  readonly columnSubsample: number;
  readonly minSamplesLeaf: number;
  readonly maxBins: number;
}

/** Settings of boosted hazards. */
export interface HazardHyperparameters {
  /** About so many intervals, but for the longest durations, which have finer ones. */
  readonly nIntervals: number;
  readonly nIterations: number;
  readonly learningRate: number;
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  readonly l2Regularization: number;
  readonly maxBins: number;
  readonly subsample: number;
  readonly columnSubsample: number;
}

/** Settings of the linear model. */
export interface RidgeHyperparameters {
  /** Of the penalty: "this many outages at no effect". `null`: 0.1, 1, 10 or 100, by generalised cross-validation. */
  readonly strength: number | null;
}

/** What can be set, by family; the families that are absent have nothing to set. */
export interface FamilyHyperparameters {
  readonly ridge: RidgeHyperparameters;
  readonly 'gradient-boosting': BoostingHyperparameters;
  readonly forest: ForestHyperparameters;
  readonly hazard: HazardHyperparameters;
}

export type TunedFamily = keyof FamilyHyperparameters;

/** One row of the table: what a form or a search needs to offer a hyperparameter, and a check to judge its value. */
export type HyperparameterRange<Name extends string = keyof BoostingHyperparameters> =
  | {
      readonly name: Name;
      readonly kind: 'int' | 'float';
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly default: number | null;
      /** How a slider or a search should space its values. */
      readonly scale: 'linear' | 'log';
      /** True where `null` is a value. */
      readonly nullable: boolean;
    }
  | {
      readonly name: Name;
      readonly kind: 'choice';
      readonly choices: readonly string[];
      readonly default: string;
    };

function numberRange<Name extends string>(
  name: Name,
  kind: 'int' | 'float',
  bounds: readonly [min: number, max: number, step: number],
  standard: number | null,
  scale: 'linear' | 'log' = 'linear',
  nullable = false,
): HyperparameterRange<Name> {
  const [min, max, step] = bounds;
  return { name, kind, min, max, step, default: standard, scale, nullable };
}

/**
 * The one table of hyperparameters: of the form, of the check and of the model file. The defaults were chosen on real
 * files by cross-validation (docs/decisions/0011); the forest's figures move by under 1 % around its own.
 */
export const hyperparameterTable: {
  readonly [Family in TunedFamily]: readonly HyperparameterRange<
    keyof FamilyHyperparameters[Family] & string
  >[];
} = {
  ridge: [numberRange('strength', 'float', [0.001, 10_000, 0.001], null, 'log', true)],
  'gradient-boosting': [
    { name: 'loss', kind: 'choice', choices: ['squaredError', 'absoluteError'], default: 'squaredError' },
    numberRange('nIterations', 'int', [1, 2000, 1], 400, 'log'),
    numberRange('learningRate', 'float', [0.001, 1, 0.001], 0.05, 'log'),
    numberRange('maxLeafNodes', 'int', [2, 1024, 1], 31, 'log', true),
    numberRange('maxDepth', 'int', [1, 30, 1], null, 'linear', true),
    numberRange('minSamplesLeaf', 'int', [1, 1000, 1], 10, 'log'),
    numberRange('l2Regularization', 'float', [0, 1000, 0.1], 1),
    numberRange('maxBins', 'int', [2, 65535, 1], 255, 'log'),
    numberRange('subsample', 'float', [0.1, 1, 0.05], 1),
    numberRange('columnSubsample', 'float', [0.1, 1, 0.05], 1),
    numberRange('nIterNoChange', 'int', [0, 200, 1], 15),
    numberRange('validationFraction', 'float', [0.05, 0.5, 0.05], 0.2),
  ],
  forest: [
    numberRange('nTrees', 'int', [1, 2000, 1], null, 'log', true),
    numberRange('subsample', 'float', [0.1, 1, 0.05], 0.8),
    numberRange('columnSubsample', 'float', [0.1, 1, 0.05], 0.75),
    numberRange('minSamplesLeaf', 'int', [1, 1000, 1], 3, 'log'),
    numberRange('maxBins', 'int', [2, 65535, 1], 64, 'log'),
  ],
  // docs/decisions/0048 and 0053.
  hazard: [
    numberRange('nIntervals', 'int', [2, 64, 1], 16),
    numberRange('nIterations', 'int', [1, 2000, 1], 120, 'log'),
    numberRange('learningRate', 'float', [0.001, 1, 0.001], 0.06, 'log'),
    numberRange('maxDepth', 'int', [1, 30, 1], 12),
    numberRange('minSamplesLeaf', 'int', [1, 1000, 1], 8, 'log'),
    numberRange('l2Regularization', 'float', [0, 1000, 0.1], 1),
    numberRange('maxBins', 'int', [2, 65535, 1], 64, 'log'),
    numberRange('subsample', 'float', [0.1, 1, 0.05], 0.8),
    numberRange('columnSubsample', 'float', [0.1, 1, 0.05], 1),
  ],
};

function listDefaults<Family extends TunedFamily>(family: Family): FamilyHyperparameters[Family] {
  const values = hyperparameterTable[family].map((range) => [range.name, range.default]);
  return Object.fromEntries(values);
}

export const defaultHyperparameters: FamilyHyperparameters = {
  ridge: listDefaults('ridge'),
  'gradient-boosting': listDefaults('gradient-boosting'),
  forest: listDefaults('forest'),
  hazard: listDefaults('hazard'),
};

/** What the product's first script used: scikit-learn's GradientBoostingRegressor, nearly untouched. */
const referenceHyperparameters: BoostingHyperparameters = {
  loss: 'squaredError',
  nIterations: 100,
  learningRate: 0.1,
  maxLeafNodes: null,
  maxDepth: 5,
  minSamplesLeaf: 1,
  l2Regularization: 0,
  maxBins: 65535, // as many bins as values
  subsample: 1,
  columnSubsample: 1,
  nIterNoChange: 0,
  validationFraction: 0.2,
};

export const presetNames = ['default', 'reference'] as const;
export type PresetName = (typeof presetNames)[number];

/** A preset of boosting also says where it starts and on what scale; 'auto' lets cross-validation choose. */
export interface Preset {
  readonly hyperparameters: BoostingHyperparameters;
  readonly init: InitChoice;
  readonly scale: ScaleChoice;
}
export type InitChoice = 'auto' | 'mean' | 'linear';
export type ScaleChoice = 'auto' | 'identity' | 'log1p';

export const presets: Readonly<Record<PresetName, Preset>> = {
  default: { hyperparameters: defaultHyperparameters['gradient-boosting'], init: 'auto', scale: 'auto' },
  reference: { hyperparameters: referenceHyperparameters, init: 'mean', scale: 'identity' },
};

/**
 * The settings of a family out of values from anywhere, in the order of the table and nothing beside. Throws
 * `invalid-setting` (name, value, bounds) for the first value outside its row.
 */
export function readHyperparameters<Family extends TunedFamily>(
  family: Family,
  values: object,
): FamilyHyperparameters[Family] {
  const given = new Map<string, unknown>(Object.entries(values));
  const read = hyperparameterTable[family].map((range) => {
    const value = given.get(range.name);
    checkValue(range, value);
    return [range.name, value];
  });
  return Object.fromEntries(read) as FamilyHyperparameters[Family];
}

function checkValue(range: HyperparameterRange<string>, value: unknown): void {
  if (range.kind === 'choice') {
    if (range.choices.includes(value as string)) return;
    const problem = `${range.name} must be one of ${range.choices.join(', ')}, got ${toDetail(value)}`;
    throw new AppError('invalid-setting', problem, {
      name: range.name,
      value: toDetail(value),
      choices: range.choices,
    });
  }
  if (value === null && range.nullable) return;
  const isNumber = typeof value === 'number' && value >= range.min && value <= range.max;
  if (isNumber && (range.kind === 'float' || Number.isInteger(value))) return;
  const kind = range.kind === 'int' ? 'an integer' : 'a number';
  throw new AppError(
    'invalid-setting',
    `${range.name} must be ${kind} in [${range.min}, ${range.max}], got ${toDetail(value)}`,
    { name: range.name, value: toDetail(value), min: range.min, max: range.max },
  );
}

/** As details of an error may hold it: of what is no value at all, its type. */
function toDetail(value: unknown): string | number | null {
  if (typeof value === 'number' || typeof value === 'string' || value === null) return value;
  return typeof value;
}
