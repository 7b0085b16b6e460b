import * as v from 'valibot';
import { type IntervalCalibration, MAX_CLASSES } from './calibration.ts';
import { classAnswers } from './class-answers.ts';
import { MAX_RARE } from './rare-categories.ts';
import type { ElapsedCalibration } from './remaining.ts';

const MAX_VALUES = 10_000;
const finite = v.pipe(v.number(), v.finite());
const ascending = v.pipe(
  v.array(finite),
  v.maxLength(MAX_VALUES),
  v.check((values) => values.every((value, i) => i === 0 || values[i - 1] <= value), 'must ascend'),
);
const orderStatistics = v.pipe(
  v.object({ n: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), values: ascending }),
  v.check(
    ({ n, values }) => values.length <= n && (n === 0 || values.length > 0),
    'more values than outages',
  ),
);
const spread = v.pipe(
  v.object({ knots: ascending, spreads: v.array(v.pipe(finite, v.gtValue(0))) }),
  v.check(({ knots, spreads }) => knots.length === spreads.length, 'one spread per knot'),
);
const scale = v.picklist(['identity', 'log1p']);

/** The shape of a calibration inside a model file, for the schema of that part. */
export const intervalCalibrationSchema = v.object({
  score: v.variant('kind', [
    v.object({ kind: v.literal('residual'), scale, spread }),
    v.object({
      kind: v.literal('quantiles'),
      scale,
      shares: v.pipe(ascending, v.minLength(1)),
      width: v.exactOptional(v.pipe(finite, v.gtValue(0))),
    }),
  ]),
  overall: orderStatistics,
  alike: v.nullable(orderStatistics),
  classes: v.pipe(
    v.array(v.object({ label: v.string(), scores: orderStatistics, answer: v.picklist(classAnswers) })),
    v.maxLength(MAX_CLASSES),
  ),
  rare: v.optional(
    v.pipe(
      v.array(v.object({ column: v.string(), label: v.string(), scores: orderStatistics })),
      v.maxLength(MAX_RARE),
    ),
    [],
  ),
  leastDuration: v.nullable(v.literal(0)),
  rule: v.exactOptional(v.literal('whole-ranks')),
}) satisfies v.GenericSchema<unknown, IntervalCalibration>;

/** The same of what tells how much longer. */
export const elapsedCalibrationSchema = v.pipe(
  v.object({
    shares: v.pipe(ascending, v.minLength(2)),
    spread: v.exactOptional(v.object({ scale, offsets: ascending })),
    durations: v.pipe(v.array(finite), v.maxLength(MAX_VALUES)),
    nUnderWay: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    forecasts: v.array(ascending),
  }),
  v.check(({ shares, spread, durations, nUnderWay, forecasts }) => {
    const width = spread ? 1 : shares.length;
    const isWhole = forecasts.length === durations.length && nUnderWay <= durations.length;
    const isEven = forecasts.every((each) => each.length === width);
    return isWhole && isEven && (!spread || spread.offsets.length === shares.length);
  }, 'a forecast for each outage'),
  v.check(({ shares }) => shares.every((share) => share > 0 && share < 1), 'shares lie between 0 and 1'),
) satisfies v.GenericSchema<unknown, ElapsedCalibration>;
