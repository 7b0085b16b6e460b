import { MS_PER_DAY } from '#data/dates.ts';
import type { CellRow } from '#data/cell.ts';
import { isTimeUnit, msPerUnit } from '#data/time-units.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { CasePrediction } from '#inference/contract.ts';
import { writeAnswer } from './answer.ts';
import type { Answer } from './body-schemas.ts';
import { predictInTurns } from './predict.ts';
import type { Call } from './route.ts';
import type { ServedModel } from './served-model.ts';
import type { Service } from './service.ts';

/** Answers cases, and counts and captures what was answered. Each answer bears the request's id, with its place among several. */
export async function answerAll(
  served: ServedModel,
  cases: readonly CellRow[],
  call: Call,
  service: Service,
): Promise<readonly Answer[]> {
  const predictions = await predictInTurns(served, cases, call.signal);
  return predictions.map((prediction, i) =>
    record(served, cases[i] ?? [], prediction, `${call.id}-${i}`, call, service),
  );
}

/** The same of one case, which is no list: its id is that of the request. */
export function answerOne(
  served: ServedModel,
  cells: CellRow,
  call: Call,
  service: Service,
  atMost?: number,
): Answer {
  const [prediction] = predictCases(served.model, [cells], atMost);
  return record(served, cells, prediction as CasePrediction, call.id, call, service);
}

function record(
  served: ServedModel,
  cells: CellRow,
  prediction: CasePrediction,
  id: string,
  call: Call,
  { metrics, capture }: Service,
): Answer {
  const answer = writeAnswer(served, id, prediction);
  metrics.rows.inc({ model: served.hash });
  if (answer.prediction !== null) metrics.days.observe(answer.prediction * daysPerUnit(served));
  for (const { code, column } of answer.notes) {
    if (column !== undefined) metrics.notes.inc({ feature: column, code });
  }
  capture.take(served, cells, answer);
  call.tell({ model: served.hash.slice(0, 12) });
  return answer;
}

function daysPerUnit({ model }: ServedModel): number {
  const { unit } = model.summary.target;
  return isTimeUnit(unit) ? msPerUnit[unit] / MS_PER_DAY : 1;
}
