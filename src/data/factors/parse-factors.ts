import * as v from 'valibot';
import { factorParts } from './factor-plan.ts';
import type { JoinedFactors } from './usual-for-planning.ts';

const text = v.pipe(v.string(), v.maxLength(10_000));
const finite = v.pipe(v.number(), v.finite());
const days = v.pipe(finite, v.minValue(0), v.maxValue(3660));
const maxValues = 1_000;
const maxLabels = 10_000;
const maxMonths = 12 * 1_000;

/** Of a plan inside a recipe or a model file; strict, so that nothing unknown is let through. */
export const factorPlanEntries = {
  file: text,
  start: text,
  date: text,
  key: v.nullable(v.strictObject({ outages: text, factors: text })),
  maxAgeDays: days,
  values: v.pipe(
    v.array(v.strictObject({ column: text, factor: text, part: v.picklist(factorParts), days })),
    v.maxLength(maxValues),
  ),
};

/** A join as it stands in a model file. */
export const joinedFactorsSchema = v.pipe(
  v.strictObject({
    plan: v.strictObject(factorPlanEntries),
    climatology: v.strictObject({
      labels: v.pipe(v.array(text), v.maxLength(maxLabels)),
      firstYear: v.pipe(finite, v.integer()),
      means: v.pipe(
        v.array(
          v.pipe(
            v.array(v.pipe(v.array(v.nullable(finite)), v.maxLength(maxMonths))),
            v.maxLength(maxLabels),
          ),
        ),
        v.maxLength(maxValues),
      ),
      until: v.nullable(finite),
    }),
  }),
  v.check(
    ({ plan, climatology: { labels, means } }) =>
      means.length === plan.values.length &&
      means.every((ofLabels) => ofLabels.length === 0 || ofLabels.length === labels.length),
    'what is usual must go with the values and the labels',
  ),
) satisfies v.GenericSchema<unknown, JoinedFactors>;
