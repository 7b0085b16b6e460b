import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import { parseDate } from '#data/dates.ts';
import type { FormFeature } from '#inference/contract.ts';
import { leverDirections, type LeverSpec } from '#planning/contract.ts';

const scalar = v.union([v.number(), v.string()]);
const leverSchema = v.strictObject({
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
const leverFileSchema = v.union([v.array(leverSchema), v.strictObject({ levers: v.array(leverSchema) })]);
const caseSchema = v.record(v.string(), v.nullable(scalar));

/** The levers of a file (README.md), dates as instants. Throws `lever-file-invalid`. */
export function readLeverFile(
  name: string,
  text: string,
  features: readonly FormFeature[],
): readonly LeverSpec[] {
  const parsed = parse(name, text, leverFileSchema);
  const levers = 'levers' in parsed ? parsed.levers : parsed;
  return levers.map(({ min, max, values, ...lever }): LeverSpec => {
    const feature = features.find((each) => each.name === lever.column);
    const bound = (field: string, value: number | string): number => {
      const read = readScalar(value, feature);
      if (typeof read === 'number') return read;
      throw invalid(name, `${lever.column}.${field} = ${JSON.stringify(value)}`);
    };
    return {
      ...lever,
      ...(min !== undefined && { min: bound('min', min) }),
      ...(max !== undefined && { max: bound('max', max) }),
      ...(values && { values: values.map((value) => readScalar(value, feature) ?? value) }),
    };
  });
}

/** A case of a file: `{"column": value}`; what is not named is not known. Throws `lever-file-invalid`, also for a name the model has not. */
export function readCaseFile(name: string, text: string, features: readonly FormFeature[]): CellRow {
  const parsed = new Map(Object.entries(parse(name, text, caseSchema)));
  const unknown = [...parsed.keys()].filter((column) => !features.some((feature) => feature.name === column));
  if (unknown.length > 0) throw invalid(name, `the model has no column ${unknown.join(', ')}`);
  return features.map((feature) => {
    const value = parsed.get(feature.name) ?? null;
    if (value === null) return null;
    const read = readScalar(value, feature);
    if (read === null) throw invalid(name, `${feature.name} = ${JSON.stringify(value)}`);
    return read;
  });
}

function parse<Schema extends v.GenericSchema>(
  name: string,
  text: string,
  schema: Schema,
): v.InferOutput<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw invalid(name, thrown instanceof Error ? thrown.message : String(thrown));
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw invalid(name, `${v.getDotPath(issue) ?? ''} ${issue.message}`.trim());
}

/** A number or a day as the column holds it, a label as text; null for what is none of these. */
function readScalar(value: number | string, feature: FormFeature | undefined): CellValue {
  if (feature?.type === 'category') return String(value);
  if (typeof value === 'number') return value;
  const read = feature?.type === 'date' ? parseDate(value, 'dmy') : Number(value);
  return value.trim() === '' || Number.isNaN(read) ? null : read;
}

function invalid(file: string, problem: string): AppError {
  return new AppError('lever-file-invalid', `${file}: ${problem}`, { file, problem });
}
