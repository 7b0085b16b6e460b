import type { JobContext } from '#base/job-context.ts';
import { type CellValue, readCell } from '#data/cell.ts';
import { findRoleName } from '#data/role-columns.ts';
import { type Column, findColumn } from '#data/table.ts';
import { isShorterThanDay, msPerUnit } from '#data/time-units.ts';
import { isClaimed, type PredictionInterval } from '#evaluation/intervals/prediction-interval.ts';
import { noteOutside } from '#inference/case-notes.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { completeDataset } from '../dataset/complete-dataset.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { answerTable, type TableAnswers } from './answer-table.ts';
import type { FileForecast, ForecastNote, ForecastRow, PredictFileRequest } from './contract.ts';

/**
 * What a model says of each outage of a file, with the reason of every blank: the same answers as the file of
 * `exportPredictions`. Throws `model-columns-missing`.
 */
export async function predictFile(
  model: ModelAtWork,
  given: OpenDataset,
  { today }: Pick<PredictFileRequest, 'today'>,
  context: JobContext,
): Promise<FileForecast> {
  const { dataset } = completeDataset(model, given);
  const { cleaned, summary } = dataset;
  const answered = await answerTable(model, dataset, { today, isTrainingData: false, refit: null }, context);
  const { asked } = answered;
  const { roles, target } = model.description;
  const find = (name: string | null | undefined) =>
    (typeof name === 'string' && findColumn(asked, name)) || null;
  const start = find(findRoleName(roles, 'start'));
  const plan = find(findRoleName(roles, 'announced'));
  const unit = find(findUnitName(model));
  const identifier = find(
    (
      summary.roles.find(({ role }) => role === 'identifier') ??
      roles.find(({ role }) => role === 'identifier')
    )?.column,
  );
  const ms = target.unit === 'unknown' ? NaN : msPerUnit[target.unit];
  const describe = createNoteFinder(model, answered, dataset, start);
  const rows = Array.from({ length: asked.nRows }, (_, row): ForecastRow => {
    const at = (level: string | null) =>
      known(answered.answers.find((answer) => answer.level === level)?.values[row]);
    const begins = numberAt(start, row);
    const p80 = at('P80');
    return {
      row: cleaned.rowOrigins[row] as ForecastRow['row'],
      unit: textAt(unit, row),
      identifier: textAt(identifier, row),
      start: begins,
      value: at(null),
      p10: at('P10'),
      p50: at('P50'),
      p80,
      end: begins === null || p80 === null ? null : known(Math.round(begins + p80 * ms)),
      plan: plan?.type === 'number' ? numberAt(plan, row) : null,
      notes: describe(row),
    };
  });
  return {
    unitColumn: unit?.name ?? null,
    identifierColumn: identifier?.name ?? null,
    startColumn: start?.name ?? null,
    hasTime: isShorterThanDay(target.unit) || (start?.type === 'date' && start.hasTime),
    hasPlan: plan?.type === 'number',
    rows,
  };
}

/** The column of units: the first group that the model's form names. */
function findUnitName({ summary, description }: ModelAtWork): string | undefined {
  return (
    summary.features.find(({ role }) => role === 'group')?.name ??
    description.roles.find(({ role }) => role === 'group')?.column
  );
}

function createNoteFinder(
  model: ModelAtWork,
  { asked, intervals, gaps, learnt }: TableAnswers,
  { read, cleaned }: OpenDataset,
  start: Column | null,
): (row: number) => readonly ForecastNote[] {
  const { features } = model.summary;
  const inputs = features.map(({ name }) => findColumn(asked, name));
  const gapOf = new Map(gaps.map((gap) => [gap.row, gap]));
  return (row) => {
    const cells = inputs.map((column): CellValue => (column ? readCell(column, row) : null));
    const outside = noteOutside(features, cells);
    const named = (isLabel: boolean) =>
      outside
        .filter(({ code }) => (code === 'unknown-category') === isLabel)
        .map(({ feature }) => features[feature]?.name ?? '');
    const gap = gapOf.get(row);
    const unread = read.unread.cells.filter((cell) => cell.row === cleaned.rowOrigins[row]);
    return [
      ...noteLevels(intervals[row] ?? null),
      ...listed('unknown-label', named(true)),
      ...listed('outside', named(false)),
      ...(gap?.prediction.open ? listed(gap.prediction.open.way, gap.unknown) : []),
      ...unread.map(({ column, raw }): ForecastNote => ({ kind: 'unread', column, raw })),
      ...(start && numberAt(start, row) === null ? [{ kind: 'no-start' } as const] : []),
      ...(learnt[row] === 'yes' ? [{ kind: 'learnt' } as const] : []),
    ];
  };
}

function listed(
  kind: 'unknown-label' | 'outside' | 'refit' | 'wide',
  columns: readonly string[],
): ForecastNote[] {
  return columns.length === 0 ? [] : [{ kind, columns }];
}

/** Why levels are blank; that of all where there is none. */
function noteLevels(interval: PredictionInterval | null): readonly ForecastNote[] {
  if (interval === null) return [{ kind: 'no-intervals' }];
  if (!isClaimed(interval.p80)) return [{ kind: 'refused', bound: interval.p80 }];
  return (['p10', 'p50'] as const).flatMap((level) => {
    const bound = interval[level];
    if (isClaimed(bound)) return [];
    const { n, needed } = bound;
    return [{ kind: 'no-level', level: level === 'p10' ? 'P10' : 'P50', n, needed }];
  });
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function numberAt(column: Column | null, row: number): number | null {
  return column === null || column.type === 'category' ? null : known(column.values[row]);
}

function textAt(column: Column | null, row: number): string | null {
  const cell = column ? readCell(column, row) : null;
  return cell === null || Number.isNaN(cell) ? null : String(cell);
}
