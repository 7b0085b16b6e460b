import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import type { IntervalCalibration } from '#evaluation/intervals/calibration.ts';
import type { ElapsedCalibration } from '#evaluation/intervals/remaining.ts';
import {
  elapsedCalibrationSchema,
  intervalCalibrationSchema,
} from '#evaluation/intervals/parse-calibration.ts';
import type { DomainCalibration } from '#explain/domain-distance.ts';
import type { ShapBackground } from '#explain/model-shap.ts';

/** What a model file carries beside the model, so that its intervals and explanations are the same wherever it is opened. */
export interface ModelCalibration {
  /** The input whose labels have intervals of their own; null where there is none. */
  readonly classColumn: string | null;
  /** Null where training was stopped before they could be calibrated. */
  readonly intervals: IntervalCalibration | null;
  /** How much longer an outage under way takes is told by these; absent in older files and without intervals. */
  readonly elapsed?: ElapsedCalibration;
  readonly background: ShapBackground;
  /** What is usual, for the warning on cases far from it; absent where training was stopped before it was measured. */
  readonly domain?: DomainCalibration;
}

const numbers = v.array(v.pipe(v.number(), v.finite()));
const part = v.object({ meanContributions: numbers });
const member = v.object({ meanContributions: numbers, members: v.exactOptional(v.array(part)) });
const domainSchema = v.object({
  distance: numbers,
  validation: v.object({
    n: v.pipe(v.number(), v.integer(), v.minValue(0)),
    rankCorrelation: v.nullable(v.pipe(v.number(), v.finite())),
    chanceBound: v.pipe(v.number(), v.finite()),
    farthestTenthRatio: v.nullable(v.pipe(v.number(), v.finite())),
    ranksErrors: v.boolean(),
  }),
});
const calibrationSchema = v.object({
  classColumn: v.nullable(v.string()),
  intervals: v.nullable(intervalCalibrationSchema),
  elapsed: v.exactOptional(elapsedCalibrationSchema),
  background: v.object({ meanContributions: numbers, members: v.exactOptional(v.array(member)) }),
  domain: v.exactOptional(domainSchema),
}) satisfies v.GenericSchema<unknown, ModelCalibration>;

/** The part read from a file, in fresh objects; null where the file has none. Throws `model-file-invalid`. */
export function readModelCalibration(part: unknown): ModelCalibration | null {
  if (part === null) return null;
  const parsed = v.safeParse(calibrationSchema, part);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const problem = `calibration.${v.getDotPath(issue) ?? ''}: ${issue.message}`;
  throw new AppError('model-file-invalid', `not a sound model: ${problem}`, { problem });
}
