import { AppError } from '#base/errors.ts';
import { boostingForFew } from '#models/candidates.ts';
import {
  type BoostingHyperparameters,
  defaultHyperparameters,
  type ForestHyperparameters,
  hyperparameterTable,
  presets,
  readHyperparameters,
} from '#models/hyperparameters.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { createSpec, type ModelSpec } from '#models/model-spec.ts';
import type { TargetScale } from '#models/target-scale.ts';
import {
  type Configuration,
  countValues,
  fromPoint,
  type Dimension,
  isActive,
  type ListDimension,
  type NumberDimension,
  type SearchSpace,
  type SettingValue,
} from './search-space.ts';

/** A space of settings, with what each of its configurations stands for. */
export interface SettingsSpace extends SearchSpace {
  /** What is the same in all of them. */
  readonly base: BoostingHyperparameters;
}

/** Settings as they are shown, kept and given to `train`: a model, and what of its family is not fixed by its name. */
export type TunedSettings =
  | {
      readonly family: 'gradient-boosting';
      readonly model: ModelName;
      readonly init: 'mean' | 'linear';
      readonly scale: TargetScale;
      readonly hyperparameters: BoostingHyperparameters;
    }
  | {
      readonly family: 'forest';
      readonly model: 'quantile-forest';
      readonly scale: TargetScale;
      readonly hyperparameters: ForestHyperparameters;
    };

const boosting = 'gradient-boosting';
const forest = 'quantile-forest';
/** Before a setting of the forest that boosting has, too. */
const OF_FOREST = 'forest.';

function searchBoosting(
  name: keyof BoostingHyperparameters,
  min: number,
  max: number,
  changes: Partial<NumberDimension> = {},
): NumberDimension {
  const row = hyperparameterTable['gradient-boosting'].find((each) => each.name === name);
  if (row?.kind !== 'float' && row?.kind !== 'int') throw new TypeError(`${name} is no number`);
  return {
    kind: 'number',
    name,
    min,
    max,
    step: row.step,
    scale: row.scale,
    when: { name: 'model', value: boosting },
    ...changes,
  };
}

function searchForest(name: keyof ForestHyperparameters, min: number, max: number): NumberDimension {
  const row = hyperparameterTable.forest.find((each) => each.name === name);
  if (row?.kind !== 'float' && row?.kind !== 'int') throw new TypeError(`${name} is no number`);
  const own = `${OF_FOREST}${name}`;
  return {
    kind: 'number',
    name: own,
    min,
    max,
    step: row.step,
    scale: row.scale,
    when: { name: 'model', value: forest },
  };
}

/**
 * What is worth searching (docs/decisions/0064): the number of trees is none of it, as early stopping chooses it; of few outages short,
 * shallow boosting without it.
 */
export function createSettingsSpace(options: {
  readonly isFew: boolean;
  readonly isLogScaleOffered: boolean;
}): SettingsSpace {
  const { isFew, isLogScaleOffered } = options;
  const ofBoosting = isFew
    ? [
        searchBoosting('learningRate', 0.02, 0.3),
        searchBoosting('maxDepth', 1, 6),
        searchBoosting('minSamplesLeaf', 2, 20),
      ]
    : [
        searchBoosting('learningRate', 0.01, 0.3),
        searchBoosting('maxLeafNodes', 4, 128),
        searchBoosting('minSamplesLeaf', 2, 100),
      ];
  return {
    base: isFew ? boostingForFew : defaultHyperparameters['gradient-boosting'],
    dimensions: [
      { kind: 'list', name: 'model', values: [boosting, forest] },
      { kind: 'list', name: 'init', values: ['mean', 'linear'], when: { name: 'model', value: boosting } },
      { kind: 'list', name: 'scale', values: isLogScaleOffered ? ['identity', 'log1p'] : ['identity'] },
      ...ofBoosting,
      searchBoosting('l2Regularization', 0, 100, { scale: 'log', shift: 0.1 }),
      searchBoosting('subsample', 0.5, 1),
      searchBoosting('columnSubsample', 0.4, 1),
      searchForest('minSamplesLeaf', 1, 50),
      searchForest('subsample', 0.4, 1),
      searchForest('columnSubsample', 0.3, 1),
    ],
  };
}

