import type { ColumnRole } from '#data/roles.ts';
import type { EncodedCategory, EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';
import type { CellValue } from '#data/cell.ts';
import type { FormFeature, DeterminedInput, DeterminedPart } from './contract.ts';

/** What a form needs to ask for each input of a model, in the model's order. */
export function listFormFeatures(description: ModelDescription): readonly FormFeature[] {
  const { inputs, typical, roles, dependents, calendar, history } = description;
  const roleOf = new Map(roles.map(({ column, role }) => [column, role]));
  const lookedBack = new Set(
    history?.plan.features.flatMap(({ column, group }) => (group === null ? [] : [column])),
  );
  const positionOf = new Map(inputs.map(({ name }, position) => [name, position]));
  return inputs.map((input, i) => {
    const role = roleOf.get(input.name) ?? 'context';
    const cell = typical[i] ?? null;
    if (input.type === 'category') {
      const determines = dependents
        .filter(({ leader }) => leader === input.name)
        .flatMap(({ column, cells }): DeterminedInput[] => {
          const feature = positionOf.get(column);
          return feature === undefined ? [] : [{ feature, cells }];
        });
      return {
        type: 'category',
        name: input.name,
        role,
        categories: sortByFrequency(input),
        determines,
        typical: cell,
        ...(lookedBack.has(input.name) && { hasPast: true }),
      };
    }
    if (input.type === 'number') return toNumberFeature(input, role, cell);
    const determines = calendar
      .filter(({ date }) => date === input.name)
      .flatMap(({ column, part, shift }): DeterminedPart[] => {
        const feature = positionOf.get(column);
        return feature === undefined ? [] : [{ feature, part, shift }];
      });
    return {
      type: 'date',
      name: input.name,
      role,
      min: input.min,
      max: input.max,
      determines,
      typical: cell,
    };
  });
}

function toNumberFeature(
  { name, min, max, isInteger, quantiles }: Exclude<EncodedFeature, EncodedCategory>,
  role: ColumnRole,
  typical: CellValue,
): FormFeature {
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
