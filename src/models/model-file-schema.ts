import { timeUnits } from '#data/time-units.ts';
import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { calendarParts } from '#data/calendar-columns.ts';
import { elapsedUnits } from '#data/elapsed-columns.ts';
import { joinedFactorsSchema } from '#data/factors/parse-factors.ts';
import { holidayParts } from '#data/feature-plan.ts';
import { MAX_LEAD_DAYS } from '#data/history/resolve-horizon.ts';
import { historySchema } from '#data/history/parse-history.ts';
import { recipeActionSchema } from '#data/recipe/parse-recipe.ts';
import { columnRoles, directions } from '#data/roles.ts';
import { columnTypes } from '#data/table.ts';
import { modelNames } from './model-catalogue.ts';
import { planCorrections } from './plan.ts';
import { pastDurationsSchema } from './past-durations.ts';
import { goWithInputs, pastRowsSchema } from './past-rows.ts';
import { rowFingerprintsSchema } from './row-fingerprints.ts';
import { encoderSchema, MAX_FEATURES, MAX_MEMBERS } from './state-schema.ts';

export const MODEL_FILE_FORMAT = 'tranche-model';
/** Of the content. What each version changed: `model-file-upgrades.ts`. */
export const MODEL_FILE_VERSION = 4;

/** Whatever the version of the content. */
export const fileSchema = v.object({
  format: v.literal(MODEL_FILE_FORMAT),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  content: v.unknown(),
});

const numberSchema = v.pipe(v.number(), v.finite());

const dependentSchema = v.object({
  leader: v.string(),
  column: v.string(),
  cells: v.array(v.tuple([v.string(), v.union([v.string(), numberSchema])])),
});

const elapsedSchema = v.object({
  column: v.string(),
  date: v.string(),
  since: v.union([
    v.object({ column: v.string() }),
    v.object({ leader: v.string(), instants: v.array(v.tuple([v.string(), numberSchema])) }),
  ]),
  unit: v.picklist(elapsedUnits),
  decimals: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6)),
  isCut: v.boolean(),
});

const descriptionEntries = v.object({
  target: v.object({ name: v.string(), unit: v.picklist([...timeUnits, 'unknown']) }),
  roles: v.pipe(
    v.array(v.object({ column: v.string(), role: v.picklist(columnRoles) })),
    v.maxLength(MAX_FEATURES),
  ),
  cleaning: v.optional(v.array(v.object({ action: recipeActionSchema, reason: v.string() })), []),
  reading: v.exactOptional(
    v.object({
      columnTypes: v.exactOptional(v.array(v.object({ column: v.string(), type: v.picklist(columnTypes) }))),
      apart: v.exactOptional(v.array(v.string())),
      marks: v.exactOptional(
        v.object({
          dateOrder: v.exactOptional(v.picklist(['dmy', 'mdy', 'ymd'])),
          decimalMark: v.exactOptional(v.picklist(['.', ','])),
          thousandsMark: v.exactOptional(v.picklist(['', ' ', ',', '.'])),
        }),
      ),
    }),
  ),
  units: v.exactOptional(v.array(v.object({ column: v.string(), unit: v.string() }))),
  origins: v.array(
    v.object({
      feature: v.string(),
      column: v.string(),
      part: v.picklist([
        'value',
        'month',
        'weekday',
        'hour',
        'age',
        'days',
        'span-days',
        'span-hours',
        'span-minutes',
        'span-weeks',
        'span-months',
        ...holidayParts,
      ]),
      reference: v.exactOptional(v.string()),
      factor: v.exactOptional(numberSchema),
    }),
  ),
  history: v.nullable(historySchema),
  factors: v.exactOptional(joinedFactorsSchema),
  horizon: v.exactOptional(
    v.object({
      kind: v.literal('plan'),
      leadDays: v.pipe(numberSchema, v.minValue(0), v.maxValue(MAX_LEAD_DAYS)),
    }),
  ),
  knownAtStart: v.optional(v.array(v.string()), []),
  inputs: encoderSchema.entries.features,
  typical: v.pipe(v.array(v.nullable(v.union([v.string(), numberSchema]))), v.maxLength(MAX_FEATURES)),
  dependents: v.optional(v.pipe(v.array(dependentSchema), v.maxLength(MAX_FEATURES)), []),
  calendar: v.optional(
    v.array(
      v.object({
        date: v.string(),
        column: v.string(),
        part: v.picklist(calendarParts),
        shift: numberSchema,
      }),
    ),
    [],
  ),
  elapsed: v.exactOptional(v.array(elapsedSchema)),
  usual: v.exactOptional(v.array(dependentSchema)),
  nTrainingRows: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  learntRows: v.exactOptional(rowFingerprintsSchema),
  pastRows: v.exactOptional(pastRowsSchema),
  pastDurations: v.exactOptional(v.array(pastDurationsSchema)),
  calibration: v.optional(v.unknown(), null),
  // R² has no value where all durations are equal, and JSON has no NaN.
  scores: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      mae: numberSchema,
      rmse: numberSchema,
      r2: v.nullable(numberSchema),
    }),
  ),
});

