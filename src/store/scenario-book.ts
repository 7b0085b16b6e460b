import type { FormFeature } from '#inference/contract.ts';
import type { NamedScenario, PlanningSettings } from '#planning/contract.ts';
import type {
  ScenarioBook,
  ScenarioCase,
  ScenarioEdit,
  ScenarioLog,
  ScenarioRecord,
} from '#registry/records.ts';
import type { AppState } from './state.ts';

/** So many steps can be taken back. */
export const MOST_STEPS = 200;
export const noSteps: ScenarioLog = { past: [], future: [] };

/** What of the state a person decides in a what-if, without answers; null without a model. */
export function readBook({
  scenario,
  reference,
  targetDuration,
  elapsed,
  planSettings,
  named,
}: Pick<
  AppState,
  'scenario' | 'reference' | 'targetDuration' | 'elapsed' | 'planSettings' | 'named'
>): ScenarioBook | null {
  if (!scenario || !reference) return null;
  return {
    scenario: withoutAnswer(scenario),
    reference: withoutAnswer(reference),
    targetDuration,
    elapsed,
    plan: planSettings,
    named,
  };
}

function withoutAnswer({ cells, origin, isOwn, typed = [] }: ScenarioCase): ScenarioCase {
  return { cells, origin, isOwn, typed };
}

/** What is kept of a book and its steps. */
export function toRecord(modelId: string, book: ScenarioBook, log: ScenarioLog): ScenarioRecord {
  const { scenario, reference, targetDuration, elapsed, plan, named } = book;
  const isLogged = log.past.length + log.future.length > 0;
  return {
    modelId,
    scenario,
    reference,
    targetDuration,
    ...(elapsed !== null && { elapsed }),
    ...(plan && { plan }),
    ...(named.length > 0 && { named }),
    ...(isLogged && { log }),
  };
}

/** The same out of what was kept. */
export function fromRecord(record: ScenarioRecord): {
  readonly book: ScenarioBook;
  readonly log: ScenarioLog;
} {
  const { scenario, reference, targetDuration, elapsed = null, plan = null, named = [] } = record;
  const book = { scenario, reference, targetDuration, elapsed, plan, named };
  return { book, log: record.log ?? noSteps };
}

/**
 * The log with the step from one book to another; the log itself where they are the same. `goesOn`: the step continues the
 * one before, as the next key pressed in one field does. Steps taken back are forgotten.
 */
export function logStep(
  log: ScenarioLog,
  before: ScenarioBook,
  after: ScenarioBook,
  goesOn = false,
): ScenarioLog {
  const changed = bookFields.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (changed.length === 0) return log;
  const last = goesOn ? log.past.at(-1) : undefined;
  const edit: ScenarioEdit = {
    before: { ...pick(before, changed), ...last?.before },
    after: { ...last?.after, ...pick(after, changed) },
  };
  const past = last ? log.past.slice(0, -1) : log.past;
  return { past: [...past, edit].slice(-MOST_STEPS), future: [] };
}

const bookFields = ['scenario', 'reference', 'targetDuration', 'elapsed', 'plan', 'named'] as const;

function pick(book: ScenarioBook, fields: readonly (keyof ScenarioBook)[]): Partial<ScenarioBook> {
  return Object.fromEntries(fields.map((field) => [field, book[field]]));
}

/** What the last step changed, as it was, and the log without it; null where no step can be taken back. */
export function takeBack({ past, future }: ScenarioLog): LogMove | null {
  const edit = past.at(-1);
  return edit ? { changes: edit.before, log: { past: past.slice(0, -1), future: [...future, edit] } } : null;
}

/** The contrary. */
export function takeAgain({ past, future }: ScenarioLog): LogMove | null {
  const edit = future.at(-1);
  return edit ? { changes: edit.after, log: { past: [...past, edit], future: future.slice(0, -1) } } : null;
}

interface LogMove {
  readonly changes: Partial<ScenarioBook>;
  readonly log: ScenarioLog;
}

/** The scenarios with one of them a place further, to the right where `by` is 1. */
export function moveNamed(named: readonly NamedScenario[], id: string, by: number): readonly NamedScenario[] {
  const from = named.findIndex((each) => each.id === id);
  const to = from + by;
  const moved = named[from];
  if (!moved || to < 0 || to >= named.length) return named;
  const others = named.filter((each) => each !== moved);
  return [...others.slice(0, to), moved, ...others.slice(to)];
}

/** "Renforcé (2)": a name that no other scenario has. */
export function findFreeName(named: readonly NamedScenario[], wanted: string): string {
  const taken = new Set(named.map(({ name }) => name));
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} (${n})`;
    if (!taken.has(name)) return name;
  }
}

/** The named scenarios as cases of another model: by the names of the columns; what it asks beside them is open. None without any in common. */
export function carryNamed(
  named: readonly NamedScenario[],
  from: readonly FormFeature[],
  to: readonly FormFeature[],
): readonly NamedScenario[] {
  const places = to.map(({ name, type }) =>
    from.findIndex((feature) => feature.name === name && feature.type === type),
  );
  if (places.every((place) => place < 0)) return [];
  return named.map((each) => ({ ...each, cells: places.map((place) => each.cells[place] ?? null) }));
}

/** The levers as another model's, of the columns that it has too; null where it has none of them. */
export function carryPlan(
  plan: PlanningSettings | null,
  features: readonly FormFeature[],
): PlanningSettings | null {
  const known = new Set(features.map(({ name }) => name));
  const levers = plan?.levers.filter(({ column }) => known.has(column)) ?? [];
  return plan && levers.length > 0 ? { ...plan, levers } : null;
}
