import type { ColumnRole } from '#data/roles.ts';
import type { EncodedCategory, EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-file.ts';
import type { FittedModel } from '#models/regressor.ts';
import type { FormFeature } from './prediction.ts';

/** What a form needs to ask for each feature of a model, in the model's order. */
export function listFormFeatures(
  { encoder }: FittedModel,
  { origins, roles }: ModelDescription,
): readonly FormFeature[] {
  const columnOf = new Map(origins.map(({ feature, column }) => [feature, column]));
  const roleOf = new Map(roles.map(({ column, role }) => [column, role]));
  return encoder.features.map((feature) => {
    const column = columnOf.get(feature.name) ?? feature.name;
    return toFormFeature(feature, column, roleOf.get(column) ?? 'context');
  });
}

function toFormFeature(feature: EncodedFeature, column: string, role: ColumnRole): FormFeature {
  const { name } = feature;
  if (feature.type === 'category') {
    const categories = sortByFrequency(feature);
    return { type: 'category', name, column, role, categories, typical: categories[0] ?? null };
  }
  const { min, max, isInteger, quantiles } = feature;
  const [p5 = min, , middle = min, , p95 = max] = quantiles;
  const median = isInteger ? Math.round(middle) : middle;
  return { type: 'number', name, column, role, min, p5, median, p95, max, isInteger, typical: median };
}

/** The encoder's order is by label; a form offers the usual ones first. */
function sortByFrequency({ categories, counts }: EncodedCategory): string[] {
  return categories
    .map((label, code) => ({ label, count: counts[code] ?? 0 }))
    .sort((a, b) => b.count - a.count)
    .map(({ label }) => label);
}
