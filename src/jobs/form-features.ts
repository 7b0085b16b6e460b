import type { ColumnRole } from '#data/roles.ts';
import type { EncodedCategory, EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-file.ts';
import type { CellValue } from './cell.ts';
import type { FormFeature, SettledFeature } from './prediction.ts';

/** What a form needs to ask for each input of a model, in the model's order. */
export function listFormFeatures({
  inputs,
  typical,
  roles,
  followers,
}: ModelDescription): readonly FormFeature[] {
  const roleOf = new Map(roles.map(({ column, role }) => [column, role]));
  const positionOf = new Map(inputs.map(({ name }, position) => [name, position]));
  return inputs.map((input, i) => {
    const settles = followers
      .filter(({ leader }) => leader === input.name)
      .flatMap(({ column, cells }) => {
        const feature = positionOf.get(column);
        return feature === undefined ? [] : [{ feature, cells }];
      });
    return toFormFeature(input, roleOf.get(input.name) ?? 'context', typical[i] ?? null, settles);
  });
}

function toFormFeature(
  input: EncodedFeature,
  role: ColumnRole,
  typical: CellValue,
  settles: readonly SettledFeature[],
): FormFeature {
  const { name } = input;
  if (input.type === 'category') {
    return { type: 'category', name, role, categories: sortByFrequency(input), settles, typical };
  }
  const { min, max, isInteger, quantiles } = input;
  if (input.type === 'date') return { type: 'date', name, role, min, max, typical };
  const [p5 = min, , middle = min, , p95 = max] = quantiles;
  const median = isInteger ? Math.round(middle) : middle;
  return { type: 'number', name, role, min, p5, median, p95, max, isInteger, typical };
}

/** The encoder's order is by label; a form offers the usual ones first. */
function sortByFrequency({ categories, counts }: EncodedCategory): string[] {
  return categories
    .map((label, code) => ({ label, count: counts[code] ?? 0 }))
    .sort((a, b) => b.count - a.count)
    .map(({ label }) => label);
}
