import { createPacer, type JobContext } from '#base/job-context.ts';
import type { CellRow } from '#data/cell.ts';
import type { Table } from '#data/table.ts';
import type { CasePrediction } from '#inference/contract.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import { listRowsWithGaps } from '#inference/input-rows.ts';
import { findOpenNames, settleCells } from '#inference/open-cells.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { findRefit, type RefitRequest } from '../refits/find-refit.ts';

/** Sets of unknown columns that a fit of their own is made for, the most frequent ones. */
const MAX_FITS = 8;
/** Cases answered between two looks at the clock. */
const BATCH = 16;

/** A row of a table in which something is missing, and what is said of it. */
export interface AnsweredGap {
  readonly row: number;
  readonly prediction: CasePrediction;
  /** The columns that nobody filled in, of those that count. */
  readonly unknown: readonly string[];
}

interface Gap {
  readonly row: number;
  readonly cells: CellRow;
}

/**
 * Answers the rows of a table in which an input is empty as the form would: empty cells that others settle are filled,
 * unknown ones done without. By fits without these columns where `refit` is given and the data are the model's own, else
 * wide. Rows whose answer is the model's plain one are not listed.
 */
export async function answerGaps(
  open: ModelAtWork,
  dataset: OpenDataset,
  table: Table,
  refit: RefitRequest | null,
  context: JobContext,
): Promise<readonly AnsweredGap[]> {
  const { description, summary } = open;
  const byMask = new Map<string, { readonly unknown: readonly string[]; readonly gaps: Gap[] }>();
  for (const { row, cells } of listRowsWithGaps(description.inputs, table)) {
    const settled = settleCells(summary.features, cells);
    const unknown = findOpenNames(description, settled, 'file');
    if (unknown.length === 0 && settled === cells) continue;
    const key = JSON.stringify(unknown);
    const group = byMask.get(key) ?? { unknown, gaps: [] };
    byMask.set(key, group);
    group.gaps.push({ row, cells: settled });
  }
  const groups = [...byMask.values()].sort((a, b) => b.gaps.length - a.gaps.length);
  const total = groups.reduce((sum, { gaps }) => sum + gaps.length, 0);
  const pace = createPacer(context);
  const answers: AnsweredGap[] = [];
  let nFits = 0;
  for (const { unknown, gaps } of groups) {
    const isFitted = refit !== null && unknown.length > 0 && nFits++ < MAX_FITS;
    const model = (isFitted ? await findRefit(open, dataset, unknown, refit, context) : null) ?? open;
    for (let from = 0; from < gaps.length; from += BATCH) {
      const batch = gaps.slice(from, from + BATCH);
      const cases = batch.map(({ cells }) => cells);
      predictCases(model, cases, undefined, 'file').forEach((prediction, i) => {
        answers.push({ row: batch[i]?.row ?? -1, prediction, unknown });
      });
      await pace(() => ({ phase: 'predicting', done: answers.length, total }));
    }
  }
  return answers;
}
