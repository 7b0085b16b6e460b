import type { EncodedCategory, EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';
import { nameUsual } from '#data/factors/factor-plan.ts';
import type { DependentInput } from '#data/dependent-inputs.ts';
import type { ElapsedColumn } from '#data/elapsed-columns.ts';
import { listDueStarts } from './due-starts.ts';
import type { FormFeature, DeterminedInput, DeterminedPart, ElapsedInput, JoinedInput } from './contract.ts';

/** What a form needs to ask for each input of a model, in the model's order. */
export function listFormFeatures(description: ModelDescription): readonly FormFeature[] {
  const { inputs, typical, roles, dependents, calendar, history, knownAtStart } = description;
  const { elapsed = [], usual = [] } = description;
  // What follows from another input asks nothing of anyone.
  const following = new Set([...dependents, ...calendar, ...elapsed].map(({ column }) => column));
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
      const ledBy = (all: readonly DependentInput[]) =>
        all.flatMap(({ leader, column, cells }): DeterminedInput[] => {
          const feature = leader === name ? positionOf.get(column) : undefined;
          return feature === undefined ? [] : [{ feature, cells }];
        });
      // A class has no unit of its own: which one is asked about is for a person to say.
      const suggests = ledBy(usual.filter(({ column }) => roleOf.get(column) !== 'group'));
      const due = history?.plan.columns[0] === name ? listDueStarts(history) : [];
      return {
        type: 'category',
        ...shared,
        categories: sortByFrequency(input),
        determines: ledBy(dependents),
        ...(suggests.length > 0 && { suggests }),
        ...(due.length > 0 && { due }),
      };
    }
    if (input.type === 'number') {
      const counted = elapsed.find(({ column }) => column === name);
      const follows = counted && findElapsedInput(counted, positionOf);
      const joined = findJoinedInput(description, name, positionOf);
      return {
        type: 'number',
        ...shared,
        ...describeNumbers(input),
        ...(follows && { elapsed: follows }),
        ...(joined && { joined }),
      };
    }
    const determines = calendar
      .filter(({ date }) => date === name)
      .flatMap(({ column, part, shift }): DeterminedPart[] => {
        const feature = positionOf.get(column);
        return feature === undefined ? [] : [{ feature, part, shift }];
      });
    return { type: 'date', ...shared, min: input.min, max: input.max, determines };
  });
}

/** By positions; undefined where the form does not ask for what it follows. */
function findElapsedInput(
  { date: dateName, since, unit, decimals, isCut }: ElapsedColumn,
  positionOf: ReadonlyMap<string, number>,
): ElapsedInput | undefined {
  const date = positionOf.get(dateName);
  const from = positionOf.get('column' in since ? since.column : since.leader);
  if (date === undefined || from === undefined) return undefined;
  return {
    unit,
    decimals,
    isCut,
    date,
    since: 'column' in since ? { date: from } : { leader: from, instants: since.instants },
  };
}

/** By positions; undefined for what is no joined value, or where the form does not ask for the start. */
function findJoinedInput(
  { factors, horizon }: ModelDescription,
  name: string,
  positionOf: ReadonlyMap<string, number>,
): JoinedInput | undefined {
  if (factors === undefined) return undefined;
  const { plan, climatology } = factors;
  const value = plan.values.findIndex(({ column }) => column === name || nameUsual(column) === name);
  const date = positionOf.get(plan.start);
  if (value < 0 || date === undefined) return undefined;
  const isUsual = plan.values[value]?.column !== name;
  return {
    file: plan.file,
    date,
    leader: plan.key ? (positionOf.get(plan.key.outages) ?? null) : null,
    leadDays: isUsual && horizon?.kind === 'plan' ? horizon.leadDays : 0,
    climatology: { ...climatology, means: climatology.means.slice(value, value + 1) },
  };
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
