import type { JobContext } from '#base/job-context.ts';
import { selectRows } from '#data/table.ts';
import { computeDurationCurve, probabilityAtMost } from '#evaluation/intervals/duration-curve.ts';
import { forecastDurations, forecastRow } from '#evaluation/intervals/model-forecast.ts';
import { forecastForElapsed } from '#evaluation/intervals/remaining.ts';
import { predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { createClassFinder } from '#inference/case-table.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { predictRemaining } from '#inference/remaining.ts';
import { readPastCase } from '#inference/past-case.ts';
import { fitModel, type FittedModel } from '#models/regressor.ts';
import { listAsTrained } from '#training/as-trained.ts';
import { prepareTrainingSet, selectSamples, type TrainingSet } from '#training/training-set.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { openTrainingSource } from '../dataset/training-source.ts';
import type { UnseenAnswer, UnseenAnswerRequest } from './contract.ts';

/** A fit on more would take longer than an answer may. */
const MAX_OUTAGES = 20_000;
const N_CURVE_POINTS = 81;

interface Refit {
  readonly dataset: OpenDataset;
  readonly row: number;
  readonly set: TrainingSet;
  readonly position: number;
  readonly model: FittedModel;
}

/** The last one of each model: a question is asked again with another duration to meet. */
const refits = new WeakMap<ModelAtWork, Refit>();

/**
 * What the model says of an outage it has learnt when it is fitted without it: the intervals are made of just such
 * answers, so they hold. Null for an outage it has not learnt, without intervals, and among more than 20,000 outages.
 * One fit, then kept. Errors: those of `prepareTrainingSet`, `cancelled`.
 */
export async function answerUnseen(
  open: ModelAtWork,
  dataset: OpenDataset,
  request: UnseenAnswerRequest,
  context: JobContext,
): Promise<UnseenAnswer | null> {
  const intervals = open.calibration?.intervals ?? null;
  const refit = await refitUnseen(open, dataset, request, context);
  if (intervals === null || refit === null) return null;
  const { set, position, model } = refit;
  const { features } = set.outages;
  const forecast = forecastRow(model, intervals, features, position);
  const caseClass = createClassFinder(features, open.calibration)(position);
  const { cells } = readPastCase(open, dataset.cleaned, request.row, request.today);
  const [seen] = predictCases(open, [cells]);
  if (seen === undefined) return null;
  const { atMost, elapsed } = request;
  const told = open.calibration?.elapsed;
  const unseen =
    told && forecastForElapsed(told, forecastDurations(model, selectRows(features, [position])), 0);
  return {
    prediction: {
      ...seen,
      value: model.predict(selectRows(features, [position]))[0] as number,
      interval: predictInterval(intervals, forecast, caseClass),
      probability: atMost === undefined ? null : probabilityAtMost(intervals, forecast, atMost, caseClass),
      reach: { kind: 'within' },
      learnt: 'yes',
      isUnseen: true,
      ...(elapsed !== undefined && { remaining: predictRemaining(open, cells, elapsed, unseen) }),
    },
    curve: computeDurationCurve(intervals, forecast, caseClass, N_CURVE_POINTS),
  };
}

/** Null where the outage was not learnt, or there are too many for a fit while someone waits. */
async function refitUnseen(
  open: ModelAtWork,
  dataset: OpenDataset,
  request: UnseenAnswerRequest,
  context: JobContext,
): Promise<Refit | null> {
  const { row } = request;
  const known = refits.get(open);
  if (known?.dataset === dataset && known.row === row) return known;
  const { nTrainingRows } = open.description;
  const asTrained = listAsTrained(open.description);
  const set = prepareTrainingSet(openTrainingSource(dataset, request), request, asTrained);
  const { outages } = set;
  const position = outages.rows.indexOf(row);
  // Of a stopped training, or of other data, it is not known which ones were learnt.
  if (position < 0 || outages.rows.length !== nTrainingRows || nTrainingRows > MAX_OUTAGES) return null;
  const others = Int32Array.from(outages.rows.keys()).filter((other) => other !== position);
  const { features, target, underWay = null } = selectSamples(outages, others);
  const model = await fitModel(open.model.spec, features, target, { underWay }, context);
  const refit = { dataset, row, set, position, model };
  refits.set(open, refit);
  return refit;
}