/** The grid of the product's first script, with its settings otherwise. */
export const referenceGrid: SettingsSpace = {
  base: presets.reference.hyperparameters,
  dimensions: [
    { kind: 'list', name: 'nIterations', values: [50, 100, 200] },
    { kind: 'list', name: 'learningRate', values: [0.01, 0.1, 0.2] },
    { kind: 'list', name: 'maxDepth', values: [3, 5, 7] },
    { kind: 'list', name: 'subsample', values: [0.8, 1] },
  ],
};

/** scikit-learn's own default, which the grid holds. */
export const referenceStart: Configuration = {
  nIterations: 100,
  learningRate: 0.1,
  maxDepth: 3,
  subsample: 1,
};

/** Every untuned model of the space's families. */
export function listStarts({ dimensions, base }: SettingsSpace): readonly Configuration[] {
  const usual = (name: string) =>
    name.startsWith(OF_FOREST)
      ? defaultHyperparameters.forest[name.slice(OF_FOREST.length) as keyof ForestHyperparameters]
      : base[name as keyof BoostingHyperparameters];
  const untuned = (said: Configuration): Configuration => {
    const configuration: Record<string, SettingValue> = {};
    for (const dimension of dimensions) {
      const value = said[dimension.name] ?? usual(dimension.name) ?? null;
      if (isActive(dimension, configuration) && value !== null) configuration[dimension.name] = value;
    }
    return configuration;
  };
  if (!dimensions.some(({ name }) => name === 'model')) return [untuned({ init: 'mean', scale: 'identity' })];
  const scales = valuesOf(dimensions, 'scale');
  const ofBoosting = valuesOf(dimensions, 'model').includes(boosting)
    ? valuesOf(dimensions, 'init').flatMap((init) =>
        scales.map((scale) => untuned({ model: boosting, init, scale })),
      )
    : [];
  const ofForest = valuesOf(dimensions, 'model').includes(forest)
    ? [untuned({ model: forest, scale: scales.at(-1) ?? 'identity' })]
    : [];
  return [...ofBoosting, ...ofForest];
}

function valuesOf(dimensions: readonly Dimension[], name: string): readonly string[] {
  const found = dimensions.find(
    (dimension): dimension is ListDimension => dimension.name === name && dimension.kind === 'list',
  );
  return found ? found.values.map(String) : [];
}

/** What a configuration stands for; what it does not say is the space's base. Throws `invalid-setting` for a value outside its range. */
export function readConfiguration({ base }: SettingsSpace, configuration: Configuration): TunedSettings {
  const { model = boosting, init = 'mean', scale = 'identity', ...rest } = configuration;
  const targetScale: TargetScale = scale === 'log1p' ? 'log1p' : 'identity';
  if (model === forest) {
    const own = Object.entries(rest).flatMap(([name, value]) =>
      name.startsWith(OF_FOREST) ? [[name.slice(OF_FOREST.length), value] as const] : [],
    );
    const hyperparameters = { ...defaultHyperparameters.forest, ...Object.fromEntries(own) };
    return { family: 'forest', model: forest, scale: targetScale, hyperparameters };
  }
  const changed = { ...base, ...rest };
  return {
    family: 'gradient-boosting',
    ...nameBoosting(init === 'linear' ? 'linear' : 'mean', targetScale),
    hyperparameters: { ...changed, nIterations: countTrees(base, changed) },
  };
}

/** The catalogue's name of boosting from a start on a scale, with both. */
function nameBoosting(init: 'mean' | 'linear', scale: TargetScale) {
  const model =
    `gradient-boosting${init === 'linear' ? '-linear-init' : ''}${scale === 'log1p' ? '-log' : ''}` as const;
  return { model, init, scale };
}

