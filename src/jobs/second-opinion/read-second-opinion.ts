import * as v from 'valibot';
import { modelScoreSchema } from '#training/result-schema.ts';
import type { SecondOpinion } from './contract.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** NaN where there was nothing to measure. */
const measured = v.union([v.number(), v.nan()]);
const record = v.object({ coverage: measured, meanWidth: measured });
const spread = v.object({ p10: measured, p50: measured, p90: measured });
/** The first version's scores had neither where they were not known. */
const score = v.pipe(
  v.looseObject({}),
  v.transform((stored) => ({ id: stored['name'], details: null, toBest: null, ...stored })),
  modelScoreSchema,
);

const secondOpinionSchema = v.object({
  score,
  nTest: count,
  theirs: record,
  band: v.tuple([measured, measured]),
  disagreement: v.nullable(
    v.object({
      n: count,
      nDisputed: count,
      ours: record,
      errorDisputed: measured,
      errorAgreed: measured,
      furthest: v.array(v.object({ row: count, actual: measured, ours: spread, theirs: spread })),
    }),
  ),
  isStopped: v.boolean(),
}) satisfies v.GenericSchema<unknown, SecondOpinion>;

/** A second opinion that was kept, in fresh objects; null where there is none to be read: it can be asked for again. */
export function readSecondOpinion(value: unknown): SecondOpinion | null {
  const parsed = v.safeParse(secondOpinionSchema, value);
  return parsed.success ? parsed.output : null;
}
