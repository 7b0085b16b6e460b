import type { JobContext } from '#base/job-context.ts';
import { AppError } from '#base/errors.ts';
import { readCell } from '#data/cell.ts';
import { isShorterThanDay, msPerUnit } from '#data/time-units.ts';
import { requireColumns } from '#data/require-columns.ts';
import { findRoleName } from '#data/role-columns.ts';
import { type Column, findColumn, type Table } from '#data/table.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { type IntervalBound, isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { forecastForElapsed, predictElapsed } from '#evaluation/intervals/remaining.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { judgeReach, reachInterval } from '#inference/reach.ts';
import { forEachSlice } from '../dataset/row-slices.ts';
import type { ExportPredictionsRequest } from './contract.ts';

const levels = ['p50', 'p80', 'p90'] as const;

/** What is still to come of each row. */
export interface RemainingColumns {
  /** Time left at each level, then the ends where the table has starts and the unit is known; NaN without an answer. */
  readonly columns: readonly {
    readonly level: string;
    readonly kind: 'left' | 'end';
    readonly column: Column;
  }[];
  readonly nAsked: number;
  readonly nRefused: number;
}

/**
 * How much longer each row of a table takes that has lasted so long. Rows that say no time are not asked; `isAnswered` are
 * those of which enough is known, and whose whole duration carries a P80. Throws `unknown-column`, `invalid-setting` for a column that is none of numbers, a
 * time below 0, and a model whose file does not keep what it takes.
 */
export async function listRemaining(
  open: ModelAtWork,
  table: Table,
  asked: NonNullable<ExportPredictionsRequest['elapsed']>,
  isAnswered: (row: number) => boolean,
  context: JobContext,
): Promise<RemainingColumns> {
  const calibration = open.calibration?.elapsed;
  if (calibration === undefined) {
    throw new AppError('no-elapsed-calibration', 'the model keeps nothing that tells how much longer', {});
  }
  const lasted = readElapsed(table, asked);
  const left = levels.map(() => new Float64Array(table.nRows).fill(NaN));
  const inputs = requireColumns(
    table,
    open.description.inputs.map(({ name }) => ({ name })),
  );
  let nRefused = 0;
  await forEachSlice(buildModelFeatures(open, table), 'predicting', context, (slice, from) => {
    const forecasts = forecastDurations(open.model, slice);
    for (let i = 0; i < slice.nRows; i++) {
      const row = from + i;
      const elapsed = lasted[row] ?? NaN;
      if (Number.isNaN(elapsed)) continue;
      const cells = inputs.map((column) => readCell(column, row));
      const interval = isAnswered(row)
        ? reachInterval(
            predictElapsed(calibration, forecastForElapsed(calibration, forecasts, i), elapsed),
            judgeReach(open, cells),
          )
        : null;
      if (interval === null || !isClaimed(interval.p80)) nRefused += 1;
      levels.forEach((level, j) => ((left[j] as Float64Array)[row] = leftOf(interval?.[level], elapsed)));
    }
  });
  const { unit } = open.description.target;
  const start = findColumn(table, findRoleName(open.description.roles, 'start') ?? '');
  const ends =
    start?.type !== 'date' || unit === 'unknown'
      ? []
      : left.map((values) =>
          values.map((rest, row) =>
            Math.round((start.values[row] ?? NaN) + ((lasted[row] ?? NaN) + rest) * msPerUnit[unit]),
          ),
        );
  return {
    columns: [
      ...left.map((values, j) => ({
        level: levels[j]?.toUpperCase() ?? '',
        kind: 'left' as const,
        column: { type: 'number' as const, name: '', values },
      })),
      ...ends.map((values, j) => ({
        level: levels[j]?.toUpperCase() ?? '',
        kind: 'end' as const,
        column: { type: 'date' as const, name: '', hasTime: isShorterThanDay(unit), values },
      })),
    ],
    nAsked: lasted.filter((elapsed) => !Number.isNaN(elapsed)).length,
    nRefused,
  };
}

function leftOf(bound: IntervalBound | undefined, elapsed: number): number {
  return bound && isClaimed(bound) ? bound.value - elapsed : NaN;
}

function readElapsed(table: Table, asked: NonNullable<ExportPredictionsRequest['elapsed']>): Float64Array {
  if (typeof asked === 'number') return checkElapsed(new Float64Array(table.nRows).fill(asked));
  const column = findColumn(table, asked.column);
  if (column === undefined) {
    throw new AppError('unknown-column', `there is no column ${asked.column}`, {
      column: asked.column,
      columns: table.columns.map(({ name }) => name),
    });
  }
  if (column.type !== 'number') {
    throw new AppError('elapsed-not-a-number', `${asked.column} is no column of numbers`, {
      column: asked.column,
    });
  }
  return checkElapsed(column.values);
}

function checkElapsed(lasted: Float64Array): Float64Array {
  const row = lasted.findIndex((elapsed) => elapsed < 0 || elapsed === Infinity);
  if (row < 0) return lasted;
  throw new AppError('elapsed-negative', `an outage cannot have lasted ${lasted[row]}`, {
    value: lasted[row] ?? NaN,
  });
}
