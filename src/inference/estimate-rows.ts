import { readCell } from '#data/cell.ts';
import { requireColumns } from '#data/require-columns.ts';
import type { Column, Table } from '#data/table.ts';
import { forecastOf } from '#evaluation/intervals/calibration.ts';
import type { CaseClass } from '#evaluation/intervals/answering.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { isRefused, predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { createClassFinder } from './case-table.ts';
import { predictCases } from './forecast-cases.ts';
import { listRowsWithGaps } from './input-rows.ts';
import { buildModelFeatures } from './model-features.ts';
import { findOpenInputs, settleCells } from './open-cells.ts';
import type { ModelAtWork } from './open-model.ts';
import { judgeReach } from './reach.ts';

/**
 * The one number of each row of a table that holds the model's inputs: what `predictCases` says of the row as one of a file,
 * bit for bit; NaN where no level is claimed of it. Made for many rows: columns stay columns, and only rows with gaps or
 * numbers outside of what was learnt are looked at one by one. Throws `model-columns-missing`.
 */
export function estimateRows(model: ModelAtWork, table: Table): Float64Array {
  const inputs = requireColumns(
    table,
    model.description.inputs.map(({ name }) => ({ name })),
  );
  const forecasts = forecastDurations(model.model, buildModelFeatures(model, table));
  const estimates = forecasts.predicted;
  const intervals = model.calibration?.intervals ?? null;
  if (intervals !== null) {
    const findClass = createClassFinder(table, model.calibration);
    // Whether any level is claimed is a matter of the class alone.
    const refused = new Map<CaseClass, boolean>();
    const isClassRefused = (row: number) => {
      const caseClass = findClass(row);
      const known = refused.get(caseClass);
      if (known !== undefined) return known;
      const forecast = forecastOf(intervals, { ...forecasts, actual: estimates }, row);
      const found = isRefused(predictInterval(intervals, forecast, caseClass));
      refused.set(caseClass, found);
      return found;
    };
    const isOutside = markOutside(model, inputs, table.nRows);
    for (let row = 0; row < table.nRows; row++) {
      const isBeyond =
        isOutside[row] === 1 &&
        judgeReach(
          model,
          inputs.map((column) => readCell(column, row)),
        ).kind === 'beyond';
      if (isBeyond || isClassRefused(row)) estimates[row] = NaN;
    }
  }
  // An empty cell that nothing settles, of a column that was often empty in training, is one like any other.
  const gaps = listRowsWithGaps(model.description.inputs, table).filter(({ cells }) => {
    const settled = settleCells(model.summary.features, cells);
    return settled !== cells || findOpenInputs(model.description, settled, 'file').length > 0;
  });
  const cases = gaps.map(({ cells }) => cells);
  for (const [i, { value, interval }] of predictCases(model, cases, undefined, 'file').entries()) {
    estimates[gaps[i]?.row ?? -1] = interval !== null && isRefused(interval) ? NaN : value;
  }
  return estimates;
}

/** Rows with a number below or above those of training: what alone can lie beyond. */
function markOutside(model: ModelAtWork, inputs: readonly Column[], nRows: number): Uint8Array {
  const marks = new Uint8Array(nRows);
  for (const [i, feature] of model.summary.features.entries()) {
    const column = inputs[i];
    if (feature.type !== 'number' || column === undefined || column.type === 'category') continue;
    for (const [row, value] of column.values.entries()) {
      if (value < feature.min || value > feature.max) marks[row] = 1;
    }
  }
  return marks;
}
