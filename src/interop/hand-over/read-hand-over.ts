import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import type { PlannedFeature } from '#data/feature-plan.ts';
import { timeUnits } from '#data/time-units.ts';
import type { DurationUnit } from '#data/outages.ts';
import type { Encoder } from '#models/encoder.ts';
import { type FittedModel, predictState } from '#models/regressor.ts';
import { originsSchema } from '#models/model-file-schema.ts';
import { encoderSchema } from '#models/state-schema.ts';
import type { TargetScale } from '#models/target-scale.ts';
import { HAND_OVER_FORMAT, HAND_OVER_VERSION } from './write-hand-over.ts';

/** What a training elsewhere was given, and what it says it did. */
export interface HandOver {
  readonly target: { readonly name: string; readonly unit: DurationUnit };
  readonly scale: TargetScale;
  readonly nRows: number;
  readonly encoder: Encoder;
  readonly origins: readonly PlannedFeature[];
  /** Rows asked. Throws `import-altered` unless the model says of each, bit for bit, what was reported. */
  readonly checkParity: (model: FittedModel) => number;
}

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const number = v.pipe(v.number(), v.finite());
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u));

const specSchema = v.object({
  format: v.literal(HAND_OVER_FORMAT),
  version: v.literal(HAND_OVER_VERSION),
  target: v.object({ name: v.string(), unit: v.picklist([...timeUnits, 'unknown']) }),
  scale: v.picklist(['identity', 'log1p']),
  nRows: natural,
  features: v.array(v.object({ name: v.string(), kind: v.picklist(['q', 'c']), cardinality: natural })),
  encoder: encoderSchema,
  origins: originsSchema,
  parity: v.pipe(v.array(v.array(v.nullable(number))), v.minLength(1)),
});

const reportSchema = v.object({
  spec: hash,
  model: hash,
  predictions: v.array(number),
});

/** Throws `import-altered` for files that are none of a hand-over, or do not go together. */
export function readHandOver(spec: string, report: string, model: Uint8Array): HandOver {
  const { target, scale, nRows, features, encoder, origins, parity } = parse(specSchema, spec, 'spec.json');
  const told = parse(reportSchema, report, 'report.json');
  if (told.spec !== bytesToHex(sha256(utf8ToBytes(spec)))) refuse('it was trained on another spec.json');
  if (told.model !== bytesToHex(sha256(model))) refuse('model.json is not the one that was reported');
  const width = encoder.features.length;
  if (features.length !== width || origins.length !== width || parity.some((row) => row.length !== width)) {
    refuse('spec.json: lists of different lengths');
  }
  if (told.predictions.length !== parity.length)
    refuse(`${told.predictions.length} predictions of ${parity.length} parity rows`);
  return {
    target,
    scale,
    nRows,
    encoder,
    origins,
    checkParity: ({ state }) => {
      const columns = features.map((_, f) => Float64Array.from(parity, (row) => row[f] ?? NaN));
      const said = predictState(state, {
        nSamples: parity.length,
        columns,
        cardinalities: features.map(() => 0),
      });
      const wrong = told.predictions.findIndex((value, i) => value !== said[i]);
      if (wrong >= 0)
        refuse(
          `parity row ${wrong + 1}: ${told.predictions[wrong]} was reported, ${said[wrong]} is said here`,
        );
      return parity.length;
    },
  };
}

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  name: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, parseJson(text, name));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return refuse(`${name}: ${v.getDotPath(issue) ?? ''} ${issue.message}`);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(`${name} is no JSON`);
  }
}

function refuse(problem: string): never {
  throw new AppError('import-altered', `not the model of this hand-over: ${problem}`, { problem });
}
