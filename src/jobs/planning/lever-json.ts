import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import type { CellValue } from '#data/cell.ts';
import { parseDate } from '#data/dates.ts';
import type { FormFeature } from '#inference/contract.ts';
import { leverDirections, type LeverSpec } from '#planning/contract.ts';

const scalar = v.union([v.number(), v.string()]);
/** A lever as files and requests write it: dates are texts. */
export const leverSchema = v.strictObject({
  column: v.string(),
  min: v.exactOptional(scalar),
  max: v.exactOptional(scalar),
  step: v.exactOptional(v.number()),
  values: v.exactOptional(v.array(scalar)),
  cost: v.exactOptional(v.number()),
  costPerTime: v.exactOptional(v.number()),
  switchCost: v.exactOptional(v.number()),
  frozen: v.exactOptional(v.boolean()),
  expected: v.exactOptional(v.picklist(leverDirections)),
});
export type LeverJson = v.InferOutput<typeof leverSchema>;

/** Levers, dates as instants. `file` says where they stand. Throws `lever-file-invalid`. */
export function readLevers(
  file: string,
  levers: readonly LeverJson[],
  features: readonly FormFeature[],
): readonly LeverSpec[] {
  return levers.map(({ min, max, values, ...lever }): LeverSpec => {
    const feature = features.find((each) => each.name === lever.column);
    const bound = (field: string, value: number | string): number => {
      const read = readScalar(value, feature);
      if (typeof read === 'number') return read;
      throw refuseLever(file, `${lever.column}.${field} = ${JSON.stringify(value)}`);
    };
    return {
      ...lever,
      ...(min !== undefined && { min: bound('min', min) }),
      ...(max !== undefined && { max: bound('max', max) }),
      ...(values && { values: values.map((value) => readScalar(value, feature) ?? value) }),
    };
  });
}

/** A number or a day as the column holds it, a label as text; null for what is none of these. */
export function readScalar(value: number | string, feature: FormFeature | undefined): CellValue {
  if (feature?.type === 'category') return String(value);
  if (typeof value === 'number') return value;
  const read = feature?.type === 'date' ? parseDate(value, 'dmy') : Number(value);
  return value.trim() === '' || Number.isNaN(read) ? null : read;
}

export function refuseLever(file: string, problem: string): AppError {
  return new AppError('lever-file-invalid', `${file}: ${problem}`, { file, problem });
}
