import { AppError } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import { findRange, median } from '#base/statistics.ts';
import { readCell } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { guessUnit } from '#data/duration-unit.ts';
import { msPerUnit, type TimeUnit, timeUnits } from '#data/time-units.ts';
import { findRoleName } from '#data/role-columns.ts';
import { type Column, findColumn, isOfType, type Table } from '#data/table.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { Announcement, LedgerModel, Outcome, OutcomeFile } from '#monitoring/contract.ts';
import { foldLedger } from '#monitoring/ledger.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import type { ReadOutcomesRequest } from './contract.ts';

/**
 * What a file says became of outages, whatever it calls its columns: by the ledger's names where it has them, else by their
 * roles. Durations are brought to milliseconds from the unit that the column, its cells or its dates tell; where nothing
 * does, it is the ledger's, unless durations are then several times those `announced` and another
 * one brings them near. Every row is read as it stands in the file; none is cleaned away. Throws `outcomes-no-key` where nothing tells outages apart, or
 * nothing says how long they took.
 */
export function readOutcomes(
  { read, summary }: Pick<OpenDataset, 'read' | 'summary'>,
  { keys, target }: Pick<LedgerModel, 'keys' | 'target'>,
  announced: readonly Pick<Announcement, 'value' | 'outage'>[],
  today: Instant,
  asOf?: Instant,
): OutcomeFile {
  const { table } = read;
  const find = createFinder(table, summary.roles);
  const identifier = find(keys.identifier, 'identifier') ?? findIdentifiers(table, announced);
  const unit = find(keys.unit, 'group', 'category');
  const start = asDate(find(keys.start, 'start', 'date'));
  const end = asDate(find(null, 'end', 'date'));
  const duration = findDuration(table, summary.roles, target.name);
  if ((!identifier && !start) || (!duration && !(start && end))) {
    throw new AppError('outcomes-no-key', `${summary.name} tells no outage's end`, {
      name: summary.name,
      columns: table.columns.map(({ name }) => name),
    });
  }
  const guessed = duration ? guessUnit(duration, start, end, undefined) : 'day';
  const isUnitAssumed = guessed === 'unknown' && target.unit !== 'unknown';
  const usual = target.unit === 'unknown' ? 'day' : target.unit;
  const told = isUnitAssumed ? findLikeliest(duration, usual, announced) : usual;
  const unitOfDuration = guessed === 'unknown' ? told : guessed;
  const ms = msPerUnit[unitOfDuration];
  const numberAt = (column: Column | undefined, row: number) => {
    const cell = column ? readCell(column, row) : null;
    return typeof cell === 'number' ? cell : null;
  };
  const textAt = (column: Column | undefined, row: number) => {
    const cell = column ? readCell(column, row) : null;
    return cell === null ? null : String(cell);
  };
  const outcomes = Array.from({ length: table.nRows }, (_, row): Outcome => {
    const [begins, ends, took] = [numberAt(start, row), numberAt(end, row), numberAt(duration, row)];
    const byDates = begins !== null && ends !== null ? ends - begins : null;
    const lasted = took === null ? byDates : took * ms;
    return {
      key: { identifier: textAt(identifier, row), unit: textAt(unit, row), start: begins },
      end: ends ?? (begins !== null && lasted !== null ? begins + lasted : null),
      lasted: lasted !== null && lasted >= 0 ? lasted : null,
      row: row + 1,
    };
  });
  return {
    name: summary.name,
    asOf: asOf ?? findLatest(outcomes, [start, end], today),
    outcomes,
    unit: unitOfDuration,
    isUnitAssumed,
  };
}

/** The same by the model that announced last. Throws `ledger-empty`. */
export function readOutcomesFor(
  dataset: OpenDataset,
  { ledger, today, asOf }: Omit<ReadOutcomesRequest, 'datasetId'>,
): OutcomeFile {
  const { models, announcements } = foldLedger(ledger);
  const model = models.get(announcements.at(-1)?.model ?? '');
  if (!model) throw new AppError('ledger-empty', 'nothing was announced in this ledger');
  const announced = announcements.filter(({ model: hash }) => hash === model.hash);
  return readOutcomes(dataset, model, announced, today, asOf);
}

/** The column that holds most of the announced identifiers, whatever it is called; undefined where none holds any. */
function findIdentifiers(
  table: Table,
  announced: readonly Pick<Announcement, 'outage'>[],
): Column | undefined {
  const wanted = new Set(announced.flatMap(({ outage }) => outage.identifier?.trim().toLowerCase() ?? []));
  const counted = table.columns.map((column) => {
    const cells = Array.from({ length: table.nRows }, (_, row) => readCell(column, row));
    const known = new Set(cells.map((cell) => String(cell).trim().toLowerCase()));
    return { column, n: [...wanted].filter((identifier) => known.has(identifier)).length };
  });
  const [best] = counted.toSorted((a, b) => b.n - a.n);
  return best && best.n > 0 ? best.column : undefined;
}

/** A median that is so many times the announced one is told in another unit rather than true. */
const FAR_OFF = 6;

function findLikeliest(
  duration: Extract<Column, { type: 'number' }> | undefined,
  usual: TimeUnit,
  announced: readonly Pick<Announcement, 'value'>[],
): TimeUnit {
  const ratio = median(duration?.values ?? []) / median(announced.flatMap(({ value }) => value ?? []));
  const gap = (unit: TimeUnit) => Math.abs(Math.log((ratio * msPerUnit[unit]) / msPerUnit[usual]));
  if (!(ratio > 0) || gap(usual) < Math.log(FAR_OFF)) return usual;
  return timeUnits.reduce((best, unit) => (gap(unit) < gap(best) ? unit : best), usual);
}

type DateColumn = Extract<Column, { type: 'date' }>;

/** By the ledger's name, else by a role. */
function createFinder(table: Table, roles: readonly RoleAssignment[]) {
  return (name: string | null, role: RoleAssignment['role'], type?: Column['type']): Column | undefined => {
    const named = name === null ? undefined : findColumn(table, name);
    const found = named ?? findColumn(table, findRoleName(roles, role) ?? '');
    return type === undefined || found?.type === type ? found : undefined;
  };
}

function asDate(column: Column | undefined): DateColumn | undefined {
  return column?.type === 'date' ? column : undefined;
}

/** The target by its name, else what this file takes for its durations. */
function findDuration(table: Table, roles: readonly RoleAssignment[], target: string) {
  const named = findColumn(table, target) ?? findColumn(table, findRoleName(roles, 'target') ?? '');
  return isOfType(named, 'number') ? named : undefined;
}

/** The latest end or start that is told and not to come: a column of which some are to come holds plans. */
function findLatest(
  outcomes: readonly Outcome[],
  columns: readonly (DateColumn | undefined)[],
  today: Instant,
): Instant {
  const told = columns.flatMap((column) =>
    column ? [findRange(column.values.filter(Number.isFinite))[1]] : [],
  );
  const ends = outcomes.flatMap(({ end }) => (end !== null && end <= today ? [end] : []));
  const latest = Math.max(...told.filter((each) => each <= today), findRange(ends)[1]);
  return Number.isFinite(latest)
    ? Math.min(today, latest + (latest % MS_PER_DAY === 0 ? MS_PER_DAY - 1 : 0))
    : today;
}
