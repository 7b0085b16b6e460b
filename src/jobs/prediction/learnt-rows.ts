import { toAppError } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import type { ColumnRole } from '#data/roles.ts';
import { findColumn, type Table } from '#data/table.ts';
import type { LearntState } from '#inference/contract.ts';
import { findLearntRows } from '#inference/learnt-cases.ts';
import { findKnownOutages } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';

/** Whether the model has learnt each row. A row set aside (under way, of unknown duration, an older version) is not learnt. */
export function markLearntRows(
  model: ModelAtWork,
  table: Table,
  today: Instant,
  isTrainingData: boolean,
): readonly LearntState[] {
  const isKept = findKept(model, table, today);
  // What a stopped training left out is not told by its data.
  const isWhole = isTrainingData && isKept.filter(Boolean).length === model.description.nTrainingRows;
  if (isWhole) return isKept.map((kept) => (kept ? 'yes' : 'no'));
  return findLearntRows(model, table, (row) => isKept[row] ?? false);
}

/** Whether each row would be learnt from; in a file without durations, of outages to come, each may be. */
function findKept(model: ModelAtWork, table: Table, today: Instant): readonly boolean[] {
  const { roles } = model.description;
  const has = (role: ColumnRole) =>
    roles.some((each) => each.role === role && findColumn(table, each.column) !== undefined);
  if (!has('target') && !(has('start') && has('end'))) {
    return Array.from({ length: table.nRows }, () => true);
  }
  const kept = Array.from({ length: table.nRows }, () => false);
  try {
    for (const position of findKnownOutages(model, table, today).positions) kept[position] = true;
    return kept;
  } catch (thrown) {
    // Its column of durations is empty.
    if (!['no-target', 'no-numeric-column', 'column-not-read'].includes(toAppError(thrown).code))
      throw thrown;
    return kept.fill(true);
  }
}
