import type { Instant } from '#base/instant.ts';
import { createPacer, type JobContext } from '#base/job-context.ts';
import { type CellRow, readCell } from '#data/cell.ts';
import { findRoleName } from '#data/role-columns.ts';
import { findColumn, type Table } from '#data/table.ts';
import type { LearntState } from '#inference/contract.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import { forecastLevels } from '#inference/forecast-levels.ts';
import { findHeadline } from '#inference/headline.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { CellsFrom } from '#inference/open-cells.ts';
import { freezeAnnouncement } from '#monitoring/announcement.ts';
import { type Announcement, LEVELS, type OutageKey } from '#monitoring/contract.ts';
import { type FollowedTable, readFollowed } from './describe-ledger-model.ts';

/** Cases answered between two looks at the clock. */
const BATCH = 16;

/** One case as it is announced. */
export interface AnnouncedCase {
  readonly cells: CellRow;
  readonly followed: CellRow;
  readonly outage: OutageKey;
  readonly planned: number | null;
  readonly at: Instant;
  readonly scenario: string | null;
}

/** Freezes what the model says of cases. */
export function announceCases(
  model: ModelAtWork,
  cases: readonly AnnouncedCase[],
  from: CellsFrom,
): readonly Announcement[] {
  const cells = cases.map((each) => each.cells);
  const predictions = predictCases(model, cells, undefined, from);
  const forecasts = forecastLevels(model, cells, LEVELS, from);
  return cases.map((each, i): Announcement => {
    const prediction = predictions[i];
    const forecast = forecasts[i];
    const isRefused = !prediction || findHeadline(prediction).kind === 'refused';
    return freezeAnnouncement({
      at: each.at,
      model: model.summary.hash,
      outage: each.outage,
      cells: each.followed,
      value: isRefused ? null : prediction.value,
      levels: forecast?.levels ?? LEVELS.map(() => null),
      nCalibration: forecast?.n ?? 0,
      planned: each.planned,
      classMedian: prediction?.past.at(-1)?.p50 ?? null,
      scenario: each.scenario,
    });
  });
}

/** What of a table was announced, and why the other rows were not. */
export interface AnnouncedTable {
  readonly announcements: readonly Announcement[];
  readonly nLearnt: number;
  readonly nUntold: number;
  readonly nRefused: number;
}

/**
 * Freezes what the model says of each row that it has not learnt and that can be told from others later. `asked`: the table
 * as the model is asked of it. `at`: when, or of a replay for each row on its own.
 */
export async function announceTable(
  model: ModelAtWork,
  asked: Table,
  followed: FollowedTable,
  learnt: readonly LearntState[],
  at: (start: Instant | null) => Instant,
  context: JobContext,
): Promise<AnnouncedTable> {
  const { inputs, roles } = model.description;
  const columns = inputs.map(({ name }) => findColumn(asked, name));
  const planned = findColumn(asked, findRoleName(roles, 'announced') ?? '');
  const keyOf = createKeyReader(asked, followed);
  const rows = Array.from({ length: asked.nRows }, (_, row) => row).filter((row) => learnt[row] !== 'yes');
  const told = rows.filter((row) => isTold(keyOf(row)));
  const pace = createPacer(context);
  const announcements: Announcement[] = [];
  for (let from = 0; from < told.length; from += BATCH) {
    const cases = told.slice(from, from + BATCH).map((row): AnnouncedCase => {
      const outage = keyOf(row);
      const plan = planned?.type === 'number' ? readCell(planned, row) : null;
      return {
        cells: columns.map((column) => (column ? readCell(column, row) : null)),
        followed: readFollowed(followed, asked, row),
        outage,
        planned: typeof plan === 'number' ? plan : null,
        at: at(outage.start),
        scenario: null,
      };
    });
    announcements.push(...announceCases(model, cases, 'file'));
    await pace(() => ({ phase: 'predicting', done: announcements.length, total: told.length }));
  }
  return {
    announcements,
    nLearnt: asked.nRows - rows.length,
    nUntold: rows.length - told.length,
    nRefused: announcements.filter(({ levels }) => levels.every((level) => level === null)).length,
  };
}

/** An outage can be told from others by its identifier, or by its start, of its unit where there are units. */
export function isTold({ identifier, start }: OutageKey): boolean {
  return identifier !== null || start !== null;
}

/** What tells the outage of each row. */
export function createKeyReader(table: Table, { keys }: Pick<FollowedTable, 'keys'>) {
  const [identifier, unit, start] = [keys.identifier, keys.unit, keys.start].map((name) =>
    name === null ? undefined : findColumn(table, name),
  );
  const read = (column: typeof unit, row: number) => {
    const cell = column ? readCell(column, row) : null;
    return cell === null ? null : String(cell);
  };
  return (row: number): OutageKey => {
    const begins = start?.type === 'date' ? readCell(start, row) : null;
    return {
      identifier: read(identifier, row),
      unit: read(unit, row),
      start: typeof begins === 'number' ? begins : null,
    };
  };
}
