import { AppError } from '#base/errors.ts';
import type { CancelSignal } from '#base/job-context.ts';
import type { CellRow } from '#data/cell.ts';
import { sliceRows, type Table } from '#data/table.ts';
import type { CasePrediction } from '#inference/contract.ts';
import { estimateRows } from '#inference/estimate-rows.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import { completeInputs } from '#inference/input-rows.ts';
import type { ServedModel } from './served-model.ts';

/** Cases, and rows of a table, that are answered before the event loop turns: some milliseconds. */
const CASES_A_TURN = 64;
const ROWS_A_TURN = 4096;

/** Lets other requests, a probe above all, have their turn. Throws `cancelled` where nobody waits any more. */
async function turn(signal: CancelSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new AppError('cancelled', 'the client is gone, or the time is up');
}

/** What a model says of cases, in their order. */
export async function predictInTurns(
  { model }: ServedModel,
  cases: readonly CellRow[],
  signal: CancelSignal,
): Promise<readonly CasePrediction[]> {
  if (cases.length <= CASES_A_TURN) return predictCases(model, cases);
  const answers: CasePrediction[] = [];
  for (let from = 0; from < cases.length; from += CASES_A_TURN) {
    answers.push(...predictCases(model, cases.slice(from, from + CASES_A_TURN)));
    await turn(signal);
  }
  return answers;
}

/** The one number of each row; NaN where none is claimed. Throws `model-columns-missing`. */
export async function estimateInTurns(
  { model }: ServedModel,
  table: Table,
  signal: CancelSignal,
): Promise<Float64Array> {
  const asked = completeInputs(model.description, table);
  const estimates = new Float64Array(asked.nRows);
  for (let from = 0; from < asked.nRows; from += ROWS_A_TURN) {
    const to = Math.min(asked.nRows, from + ROWS_A_TURN);
    estimates.set(estimateRows(model, sliceRows(asked, from, to)), from);
    if (to < asked.nRows) await turn(signal);
  }
  return estimates;
}
