import { AppError } from '#base/errors.ts';

/** The knobs of gradient boosting, by the names of the field (docs/glossary.md). `null` means "no limit". */
export interface Hyperparameters {
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

export type HyperparameterName = keyof Hyperparameters;

/** One row of the table: what a form needs to offer a hyperparameter, and a check to judge its value. */
export type HyperparameterRange =
  | {
      readonly name: HyperparameterName;
      readonly kind: 'int' | 'float';
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly default: number | null;
      /** How a slider or a search should space its values. */
      readonly scale: 'linear' | 'log';
      /** True where `null` ("no limit") is a value. */
      readonly nullable: boolean;
      /** Key of the one-sentence explanation in the app's dictionary. */
      readonly textKey: `hyperparameter.${HyperparameterName}`;
    }
  | {
      readonly name: HyperparameterName;
      readonly kind: 'choice';
      readonly choices: readonly string[];
      readonly default: string;
      readonly textKey: `hyperparameter.${HyperparameterName}`;
    };

function numberRange(
  name: HyperparameterName,
  kind: 'int' | 'float',
  bounds: readonly [min: number, max: number, step: number],
  standard: number | null,
  scale: 'linear' | 'log' = 'linear',
  nullable = false,
): HyperparameterRange {
  const [min, max, step] = bounds;
  return {
    name,
    kind,
    min,
    max,
    step,
    default: standard,
    scale,
    nullable,
    textKey: `hyperparameter.${name}`,
  };
}

/** The one table of hyperparameters. The defaults were chosen on real files by cross-validation: docs/decisions/0011. */
export const hyperparameterTable: readonly HyperparameterRange[] = [
  {
    name: 'loss',
    kind: 'choice',
    choices: ['squaredError', 'absoluteError'],
    default: 'squaredError',
    textKey: 'hyperparameter.loss',
  },
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
];

export const defaultHyperparameters: Hyperparameters = Object.fromEntries(
  hyperparameterTable.map((range) => [range.name, range.default]),
) as unknown as Hyperparameters;

/** What the product's first script used: scikit-learn's GradientBoostingRegressor, nearly untouched. */
const referenceHyperparameters: Hyperparameters = {
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

/** A preset also says where boosting starts and on what scale; 'auto' lets cross-validation choose. */
export interface Preset {
  readonly hyperparameters: Hyperparameters;
  readonly init: InitChoice;
  readonly scale: ScaleChoice;
}
export type InitChoice = 'auto' | 'mean' | 'linear';
export type ScaleChoice = 'auto' | 'identity' | 'log1p';

export const presets: Readonly<Record<PresetName, Preset>> = {
  default: { hyperparameters: defaultHyperparameters, init: 'auto', scale: 'auto' },
  reference: { hyperparameters: referenceHyperparameters, init: 'mean', scale: 'identity' },
};

/** Throws `invalid-setting` (name, value, bounds) for the first value outside its row of the table. */
export function checkHyperparameters(values: Hyperparameters): void {
  for (const range of hyperparameterTable) {
    const value = values[range.name];
    if (range.kind === 'choice') {
      if (!range.choices.includes(value as string)) {
        throw new AppError(
          'invalid-setting',
          `${range.name} must be one of ${range.choices.join(', ')}, got ${value}`,
          {
            name: range.name,
            value,
            choices: range.choices,
          },
        );
      }
      continue;
    }
    if (value === null && range.nullable) continue;
    const isNumber = typeof value === 'number' && value >= range.min && value <= range.max;
    if (!isNumber || (range.kind === 'int' && !Number.isInteger(value))) {
      const kind = range.kind === 'int' ? 'an integer' : 'a number';
      throw new AppError(
        'invalid-setting',
        `${range.name} must be ${kind} in [${range.min}, ${range.max}], got ${value}`,
        { name: range.name, value, min: range.min, max: range.max },
      );
    }
  }
}