/** As many trees at most as take boosting as far as the base's do: half the rate, twice the trees. */
function countTrees(base: BoostingHyperparameters, changed: BoostingHyperparameters): number {
  if (changed.nIterations !== base.nIterations || base === presets.reference.hyperparameters)
    return changed.nIterations;
  return Math.min(
    2000,
    Math.max(20, Math.ceil((base.nIterations * base.learningRate) / changed.learningRate)),
  );
}

/**
 * Settings out of a file: what `tune --settings-out` wrote, its answer's `best`, or these settings alone. Throws `invalid-setting`.
 */
export function readTunedSettings(value: unknown): TunedSettings {
  const at = (holder: unknown, name: string): unknown =>
    typeof holder === 'object' && holder !== null
      ? new Map<string, unknown>(Object.entries(holder)).get(name)
      : undefined;
  const settings = at(at(value, 'best'), 'settings') ?? at(value, 'settings') ?? value;
  const hyperparameters = at(settings, 'hyperparameters');
  const scale = at(settings, 'scale') ?? 'identity';
  const init = at(settings, 'init') ?? 'mean';
  const isForest = at(settings, 'family') === 'forest';
  const reject = (name: string, given: unknown) => {
    const text = JSON.stringify(given) ?? 'undefined';
    throw new AppError('invalid-setting', `${name} is ${text}`, { name, value: text });
  };
  if (scale !== 'identity' && scale !== 'log1p') return reject('scale', scale);
  if (init !== 'mean' && init !== 'linear') return reject('init', init);
  if (typeof hyperparameters !== 'object' || hyperparameters === null)
    return reject('hyperparameters', hyperparameters);
  if (isForest) {
    const own = readHyperparameters('forest', { ...defaultHyperparameters.forest, ...hyperparameters });
    return { family: 'forest', model: forest, scale, hyperparameters: own };
  }
  const own = readHyperparameters('gradient-boosting', {
    ...defaultHyperparameters['gradient-boosting'],
    ...hyperparameters,
  });
  return { family: 'gradient-boosting', ...nameBoosting(init, scale), hyperparameters: own };
}

/** What training is told to fit them. */
export function toTrainingSettings(settings: TunedSettings) {
  const { family, scale, hyperparameters } = settings;
  return family === 'forest'
    ? ({ preset: 'custom', scale, init: 'auto', forest: hyperparameters } as const)
    : ({ preset: 'custom', scale, init: settings.init, hyperparameters } as const);
}

export function toSpec(settings: TunedSettings, seed: number): ModelSpec {
  const { model, scale, hyperparameters } = settings;
  return settings.family === 'forest'
    ? createSpec(model, { scale, seed, forest: hyperparameters })
    : createSpec(model, { seed, boosting: hyperparameters });
}

/**
 * The space with some dimensions narrowed as `{learningRate: {min, max, step?}, maxDepth: [3, 5, 7], …}` says; a dimension that it does not
 * have is added where the table of hyperparameters of boosting has it. Throws `invalid-setting` for an unknown name, an empty range, no value,
 * and where no more than one configuration is left.
 */
export function narrowSpace(space: SettingsSpace, wanted: ReadonlyMap<string, unknown>): SettingsSpace {
  const known = new Map(space.dimensions.map((dimension) => [dimension.name, dimension]));
  const narrowed = new Map<string, Dimension>(known);
  for (const [name, range] of wanted)
    narrowed.set(name, narrow(name, known.get(name) ?? findInTable(name), range));
  // Leaves and depth say the same twice: who names depth means it.
  if (wanted.has('maxDepth') && !wanted.has('maxLeafNodes')) narrowed.delete('maxLeafNodes');
  const dimensions = [...narrowed.values()];
  if (dimensions.every((dimension) => countValues(dimension) === 1)) {
    throw new AppError('invalid-setting', 'the space holds one configuration: there is nothing to search', {
      name: 'space',
      value: 1,
    });
  }
  const base =
    narrowed.has('maxDepth') && !narrowed.has('maxLeafNodes')
      ? { ...space.base, maxLeafNodes: null }
      : space.base;
  return { base, dimensions };
}

