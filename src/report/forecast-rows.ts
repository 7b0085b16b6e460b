import { buildColumn, type CellValue } from '#data/cell.ts';
import { type CsvDialectName, writeCsv } from '#data/csv/write-csv.ts';
import type { ColumnType } from '#data/table.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { TextFile } from '#jobs/dataset/contract.ts';
import type { FileForecast, ForecastNote, ForecastRow } from '#jobs/prediction/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import { refuseLevel, tellRefusal } from './interval-sentences.ts';
import { withUnit } from './with-unit.ts';

/** A column of the table of outages to come: what it is called, and what stands in it. */
export interface ForecastColumn {
  readonly id:
    'row' | 'identifier' | 'unit' | 'start' | 'value' | 'p10' | 'p50' | 'p80' | 'end' | 'plan' | 'notes';
  readonly name: string;
  readonly type: ColumnType;
  readonly hasTime?: boolean;
  readonly valueOf: (row: ForecastRow) => CellValue;
}

/** The columns that a file's answers have: on screen and in its export alike. Durations have no more digits than they can keep. */
export function listForecastColumns(
  answer: Omit<FileForecast, 'rows'>,
  unit: DurationUnitName,
  hasIntervals: boolean,
  words: Words,
): readonly ForecastColumn[] {
  const { t } = words;
  const { unitColumn, identifierColumn, startColumn, hasTime, hasPlan } = answer;
  const duration = (id: 'value' | 'p10' | 'p50' | 'p80' | 'plan', name: string): ForecastColumn => ({
    id,
    name: withUnit(name, unit, words),
    type: 'number',
    valueOf: (row) => roundDuration(row[id]),
  });
  const levels = [duration('p10', 'P10'), duration('p50', 'P50'), duration('p80', 'P80')];
  return [
    { id: 'row', name: t('forecasts.column.row'), type: 'number', valueOf: ({ row }) => row + 1 },
    ...(identifierColumn === null
      ? []
      : [labels('identifier', identifierColumn, ({ identifier }) => identifier)]),
    ...(unitColumn === null ? [] : [labels('unit', unitColumn, (row) => row.unit)]),
    ...(startColumn === null ? [] : [dates('start', startColumn, hasTime)]),
    ...(hasIntervals ? levels : [duration('value', t('forecasts.column.value'))]),
    ...(startColumn === null || !hasIntervals ? [] : [dates('end', t('forecasts.column.end'), hasTime)]),
    ...(hasPlan ? [duration('plan', t('forecasts.column.plan'))] : []),
    labels('notes', t('forecasts.column.notes'), ({ notes }) => tellNotes(notes, words)),
  ];
}

function labels(
  id: ForecastColumn['id'],
  name: string,
  valueOf: (row: ForecastRow) => string | null,
): ForecastColumn {
  return { id, name, type: 'category', valueOf };
}

function dates(id: 'start' | 'end', name: string, hasTime: boolean): ForecastColumn {
  const toDay = (instant: number) => Math.floor(instant / MS_PER_DAY) * MS_PER_DAY;
  const toMinute = (instant: number) => Math.round(instant / 60_000) * 60_000;
  return {
    id,
    name,
    type: 'date',
    hasTime,
    valueOf: ({ [id]: instant }) => (instant === null ? null : (hasTime ? toMinute : toDay)(instant)),
  };
}

const MS_PER_DAY = 86_400_000;

/** A tenth of the unit: what an estimate says beyond that is noise. */
function roundDuration(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}

/** Why cells are blank, and what is odd about a row; '' where all is well. */
export function tellNotes(notes: readonly ForecastNote[], words: Words): string {
  return notes.map((note) => tellNote(note, words)).join(' ');
}

function tellNote(note: ForecastNote, words: Words): string {
  const { t } = words;
  switch (note.kind) {
    case 'refused':
      return isClaimed(note.bound) ? '' : tellRefusal(note.bound, words);
    case 'no-level':
      return t('forecasts.note.no-level', { level: note.level, why: refuseLevel(note, words) });
    case 'unread':
      return t('forecasts.note.unread', { column: note.column, raw: note.raw });
    case 'no-intervals':
    case 'no-start':
    case 'learnt':
      return t(`forecasts.note.${note.kind}`);
    default:
      return t(`forecasts.note.${note.kind}`, { columns: note.columns.join(', ') });
  }
}

/** What is on screen as a file: its rows, in its order. */
export function exportForecast(
  name: string,
  columns: readonly ForecastColumn[],
  rows: readonly ForecastRow[],
  dialect: CsvDialectName,
): TextFile {
  const table = {
    nRows: rows.length,
    columns: columns.map(({ name: title, type, hasTime = false, valueOf }) => {
      const column = buildColumn(title, type, rows.map(valueOf));
      return column.type === 'date' ? { ...column, hasTime } : column;
    }),
  };
  const base = name.replace(/\.\w+(\.gz)?$/iu, '');
  return { name: `${base}-predictions.csv`, text: writeCsv(table, dialect) };
}
