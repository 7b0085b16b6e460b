import type { CategoryFormFeature, DateFormFeature, NumberFormFeature } from '#inference/contract.ts';

type Changes<Feature> = Partial<Omit<Feature, 'type' | 'name'>>;

/** Whole numbers in a range, of the context, usually the least of them; whatever else is said. */
export function numberFeature(
  name: string,
  min: number,
  max: number,
  changes: Changes<NumberFormFeature> = {},
): NumberFormFeature {
  const range = { typical: min, min, p5: min, median: min, p95: max, max, isInteger: true };
  return { type: 'number', name, role: 'context', ...range, ...changes };
}

/** Labels, usually the first one. */
export function categoryFeature(
  name: string,
  categories: readonly string[],
  changes: Changes<CategoryFormFeature> = {},
): CategoryFormFeature {
  const typical = categories[0] ?? null;
  return { type: 'category', name, role: 'context', typical, categories, determines: [], ...changes };
}

/** The start of an outage, between two instants. */
export function dateFeature(
  name: string,
  min: number,
  max: number,
  changes: Changes<DateFormFeature> = {},
): DateFormFeature {
  return { type: 'date', name, role: 'start', typical: null, min, max, determines: [], ...changes };
}
