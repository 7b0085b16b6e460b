import type { JobContext } from '#base/job-context.ts';
import type { Instant } from '#base/instant.ts';
import { readCell } from '#data/cell.ts';
import { requireColumns } from '#data/require-columns.ts';
import type { Table } from '#data/table.ts';
import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import {
  answerKinds,
  findAnswerKind,
  isClaimed,
  isRefused,
  type PredictionInterval,
  predictInterval,
} from '#evaluation/intervals/prediction-interval.ts';
import { createClassFinder } from '#inference/case-table.ts';
import type { CasePrediction, LearntState } from '#inference/contract.ts';
import { findHeadline } from '#inference/headline.ts';
import { completeInputs } from '#inference/input-rows.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { judgeReach, reachInterval } from '#inference/reach.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { forEachSlice } from '../dataset/row-slices.ts';
import type { RefitRequest } from '../refits/find-refit.ts';
import { type AnsweredGap, answerGaps } from './answer-gaps.ts';
import { markLearntRows } from './learnt-rows.ts';

export interface TableQuestion {
  /** The present: an outage that ends later is not over. */
  readonly today: Instant;
  /** The model was trained on these very data. */
  readonly isTrainingData: boolean;
  /** To fit anew where cells are empty; null: nothing is fitted. */
  readonly refit: RefitRequest | null;
}

/** What a model says of each row of a table. */
export interface TableAnswers {
  /** The table as the model was asked of it. */
  readonly asked: Table;
  readonly answers: readonly Answers[];
  /** Null for a model without intervals. */
  readonly basis: RowBasis | null;
  /** Of each row; null without intervals. */
  readonly intervals: readonly (PredictionInterval | null)[];
  /** The rows with empty cells. */
  readonly gaps: readonly AnsweredGap[];
  /** Whether the model has learnt each row. */
  readonly learnt: readonly LearntState[];
}

/** Answers each row of the cleaned table, those with empty cells as a form would. Throws `model-columns-missing`. */
export async function answerTable(
  model: ModelAtWork,
  dataset: OpenDataset,
  { today, isTrainingData, refit }: TableQuestion,
  context: JobContext,
): Promise<TableAnswers> {
  const asked = completeInputs(model.description, dataset.cleaned.table);
  const intervals = Array.from({ length: asked.nRows }, (): PredictionInterval | null => null);
  const { answers, basis } = await answerRows(model, asked, context, intervals);
  const gaps = await answerGaps(model, dataset, asked, refit, context);
  for (const { row, prediction } of gaps) {
    putAnswer(answers, basis, row, prediction);
    intervals[row] = prediction.interval;
  }
  const learnt = markLearntRows(model, asked, today, isTrainingData);
  return { asked, answers, basis, intervals, gaps, learnt };
}

/** One row's answer in place of the model's plain one. */
function putAnswer(
  answers: readonly Answers[],
  basis: RowBasis | null,
  row: number,
  prediction: CasePrediction,
): void {
  const { value, interval } = prediction;
  if (basis && interval) putBasis(basis, row, interval);
  const isRefusal = findHeadline(prediction).kind === 'refused';
  const { p10, p50, p80, p90 } = interval ?? {};
  const bounds = { P10: p10, P50: p50, P80: p80, P90: p90 };
  for (const { level, values } of answers) {
    const bound = level === null ? null : bounds[level];
    values[row] = level === null ? (isRefusal ? NaN : value) : bound && isClaimed(bound) ? bound.value : NaN;
  }
}

const levels = ['P10', 'P50', 'P80', 'P90'] as const;

export interface Answers {
  /** Null for the model's own estimate, which is NaN where nothing is to be announced. */
  readonly level: (typeof levels)[number] | null;
  /** NaN where too few past outages can carry the level. */
  readonly values: Float64Array;
}

/** What each row is answered by, and how many past outages that are. */
export interface RowBasis {
  /** Positions in `answerKinds`; −1 where a row has no levels. */
  readonly kinds: Int32Array;
  readonly n: Float64Array;
}

function putBasis({ kinds, n }: RowBasis, row: number, interval: PredictionInterval): void {
  kinds[row] = answerKinds.indexOf(findAnswerKind(interval));
  n[row] = interval.p80.n;
}

async function answerRows(
  open: ModelAtWork,
  table: Table,
  context: JobContext,
  intervals: (PredictionInterval | null)[],
): Promise<{ readonly answers: readonly Answers[]; readonly basis: RowBasis | null }> {
  const { nRows } = table;
  const features = buildModelFeatures(open, table);
  const inputs = requireColumns(
    table,
    open.description.inputs.map(({ name }) => ({ name })),
  );
  const predicted = new Float64Array(nRows);
  const basis: RowBasis = { kinds: new Int32Array(nRows).fill(-1), n: new Float64Array(nRows).fill(NaN) };
  const bounds = levels.map((level) => ({ level, values: new Float64Array(nRows) }));
  const calibration = open.calibration?.intervals ?? null;
  const findClass = createClassFinder(table, open.calibration);
  await forEachSlice(features, 'predicting', context, (slice, from) => {
    const forecasts = forecastDurations(open.model, slice);
    predicted.set(forecasts.predicted, from);
    if (calibration === null) return;
    for (let i = 0; i < slice.nRows; i++) {
      const forecast = forecastOf(calibration, { ...forecasts, actual: forecasts.predicted }, i);
      const cells = inputs.map((column) => readCell(column, from + i));
      const interval = predictInterval(calibration, forecast, findClass(from + i));
      const claimed = reachInterval(interval, judgeReach(open, cells));
      intervals[from + i] = claimed;
      putBasis(basis, from + i, claimed);
      if (isRefused(claimed)) predicted[from + i] = NaN;
      const { p10, p50, p80, p90 } = claimed;
      [p10, p50, p80, p90].forEach((bound, level) => {
        const column = bounds[level] as Answers;
        column.values[from + i] = isClaimed(bound) ? bound.value : NaN;
      });
    }
  });
  const estimate = { level: null, values: predicted };
  if (calibration === null) return { answers: [estimate], basis: null };
  return { answers: [estimate, ...bounds], basis };
}
