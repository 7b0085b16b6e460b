import * as v from 'valibot';
import type { Climatology } from './climatology.ts';
import { factorParts, type FactorPlan } from './factor-plan.ts';

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

export const factorPlanSchema = v.strictObject(factorPlanEntries) satisfies v.GenericSchema<
  unknown,
  FactorPlan
>;

export const climatologySchema = v.strictObject({
  labels: v.pipe(v.array(text), v.maxLength(maxLabels)),
  firstYear: v.pipe(finite, v.integer()),
  means: v.pipe(
    v.array(
      v.pipe(v.array(v.pipe(v.array(v.nullable(finite)), v.maxLength(maxMonths))), v.maxLength(maxLabels)),
    ),
    v.maxLength(maxValues),
  ),
  until: v.nullable(finite),
}) satisfies v.GenericSchema<unknown, Climatology>;