const descriptionSchema = v.pipe(
  descriptionEntries,
  v.check(
    ({ pastRows, inputs }) => pastRows === undefined || goWithInputs(pastRows, inputs),
    'past rows must go with the inputs',
  ),
);

/** Values of a table of hyperparameters: `readHyperparameters` checks them one by one. */
const valuesSchema = v.record(v.string(), v.unknown());

const settingsOptions = [
  v.object({ family: v.literal('constant') }),
  v.object({ family: v.literal('median-per-class'), classFeature: v.nullable(v.string()) }),
  v.object({
    family: v.literal('ridge'),
    hyperparameters: valuesSchema,
    without: v.optional(v.array(v.string()), []),
  }),
  v.object({
    family: v.literal('gradient-boosting'),
    init: v.picklist(['mean', 'linear']),
    hyperparameters: valuesSchema,
  }),
  v.object({
    family: v.literal('plan'),
    planFeature: v.string(),
    correction: v.picklist(planCorrections),
    without: v.array(v.string()),
    boosting: v.nullable(valuesSchema),
  }),
  v.object({ family: v.literal('hazard'), hyperparameters: valuesSchema }),
  v.object({ family: v.literal('forest'), hyperparameters: valuesSchema }),
  v.object({
    family: v.literal('own-past'),
    unitFeature: v.nullable(v.string()),
    classFeature: v.nullable(v.string()),
  }),
  v.object({ family: v.literal('nearest-past') }),
  v.object({ family: v.literal('neural') }),
] as const;

const specEntries = {
  id: v.string(),
  name: v.picklist(modelNames),
  scale: v.picklist(['identity', 'log1p']),
  seed: v.pipe(v.number(), v.safeInteger()),
  expected: v.exactOptional(
    v.pipe(
      v.array(v.object({ feature: v.string(), direction: v.picklist(directions) })),
      v.maxLength(MAX_FEATURES),
    ),
  ),
};

/** A member of a blend is none itself. */
const memberSpecSchema = v.object({ ...specEntries, settings: v.variant('family', settingsOptions) });

const specSchema = v.object({
  ...specEntries,
  settings: v.variant('family', [
    ...settingsOptions,
    v.object({
      family: v.literal('blend'),
      members: v.pipe(
        v.array(v.object({ weight: numberSchema, spec: memberSpecSchema })),
        v.maxLength(MAX_MEMBERS),
      ),
    }),
  ]),
});
export type SpecJson = v.InferOutput<typeof specSchema>;

/** A few training rows and what the model says of them: re-run on opening. */
const referenceSchema = v.object({
  columns: v.array(v.array(v.nullable(v.union([v.string(), numberSchema])))),
  predictions: v.array(numberSchema),
});
const levelSchema = v.nullable(numberSchema);
/** A case and what is said of it: asked again on opening. A level is null where it is not claimed. */
const answerSchema = v.object({
  cells: v.array(v.nullable(v.union([v.string(), numberSchema]))),
  value: numberSchema,
  p10: levelSchema,
  p80: levelSchema,
});
export type ReferenceAnswer = v.InferOutput<typeof answerSchema>;
export type ReferenceJson = v.InferOutput<typeof referenceSchema>;

export const contentSchema = v.object({
  description: descriptionSchema,
  spec: specSchema,
  encoder: encoderSchema,
  /** By family: `readState`. */
  state: v.unknown(),
  reference: referenceSchema,
  answers: v.pipe(v.array(answerSchema), v.maxLength(16)),
});

/** Throws `model-file-invalid` with the path of the first thing amiss. */
export function parseWith<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const problem = `${v.getDotPath(issue) ?? 'file'}: ${issue.message}`;
  throw new AppError('model-file-invalid', `not a model file: ${problem}`, { problem });
}