/** Values of a range that a grid holds at most. */
const MOST_IN_GRID = 5;

/** Every combination of what is named, the rest as it is untuned: what a grid search looks through. Throws what `narrowSpace` throws. */
export function createGrid(space: SettingsSpace, wanted: ReadonlyMap<string, unknown>): SettingsSpace {
  const { base, dimensions } = narrowSpace(space, wanted);
  const isBoosting = !wanted.has('model');
  const named = dimensions.filter(({ name }) => wanted.has(name));
  return {
    base,
    dimensions: named.map((dimension) => {
      const { when, ...always } = dimension;
      const condition = when && !isBoosting ? { when } : {};
      if (dimension.kind === 'list' || countValues(dimension) <= MOST_IN_GRID)
        return { ...always, ...condition };
      const values = Array.from({ length: MOST_IN_GRID }, (_, i) => {
        const { [dimension.name]: value = dimension.min } = fromPoint({ dimensions: [always] }, [
          i / (MOST_IN_GRID - 1),
        ]);
        return value;
      });
      return { kind: 'list' as const, name: dimension.name, values: [...new Set(values)], ...condition };
    }),
  };
}

function findInTable(name: string): Dimension {
  const row = hyperparameterTable['gradient-boosting'].find((each) => each.name === name);
  const when = { name: 'model', value: boosting };
  if (row?.kind === 'choice') return { kind: 'list', name, values: row.choices, when };
  if (row)
    return { kind: 'number', name, min: row.min, max: row.max, step: row.step, scale: row.scale, when };
  throw new AppError('invalid-setting', `there is no setting "${name}" to search`, {
    name: 'space',
    value: name,
  });
}

function narrow(name: string, dimension: Dimension, range: unknown): Dimension {
  const reject = (problem: string): never => {
    throw new AppError('invalid-setting', `${name}: ${problem}`, {
      name,
      value: JSON.stringify(range) ?? 'undefined',
    });
  };
  const { when } = dimension;
  const condition = when ? { when } : {};
  if (Array.isArray(range)) {
    const values = [...new Set(range as readonly unknown[])].filter(
      (value): value is string | number => typeof value === 'string' || typeof value === 'number',
    );
    if (values.length === 0) reject('no value to choose from');
    if (values.some((value) => !isWithin(dimension, value))) reject('a value outside what it can be');
    return { kind: 'list', name, values, ...condition };
  }
  if (typeof range === 'string' || typeof range === 'number') return narrow(name, dimension, [range]);
  if (dimension.kind === 'list') return reject(`one or more of ${dimension.values.join(', ')}`);
  const {
    min = dimension.min,
    max = dimension.max,
    step = dimension.step,
  } = (range ?? {}) as Partial<NumberDimension>;
  if (![min, max, step].every((value) => typeof value === 'number' && Number.isFinite(value)))
    reject('min, max and step are numbers');
  if (!(min <= max)) reject('the range is empty: its least value is above its largest');
  if (!(step > 0)) reject('the step must be above 0');
  if (!isWithin(dimension, min) || !isWithin(dimension, max)) reject('a bound outside what it can be');
  return { ...dimension, min, max, step };
}

/** By the table of hyperparameters, whatever the search's own range is. */
function isWithin(dimension: Dimension, value: string | number): boolean {
  const { name } = dimension;
  const isOfForest = name.startsWith(OF_FOREST);
  const rows = isOfForest ? hyperparameterTable.forest : hyperparameterTable['gradient-boosting'];
  const row = rows.find((each) => each.name === (isOfForest ? name.slice(OF_FOREST.length) : name));
  if (!row || row.kind === 'choice') {
    const values = row?.kind === 'choice' ? row.choices : dimension.kind === 'list' ? dimension.values : [];
    return values.includes(value);
  }
  return (
    typeof value === 'number' &&
    value >= row.min &&
    value <= row.max &&
    (row.kind === 'float' || Number.isInteger(value))
  );
}
