import { msPerUnit, type TimeUnit } from '#data/time-units.ts';
import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { selectRows, type Table } from '#data/table.ts';
import { forecastRow } from '#evaluation/intervals/model-forecast.ts';
import { type PredictionInterval, predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { createClassFinder } from '#inference/case-table.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import type { ModelSpec } from '#models/model-spec.ts';
import { fitModel, MINIMUM_ROWS } from '#models/regressor.ts';
import { calibrateSpec } from './calibration.ts';

/** Outages with their dates: what was known when follows from them. */
export interface DatedOutages {
  /** Features that were known at each outage's start; those from the past must look at the past only. */
  readonly features: Table;
  readonly target: Float64Array;
  /** Milliseconds; NaN = unknown, never used. */
  readonly start: Float64Array;
  readonly unit: TimeUnit;
  /** The class of each outage for its interval; null = unknown. */
  readonly classes?: readonly (string | null)[];
}

/** What would have been announced on the day an outage began. */
export interface Replay {
  readonly row: number;
  /** Outages that were over by then: all that the model knew. */
  readonly nKnown: number;
  readonly predicted: number;
  readonly interval: PredictionInterval;
  readonly actual: number;
}

/** Fits that calibrate the intervals, beside the one that predicts. */
export const REPLAY_FOLDS = 5;

/** Rows of the outages that were over when `row` began, ascending. O(n). */
export function findKnownRows({ start, target, unit }: DatedOutages, row: number): Int32Array {
  const now = start[row] as number;
  return Int32Array.from(start, (_, other) => other).filter((other) => {
    return (start[other] as number) + (target[other] as number) * msPerUnit[unit] <= now && other !== row;
  });
}

/**
 * Replays one past outage: fits and calibrates the model on nothing but the outages that were over when
 * it began, and predicts it. The outage's own duration and all that came later have no say (a test
 * changes them and sees no change). Six fits: one, then five that calibrate; `stage` gives the context of each.
 *
 * Throws `too-few-rows` where fewer than 5 were known, `invalid-setting` for an outage without a start.
 */
export async function replayOutage(
  spec: ModelSpec,
  outages: DatedOutages,
  row: number,
  stage: (name: 'fitting' | 'calibrating') => JobContext,
): Promise<Replay> {
  if (Number.isNaN(outages.start[row])) {
    throw new AppError('invalid-setting', `outage ${row} has no start date`, { name: 'row', value: row });
  }
  const known = findKnownRows(outages, row);
  if (known.length < MINIMUM_ROWS) {
    throw new AppError('too-few-rows', `${known.length} outages were over by then`, {
      nRows: known.length,
      minimum: MINIMUM_ROWS,
    });
  }
  const features = selectRows(outages.features, known);
  const target = Float64Array.from(known, (other) => outages.target[other] as number);
  const classes = outages.classes && Array.from(known, (other) => outages.classes?.[other] ?? null);
  const folds = splitRandomFolds(known.length, Math.min(REPLAY_FOLDS, known.length), spec.seed);
  const model = await fitModel(spec, features, target, {}, stage('fitting'));
  const { calibration } = await calibrateSpec(
    spec,
    { features, target, folds },
    classes ?? null,
    stage('calibrating'),
  );
  const findClass = createClassFinder(outages.features, { classColumn: null, intervals: calibration });
  const forecast = forecastRow(model, calibration, outages.features, row);
  return {
    row,
    nKnown: known.length,
    predicted: model.predict(selectRows(outages.features, [row]))[0] as number,
    interval: predictInterval(calibration, forecast, findClass(row) ?? outages.classes?.[row]),
    actual: outages.target[row] as number,
  };
}
