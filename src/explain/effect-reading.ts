import { argsort } from '#base/arrays.ts';
import type { FeatureGrid } from './feature-grid.ts';

/** The one thing to remember of a partial dependence. In the target's unit. */
export type EffectReading =
  | {
      readonly kind: 'number';
      /** Two values of the feature, and how the mean prediction changes from the first to the second. */
      readonly from: number;
      readonly to: number;
      readonly change: number;
    }
  | {
      readonly kind: 'category';
      readonly longest: string;
      readonly shortest: string;
      /** From the label predicted shortest to the one predicted longest. */
      readonly change: number;
    };

/**
 * Of a number or date: from one end of the usual values to the other. Of a category: between its extreme labels.
 * Null where there is nothing to compare.
 */
export function readEffect(
  grid: FeatureGrid,
  average: ArrayLike<number>,
  usual: { readonly p5: number; readonly p95: number } | null,
): EffectReading | null {
  const at = (index: number) => average[index];
  if (grid.type === 'category') {
    const order = argsort(average);
    const [first] = order;
    const last = order.at(-1);
    if (first === undefined || last === undefined || first === last) return null;
    const labelOf = (index: number) => grid.labels[index];
    return {
      kind: 'category',
      longest: labelOf(last),
      shortest: labelOf(first),
      change: at(last) - at(first),
    };
  }
  if (usual === null || grid.values.length < 2) return null;
  const [from, to] = [findNearestPoint(grid.values, usual.p5), findNearestPoint(grid.values, usual.p95)];
  if (from === to) return null;
  return {
    kind: 'number',
    from: grid.values[from],
    to: grid.values[to],
    change: at(to) - at(from),
  };
}

/** Index of the value nearest to `wanted`; the first of several. */
export function findNearestPoint(values: ArrayLike<number>, wanted: number): number {
  let nearest = 0;
  for (let i = 1; i < values.length; i++) {
    if (Math.abs(values[i] - wanted) < Math.abs(values[nearest] - wanted)) nearest = i;
  }
  return nearest;
}
