import * as v from 'valibot';
import type { CellRow } from '#data/cell.ts';
import type { FormFeature } from '#inference/contract.ts';
import { leverSchema, readLevers, readScalar, refuseLever } from '#jobs/planning/lever-json.ts';
import type { LeverSpec } from '#planning/contract.ts';

const leverFileSchema = v.union([v.array(leverSchema), v.strictObject({ levers: v.array(leverSchema) })]);
const caseSchema = v.record(v.string(), v.nullable(v.union([v.number(), v.string()])));

/** The levers of a file (README.md), dates as instants. Throws `lever-file-invalid`. */
export function readLeverFile(
  name: string,
  text: string,
  features: readonly FormFeature[],
): readonly LeverSpec[] {
  const parsed = parse(name, text, leverFileSchema);
  return readLevers(name, 'levers' in parsed ? parsed.levers : parsed, features);
}

/** A case of a file: `{"column": value}`; what is not named is not known. Throws `lever-file-invalid`, also for a name the model has not. */
export function readCaseFile(name: string, text: string, features: readonly FormFeature[]): CellRow {
  const parsed = new Map(Object.entries(parse(name, text, caseSchema)));
  const unknown = [...parsed.keys()].filter((column) => !features.some((feature) => feature.name === column));
  if (unknown.length > 0) throw refuseLever(name, `the model has no column ${unknown.join(', ')}`);
  return features.map((feature) => {
    const value = parsed.get(feature.name) ?? null;
    if (value === null) return null;
    const read = readScalar(value, feature);
    if (read === null) throw refuseLever(name, `${feature.name} = ${JSON.stringify(value)}`);
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
    throw refuseLever(name, thrown instanceof Error ? thrown.message : String(thrown));
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw refuseLever(name, `${v.getDotPath(issue) ?? ''} ${issue.message}`.trim());
}
