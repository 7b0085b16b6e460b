import * as v from 'valibot';

/** Most rows of a JSON request; CSV has no other limit than its bytes. */
export const MAX_ROWS = 10_000;

const cell = v.nullable(v.union([v.number(), v.string(), v.boolean()]));
const row = v.array(cell);
const namedRow = v.record(v.string(), cell);
/** One case: cells in the model's order, or by the names of its columns. */
export const caseSchema = v.union([row, namedRow]);
const rows = <Schema extends v.GenericSchema>(schema: Schema) => v.pipe(v.array(schema), v.minLength(1));

/** One of many: also under `features`. */
export const rowSchema = v.union([v.strictObject({ features: caseSchema }), row, namedRow]);

/** `/predict`, as the brief has it. */
export const predictBody = v.strictObject({
  features: caseSchema,
  /** A duration to meet, in the target's unit: the answer then says how likely that is. */
  atMost: v.exactOptional(v.number()),
});

const noteCodes = [
  // of a cell
  'missing',
  'unknown-category',
  'below-training-range',
  'above-training-range',
  // of the answer
  'wide',
  'outside',
  'beyond',
  'refused',
  'no-intervals',
  'learnt',
] as const;

export const answerSchema = v.object({
  id: v.string(),
  /** In `unit`; null where too few past outages carry any level, or none is like it. */
  prediction: v.nullable(v.number()),
  unit: v.string(),
  p10: v.nullable(v.number()),
  p50: v.nullable(v.number()),
  p80: v.nullable(v.number()),
  p90: v.nullable(v.number()),
  probability: v.exactOptional(v.number()),
  notes: v.pipe(
    v.array(v.object({ code: v.picklist(noteCodes), column: v.exactOptional(v.string()) })),
    v.readonly(),
  ),
  /** SHA-256 of the model that answered. */
  model: v.string(),
});
export type Answer = v.InferOutput<typeof answerSchema>;

export const answersSchema = v.object({ predictions: v.array(answerSchema) });

/** `/invocations` in JSON: rows as SageMaker's, TensorFlow's and MLflow's clients send them. */
export const invocationBody = v.union([
  v.strictObject({ features: caseSchema }),
  v.strictObject({ instances: rows(rowSchema) }),
  v.strictObject({ dataframe_records: rows(namedRow) }),
  v.strictObject({
    dataframe_split: v.strictObject({
      columns: v.array(v.string()),
      data: rows(row),
      index: v.exactOptional(v.array(v.union([v.number(), v.string()]))),
    }),
  }),
  v.strictObject({ inputs: v.union([rows(caseSchema), v.record(v.string(), v.array(cell))]) }),
]);
export type InvocationBody = v.InferOutput<typeof invocationBody>;

export const executionParametersSchema = v.object({
  MaxConcurrentTransforms: v.number(),
  BatchStrategy: v.picklist(['SINGLE_RECORD', 'MULTI_RECORD']),
  MaxPayloadInMB: v.number(),
});

export const loadModelBody = v.strictObject({
  model_name: v.pipe(v.string(), v.regex(/^[\w.-]{1,255}$/)),
  url: v.string(),
});
export const loadedModelSchema = v.object({ modelName: v.string(), modelUrl: v.string() });
export const loadedModelsSchema = v.object({
  models: v.array(loadedModelSchema),
  nextPageToken: v.exactOptional(v.string()),
});

const datatypes = [
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP16',
  'FP32',
  'FP64',
  'BYTES',
] as const;
const parameters = v.exactOptional(v.record(v.string(), v.unknown()));

/** `/v2/models/NAME/infer` of the Open Inference Protocol: one tensor an input of the model. */
export const inferBody = v.object({
  id: v.exactOptional(v.string()),
  parameters,
  inputs: rows(
    v.object({
      name: v.string(),
      shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
      datatype: v.picklist(datatypes),
      parameters,
      data: v.array(v.unknown()),
    }),
  ),
  outputs: v.exactOptional(v.array(v.object({ name: v.string(), parameters }))),
});
export type InferBody = v.InferOutput<typeof inferBody>;

export const inferAnswerSchema = v.object({
  model_name: v.string(),
  model_version: v.string(),
  id: v.string(),
  outputs: v.array(
    v.object({
      name: v.string(),
      shape: v.array(v.number()),
      datatype: v.picklist(['FP64', 'BYTES']),
      data: v.array(v.nullable(v.union([v.number(), v.string()]))),
    }),
  ),
});

const tensorSchema = v.object({ name: v.string(), datatype: v.string(), shape: v.array(v.number()) });
export const serverMetadataSchema = v.object({
  name: v.string(),
  version: v.string(),
  extensions: v.array(v.string()),
});
export const modelMetadataSchema = v.object({
  name: v.string(),
  versions: v.array(v.string()),
  platform: v.string(),
  inputs: v.array(tensorSchema),
  outputs: v.array(tensorSchema),
});

export const explainBody = v.strictObject({ features: caseSchema });
export const explanationSchema = v.object({
  id: v.string(),
  unit: v.string(),
  /** Null where cells are open that the model looks at, or its file does not keep what it takes. */
  contributions: v.nullable(
    v.object({
      base: v.number(),
      steps: v.pipe(v.array(v.object({ column: v.string(), contribution: v.number() })), v.readonly()),
      rest: v.nullable(v.object({ nColumns: v.number(), contribution: v.number() })),
      prediction: v.number(),
    }),
  ),
  /** P(duration ≤ x) along x; null where it is refused. */
  curve: v.nullable(
    v.pipe(v.array(v.object({ duration: v.number(), probability: v.number() })), v.readonly()),
  ),
  isEstimated: v.boolean(),
  model: v.string(),
});

export const errorSchema = v.object({ error: v.string(), code: v.string(), id: v.string() });
