import * as v from 'valibot';
import { pairedTests } from '#evaluation/paired-mean.ts';
import type { LogEntry, VersionAction } from './contract.ts';
import { gateBases, type GateReport, gateVerdicts } from './gate/contract.ts';

const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u));
const number = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(2000));

const errorsSchema = v.strictObject({
  mae: number,
  mse: number,
  bias: number,
  pinball: v.nullable(number),
});

const guardrailSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('coverage'),
    level: v.picklist(['P80', 'P10–P90']),
    held: count,
    n: count,
    oldShare: v.nullable(number),
    low: number,
    high: number,
    holds: v.boolean(),
  }),
  v.strictObject({
    kind: v.literal('class'),
    label: text,
    n: count,
    difference: number,
    p: number,
    holds: v.boolean(),
  }),
  v.strictObject({
    kind: v.literal('bias'),
    old: number,
    new: number,
    tolerance: number,
    holds: v.boolean(),
  }),
]);

const reportSchema = v.strictObject({
  verdict: v.picklist(gateVerdicts),
  deploy: v.boolean(),
  n: count,
  unit: text,
  old: v.nullable(errorsSchema),
  new: v.nullable(errorsSchema),
  difference: v.nullable(v.strictObject({ value: number, low: number, high: number })),
  test: v.nullable(v.picklist(pairedTests)),
  nUnits: v.nullable(count),
  tolerance: v.nullable(number),
  needed: v.nullable(count),
  guardrails: v.pipe(v.array(guardrailSchema), v.maxLength(1000)),
  rows: v.strictObject({
    read: count,
    finished: count,
    underWay: count,
    repeated: v.exactOptional(count),
    learntByOld: count,
    learntByNew: count,
    unanswered: count,
  }),
  seed: v.pipe(v.number(), v.safeInteger()),
  basis: v.exactOptional(v.picklist(gateBases)),
}) satisfies v.GenericSchema<unknown, GateReport>;

const factsSchema = v.strictObject({
  model: sha256Schema,
  name: text,
  target: v.strictObject({ name: text, unit: text }),
  nTrainingRows: count,
  data: v.nullable(sha256Schema),
  nBytes: count,
  seed: v.pipe(v.number(), v.safeInteger()),
  app: v.nullable(text),
  settings: v.unknown(),
  figures: v.nullable(v.strictObject({ n: count, mae: number, rmse: number })),
});

export const actionSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('submit'), version: sha256Schema, facts: factsSchema }),
  v.strictObject({
    kind: v.literal('judge'),
    version: sha256Schema,
    against: sha256Schema,
    report: reportSchema,
  }),
  v.strictObject({
    kind: v.literal('promote'),
    version: sha256Schema,
    gate: v.nullable(sha256Schema),
    isForced: v.boolean(),
  }),
  v.strictObject({ kind: v.literal('refuse'), version: sha256Schema, gate: v.nullable(sha256Schema) }),
  v.strictObject({ kind: v.literal('roll-back'), version: sha256Schema }),
  v.strictObject({ kind: v.literal('discard'), version: sha256Schema }),
]) satisfies v.GenericSchema<unknown, VersionAction>;

/** Parsing gives the keys in one order, whoever wrote them: the hash is of that text. */
export const entrySchema = v.strictObject({
  n: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  at: v.pipe(v.number(), v.safeInteger()),
  by: v.pipe(v.string(), v.maxLength(200)),
  reason: text,
  action: actionSchema,
  previous: v.nullable(sha256Schema),
  hash: sha256Schema,
}) satisfies v.GenericSchema<unknown, LogEntry>;
