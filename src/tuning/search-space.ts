import { exactExp, exactLog } from '#base/exact-math.ts';
import type { Rng } from '#base/random.ts';

/** One value of a setting. */
export type SettingValue = number | string;

/** A value for every active dimension, by its name; those that do not apply are absent. */
export type Configuration = Readonly<Record<string, SettingValue>>;

interface Named {
  readonly name: string;
  /** It applies only where another, earlier one has this value. */
  readonly when?: { readonly name: string; readonly value: SettingValue };
}

/** A range of numbers, snapped to `min + k · step` between its bounds; spaced evenly in log(value + shift) where that is asked for. */
export interface NumberDimension extends Named {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly scale: 'linear' | 'log';
  readonly shift?: number;
}

/** A few values without order between them; of numbers, in their order. */
export interface ListDimension extends Named {
  readonly kind: 'list';
  readonly values: readonly SettingValue[];
}

export type Dimension = NumberDimension | ListDimension;

/** What is searched: a conditional box. Dimensions stand after those that they depend on. */
export interface SearchSpace {
  readonly dimensions: readonly Dimension[];
}

export function isActive({ when }: Dimension, configuration: Configuration): boolean {
  return when === undefined || configuration[when.name] === when.value;
}

/** The same for equal configurations and for no others. */
export function keyOf({ dimensions }: SearchSpace, configuration: Configuration): string {
  return JSON.stringify(dimensions.map(({ name }) => configuration[name] ?? null));
}

/** How many values a dimension has. */
export function countValues(dimension: Dimension): number {
  return dimension.kind === 'list'
    ? dimension.values.length
    : Math.floor((dimension.max - dimension.min) / dimension.step + 1e-9) + 1;
}

/** Configurations in all; conditional ones counted where they apply. O(dimensions × values that something depends on). */
export function countConfigurations({ dimensions }: SearchSpace): number {
  const count = (index: number, chosen: Configuration): number => {
    const dimension = dimensions[index];
    if (!dimension) return 1;
    if (!isActive(dimension, chosen)) return count(index + 1, chosen);
    const isAsked = dimensions.some(({ when }) => when?.name === dimension.name);
    if (dimension.kind === 'number' || !isAsked) return countValues(dimension) * count(index + 1, chosen);
    return dimension.values.reduce(
      (sum: number, value) => sum + count(index + 1, { ...chosen, [dimension.name]: value }),
      0,
    );
  };
  return count(0, {});
}

/** The configuration at a point of the unit cube, one coordinate a dimension in [0, 1), snapped. */
export function fromPoint({ dimensions }: SearchSpace, point: ArrayLike<number>): Configuration {
  const configuration: Record<string, SettingValue> = {};
  dimensions.forEach((dimension, i) => {
    if (isActive(dimension, configuration))
      configuration[dimension.name] = decodeValue(dimension, point[i] ?? 0);
  });
  return configuration;
}

function decodeValue(dimension: Dimension, share: number): SettingValue {
  if (dimension.kind === 'list') {
    const { values } = dimension;
    return values[Math.min(values.length - 1, Math.max(0, Math.floor(share * values.length)))];
  }
  const { min, max, scale, shift = 0 } = dimension;
  const bounded = Math.min(1, Math.max(0, share));
  if (scale === 'linear') return snap(dimension, min + bounded * (max - min));
  const [low, high] = [exactLog(min + shift), exactLog(max + shift)];
  return snap(dimension, exactExp(low + bounded * (high - low)) - shift);
}

function snap(dimension: NumberDimension, value: number): number {
  const { min, step } = dimension;
  const nSteps = Math.min(countValues(dimension) - 1, Math.max(0, Math.round((value - min) / step)));
  // Twelve digits: 0.05 + 3 · 0.05 is 0.2, in the log as in the form.
  return Number((min + nSteps * step).toPrecision(12));
}

/** Coordinates in [0, 1]: of a list, the middle of the value's part; NaN where a dimension does not apply. */
export function toPoint({ dimensions }: SearchSpace, configuration: Configuration): Float64Array {
  return Float64Array.from(dimensions, (dimension) => {
    const value = configuration[dimension.name];
    if (value === undefined) return NaN;
    if (dimension.kind === 'list') return (dimension.values.indexOf(value) + 0.5) / dimension.values.length;
    const { min, max, scale, shift = 0 } = dimension;
    if (max === min) return 0.5;
    const place = scale === 'log' ? (each: number) => exactLog(each + shift) : (each: number) => each;
    return (place(Number(value)) - place(min)) / (place(max) - place(min));
  });
}

const NEIGHBOUR_STEP = 0.2;

/**
 * The configuration with one active dimension changed: a normal step of 0.2 of the range, or another value of a list. Null where
 * nothing can change.
 */
export function drawNeighbour(
  space: SearchSpace,
  configuration: Configuration,
  rng: Rng,
): Configuration | null {
  const changeable = space.dimensions.flatMap((dimension, i) =>
    isActive(dimension, configuration) && countValues(dimension) > 1 ? [i] : [],
  );
  if (changeable.length === 0) return null;
  const chosen = changeable[rng.nextBelow(changeable.length)];
  const dimension = space.dimensions[chosen];
  const point = toPoint(space, configuration);
  // What begins to apply with the change is drawn.
  for (let i = 0; i < point.length; i++) if (Number.isNaN(point[i])) point[i] = rng.nextFloat();
  if (dimension.kind === 'list') {
    const n = dimension.values.length;
    const held = dimension.values.indexOf(configuration[dimension.name]);
    point[chosen] = (((held + 1 + rng.nextBelow(n - 1)) % n) + 0.5) / n;
    return fromPoint(space, point);
  }
  const from = point[chosen];
  let to = -1;
  while (to < 0 || to > 1) to = from + NEIGHBOUR_STEP * rng.nextNormal();
  point[chosen] = to;
  const neighbour = fromPoint(space, point);
  if (neighbour[dimension.name] !== configuration[dimension.name]) return neighbour;
  // A step too short to leave the value: the next one, on whichever side there is one.
  const value = Number(configuration[dimension.name]);
  const direction = (to >= from && value < dimension.max) || value <= dimension.min ? 1 : -1;
  return { ...neighbour, [dimension.name]: snap(dimension, value + direction * dimension.step) };
}

export function drawConfiguration(space: SearchSpace, rng: Rng): Configuration {
  return fromPoint(
    space,
    space.dimensions.map(() => rng.nextFloat()),
  );
}

/** All configurations, the last dimension moving fastest. */
export function* listConfigurations({ dimensions }: SearchSpace): Generator<Configuration> {
  yield* extend(0, {});

  function* extend(index: number, chosen: Configuration): Generator<Configuration> {
    const dimension = dimensions[index];
    if (!dimension) {
      yield chosen;
      return;
    }
    if (!isActive(dimension, chosen)) {
      yield* extend(index + 1, chosen);
      return;
    }
    for (let i = 0; i < countValues(dimension); i++) {
      const value =
        dimension.kind === 'list' ? dimension.values[i] : snap(dimension, dimension.min + i * dimension.step);
      yield* extend(index + 1, { ...chosen, [dimension.name]: value });
    }
  }
}
