import { exactExp, exactLog } from '#base/exact-math.ts';
import { deriveSeed } from '#base/random.ts';
import { mean } from '#base/statistics.ts';
import { fitForestSurrogate } from './forest-surrogate.ts';
import {
  type Configuration,
  countValues,
  type Dimension,
  fromPoint,
  type SearchSpace,
  type SettingValue,
  toPoint,
} from './search-space.ts';
import { sobolPoint } from './sobol.ts';

const MAX_VALUES = 9;
const N_OTHERS = 64;

/** What error is expected at some values of one setting, over all the others. */
export type MarginalCurve = readonly { readonly value: SettingValue; readonly mae: number }[];

/**
 * A curve per dimension with more than one value, by its name: the mean of a surrogate of the trials over 64 draws of the other settings; of
 * a conditional one, where it applies. O(dimensions × values × draws × trees).
 */
export function traceMarginals(
  space: SearchSpace,
  trials: readonly { readonly configuration: Configuration; readonly mae: number }[],
  seed: number,
): ReadonlyMap<string, MarginalCurve> {
  const isPositive = trials.every(({ mae }) => mae > 0);
  const expect = fitForestSurrogate(
    space,
    trials.map(({ configuration }) => toPoint(space, configuration)),
    Float64Array.from(trials, ({ mae }) => (isPositive ? exactLog(mae) : mae)),
    deriveSeed(seed, 8),
  );
  const { dimensions } = space;
  const others = Array.from({ length: N_OTHERS }, (_, i) => sobolPoint(i, dimensions.length, seed));
  const trace = (dimension: Dimension): MarginalCurve =>
    listShares(dimension).map((share) => {
      const points = others.map((other) => {
        const point = Float64Array.from(other);
        point[dimensions.indexOf(dimension)] = share;
        hold(point, dimension);
        return fromPoint(space, point);
      });
      const expected = expect(points.map((each) => toPoint(space, each))).mean;
      const value = points[0]?.[dimension.name] ?? NaN;
      return { value, mae: mean(isPositive ? expected.map(exactExp) : expected) };
    });

  /** Makes the dimension apply. */
  function hold(point: Float64Array, { when }: Dimension): void {
    const index = dimensions.findIndex(({ name }) => name === when?.name);
    const parent = dimensions[index];
    if (!when || parent?.kind !== 'list') return;
    point[index] = (parent.values.indexOf(when.value) + 0.5) / parent.values.length;
  }

  return new Map(
    dimensions
      .filter((dimension) => countValues(dimension) > 1)
      .map((dimension) => [dimension.name, trace(dimension)]),
  );
}

/** Coordinates of every value of a list, and of few of a range. */
function listShares(dimension: Dimension): readonly number[] {
  const n = countValues(dimension);
  if (dimension.kind === 'list') return dimension.values.map((_, i) => (i + 0.5) / n);
  const count = Math.min(n, MAX_VALUES);
  return Array.from({ length: count }, (_, i) => i / (count - 1));
}
