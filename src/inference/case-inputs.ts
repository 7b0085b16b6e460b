import type { EncodedCategory, EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';
import type { FormFeature, DeterminedInput, DeterminedPart } from './contract.ts';

/** What a form needs to ask for each input of a model, in the model's order. */
export function listFormFeatures(description: ModelDescription): readonly FormFeature[] {
  const { inputs, typical, roles, dependents, calendar, history, knownAtStart } = description;
  // What follows from another input asks nothing of anyone.
  const following = new Set([...dependents, ...calendar].map(({ column }) => column));
  const roleOf = new Map(roles.map(({ column, role }) => [column, role]));
  const lookedBack = new Set(
    history?.plan.features.flatMap(({ column, group }) => (group === null ? [] : [column])),
  );
  const positionOf = new Map(inputs.map(({ name }, position) => [name, position]));
  return inputs.map((input, i) => {
    const { name } = input;
    const shared = {
      name,
      role: roleOf.get(name) ?? 'context',
      typical: typical[i] ?? null,
      ...(lookedBack.has(name) && { hasPast: true }),
      ...(knownAtStart.includes(name) && !following.has(name) && { isKnownAtStart: true }),
    };
    if (input.type === 'category') {
      const determines = dependents
        .filter(({ leader }) => leader === name)
        .flatMap(({ column, cells }): DeterminedInput[] => {
          const feature = positionOf.get(column);
          return feature === undefined ? [] : [{ feature, cells }];
        });
      return { type: 'category', ...shared, categories: sortByFrequency(input), determines };
    }
    if (input.type === 'number') return { type: 'number', ...shared, ...describeNumbers(input) };
    const determines = calendar
      .filter(({ date }) => date === name)
      .flatMap(({ column, part, shift }): DeterminedPart[] => {
        const feature = positionOf.get(column);
        return feature === undefined ? [] : [{ feature, part, shift }];
      });
    return { type: 'date', ...shared, min: input.min, max: input.max, determines };
  });
}

function describeNumbers({ min, max, isInteger, quantiles }: Exclude<EncodedFeature, EncodedCategory>) {
  const [p5 = min, , middle = min, , p95 = max] = quantiles;
  return { min, p5, median: isInteger ? Math.round(middle) : middle, p95, max, isInteger };
}

/** The encoder's order is by label; a form offers the usual ones first. */
function sortByFrequency({ categories, counts }: EncodedCategory): string[] {
  return categories
    .map((label, code) => ({ label, count: counts[code] ?? 0 }))
    .sort((a, b) => b.count - a.count)
    .map(({ label }) => label);
}
