import { timeUnits } from '#data/time-units.ts';
import { applyUpgrades } from '#base/upgrades.ts';
import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { recipeActionSchema } from '#data/recipe/parse-recipe.ts';
import { columnRoles, directions, knownWhens } from '#data/roles.ts';
import { modelNames } from '#models/model-catalogue.ts';
import {
  horizonReasons,
  splitReasons,
  TRAINING_RESULT_VERSION,
  trainingWarnings,
  type TrainingResult,
  type TrainingSettings,
} from './contract.ts';
import { type JsonObject, resultUpgrades } from './result-upgrades.ts';

/** A count or a position. */
const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A measured number. NaN has no JSON: where a result went through JSON, it stands there as null. */
const measured = v.pipe(
  v.custom<number | null>((value) => value === null || typeof value === 'number'),
  v.transform((value) => value ?? NaN),
);
/** Many of them: checked in one loop, where a schema an item takes long. */
const manyMeasured = v.pipe(
  v.custom<(number | null)[]>(
    (value) => Array.isArray(value) && value.every((item) => item === null || typeof item === 'number'),
  ),
  v.transform((values) => values.map((item) => item ?? NaN)),
);
const manyIntegers = v.custom<number[]>(
  (value) => Array.isArray(value) && value.every((item) => Number.isSafeInteger(item)),
);
const modelName = v.picklist(modelNames);
const targetScale = v.picklist(['identity', 'log1p']);

const hyperparametersSchema = v.object({
  loss: v.picklist(['squaredError', 'absoluteError']),
  nIterations: measured,
  learningRate: measured,
  maxLeafNodes: v.nullable(v.number()),
  maxDepth: v.nullable(v.number()),
  minSamplesLeaf: measured,
  l2Regularization: measured,
  maxBins: measured,
  subsample: measured,
  columnSubsample: measured,
  nIterNoChange: measured,
  validationFraction: measured,
});

const forestSchema = v.object({
  nTrees: v.nullable(v.number()),
  subsample: measured,
  columnSubsample: measured,
  minSamplesLeaf: measured,
  maxBins: measured,
});

const horizonSchema = v.variant('kind', [
  v.object({ kind: v.literal('start') }),
  v.object({ kind: v.literal('plan'), leadDays: v.number() }),
]);
const askedHorizonSchema = v.variant('kind', [
  v.object({ kind: v.literal('start') }),
  v.object({ kind: v.literal('plan'), leadDays: v.nullable(v.number()) }),
]);

const splitSchema = v.variant('kind', [
  v.object({ kind: v.picklist(['random', 'stratified', 'time']), testShare: measured }),
  v.object({ kind: v.literal('group'), testShare: measured, column: v.string() }),
  v.object({ kind: v.literal('rows'), trainRows: manyIntegers, testRows: manyIntegers }),
]);

const commonSettings = {
  seed: v.pipe(v.number(), v.safeInteger()),
  folds: natural,
  repeats: natural,
  scale: v.picklist(['identity', 'log1p', 'auto']),
  init: v.picklist(['mean', 'linear', 'auto']),
  preset: v.picklist(['default', 'reference', 'custom']),
  usesPast: v.optional(v.boolean(), true),
  usesHolidays: v.exactOptional(v.boolean()),
  isExportable: v.exactOptional(v.boolean()),
  hyperparameters: hyperparametersSchema,
  forest: v.exactOptional(forestSchema),
};

/** Of a training that was done: nothing is left open but, perhaps, the lead. */
const resolvedSettingsSchema = v.object({
  ...commonSettings,
  split: splitSchema,
  horizon: v.optional(askedHorizonSchema, { kind: 'start' }),
});

/** As a person left them, for the next training. What older ones do not say is left open. */
export const settingsSchema = v.object({
  ...commonSettings,
  split: v.union([splitSchema, v.object({ kind: v.literal('auto'), testShare: measured })]),
  horizon: v.optional(v.union([askedHorizonSchema, v.object({ kind: v.literal('auto') })]), { kind: 'auto' }),
}) satisfies v.GenericSchema<unknown, TrainingSettings>;

const scoresSchema = v.object({ mae: measured, rmse: measured, r2: measured });
const estimateSchema = v.object({ value: measured, low: measured, high: measured });
const differenceSchema = v.object({ value: measured, low: measured, high: measured, nSamples: natural });

const sameOutagesSchema = v.object({
  n: natural,
  announced: measured,
  model: measured,
  difference: differenceSchema,
});

export const modelScoreSchema = v.object({
  id: v.string(),
  name: modelName,
  scale: targetScale,
  isReference: v.boolean(),
  cv: v.object({ ...scoresSchema.entries, sd: measured }),
  test: scoresSchema,
  details: v.nullable(
    v.object({
      n: natural,
      mae: estimateSchema,
      rmse: estimateSchema,
      medianAbsoluteError: estimateSchema,
      bias: estimateSchema,
      r2: measured,
      shareLate: measured,
      p80: measured,
      p90: measured,
    }),
  ),
  toBest: v.nullable(differenceSchema),
});

const levelCoverage = <const Level extends string>(level: Level) =>
  v.object({
    level: v.literal(level),
    nominal: measured,
    empirical: measured,
    n: natural,
    band: v.tuple([measured, measured]),
    isWithin: v.boolean(),
    nNotClaimable: natural,
  });
const groupCoverageSchema = v.object({
  n: natural,
  levels: v.object({
    p10: levelCoverage('p10'),
    p50: levelCoverage('p50'),
    p80: levelCoverage('p80'),
    p90: levelCoverage('p90'),
    p10p90: levelCoverage('p10p90'),
  }),
  meanWidth: measured,
  meanIntervalScore: measured,
});

const rolesSchema = v.array(
  v.object({
    column: v.string(),
    role: v.picklist(columnRoles),
    reason: v.picklist([
      'name',
      'values',
      'known-after',
      'known-later',
      'constant',
      'unique',
      'too-many-categories',
      'default',
      'user',
    ]),
    leak: v.exactOptional(
      v.object({
        column: v.string(),
        kind: v.picklist([
          'end-date',
          'copy-of-target',
          'power-times-duration',
          'class-of-target',
          'correlation',
          'status',
          'name',
        ]),
        strength: v.exactOptional(measured),
        through: v.exactOptional(v.string()),
      }),
    ),
    knownWhen: v.exactOptional(v.picklist(knownWhens)),
    expected: v.exactOptional(v.picklist(directions)),
  }),
);

const togetherSchema = v.object({ alone: measured, together: v.nullable(measured) });

/** In the current version: each field stands, older results have it from their upgraders. */
const resultSchema = v.object({
  version: v.literal(TRAINING_RESULT_VERSION),
  modelId: v.string(),
  datasetId: v.string(),
  target: v.object({ name: v.string(), unit: v.picklist([...timeUnits, 'unknown']) }),
  rows: v.object({
    read: natural,
    kept: natural,
    rejected: natural,
    setAside: natural,
    train: natural,
    test: natural,
  }),
  underWay: v.exactOptional(
    v.object({ n: natural, asOf: v.number(), longest: measured, p50: togetherSchema, p80: togetherSchema }),
  ),
  roles: rolesSchema,
  expected: v.exactOptional(v.array(v.object({ column: v.string(), direction: v.picklist(directions) }))),
  cleaning: v.array(v.object({ action: recipeActionSchema, reason: v.string() })),
  settings: resolvedSettingsSchema,
  basis: v.optional(v.object({ split: v.picklist(splitReasons), horizon: v.picklist(horizonReasons) }), {
    split: 'asked',
    horizon: 'asked',
  }),
  horizon: horizonSchema,
  knownLater: v.array(v.string()),
  pastFeatures: v.array(v.string()),
  chosen: modelName,
  scale: targetScale,
  choice: v.object({
    chosen: modelName,
    reason: v.picklist([
      'lowest-error',
      'weighted-on-few',
      'simplest-within-one-standard-error',
      'simplest-negligible-loss',
    ]),
    mae: measured,
    best: modelName,
    chosenId: v.string(),
    bestId: v.string(),
    members: v.optional(v.array(v.object({ name: modelName, weight: v.number() })), []),
    isGuarded: v.optional(v.boolean(), false),
    bestMae: measured,
    difference: measured,
    standardError: measured,
  }),
  stoppedCandidates: v.optional(
    v.nullable(
      v.object({
        nFolds: natural,
        n: natural,
        leader: modelName,
        leaderMae: measured,
        models: v.array(v.object({ id: v.string(), name: modelName, mae: measured })),
      }),
    ),
    null,
  ),
  models: v.array(modelScoreSchema),
  bestErrors: v.nullable(manyMeasured),
  againstAnnounced: v.nullable(differenceSchema),
  besideAnnounced: v.optional(
    v.nullable(v.object({ cv: v.nullable(sameOutagesSchema), test: v.nullable(sameOutagesSchema) })),
    null,
  ),
  horizonPrice: v.optional(
    v.nullable(v.object({ n: natural, plan: measured, start: measured, difference: differenceSchema })),
    null,
  ),
  alsoRandom: v.optional(
    v.nullable(v.array(v.object({ id: v.string(), n: natural, ...scoresSchema.entries }))),
    null,
  ),
  againstMedian: v.optional(v.nullable(differenceSchema), null),
  test: v.object({
    rows: manyIntegers,
    actual: manyMeasured,
    predicted: manyMeasured,
    classes: v.nullable(v.object({ column: v.string(), labels: v.array(v.string()), codes: manyIntegers })),
    starts: v.nullable(manyMeasured),
    intervals: v.nullable(
      v.object({ p10: manyMeasured, p80: v.optional(v.nullable(manyMeasured), null), p90: manyMeasured }),
    ),
  }),
  coverage: v.nullable(
    v.object({
      overall: groupCoverageSchema,
      classes: v.array(
        v.object({
          ...groupCoverageSchema.entries,
          label: v.string(),
          // Before, each class answered for itself.
          isOwn: v.optional(v.boolean(), true),
        }),
      ),
      answered: v.optional(
        v.nullable(
          v.object({ class: natural, alike: natural, overall: natural, few: natural, unlike: natural }),
        ),
        null,
      ),
    }),
  ),
  importance: v.object({
    columns: v.array(v.object({ column: v.string(), mean: measured, sd: measured })),
    floor: v.nullable(measured),
    nRows: natural,
    nRepeats: natural,
  }),
  learningCurve: v.nullable(
    v.object({ model: modelName, train: manyMeasured, validation: manyMeasured, bestIteration: natural }),
  ),
  inputs: v.array(v.string()),
  isStopped: v.boolean(),
  nFinalRows: natural,
  warnings: v.array(
    v.object({
      code: v.picklist(trainingWarnings),
      details: v.record(
        v.string(),
        v.nullable(v.union([v.string(), v.number(), v.nan(), v.boolean(), v.array(v.string())])),
      ),
    }),
  ),
  seconds: v.object({
    preparing: measured,
    validating: measured,
    fitting: measured,
    explaining: measured,
  }),
}) satisfies v.GenericSchema<unknown, TrainingResult>;

const versionSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/**
 * A result that was kept, of this version or an older one, in fresh objects and in the current version. It may have
 * gone through JSON: a null where a number is measured comes back as NaN. Unknown fields are dropped.
 *
 * Throws `result-too-new` (a later version wrote it), `result-invalid` (no result, with the place of the first fault).
 */
export function readTrainingResult(value: unknown): TrainingResult {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse('value', 'not an object');
  // The first version had no number.
  const { version = 1 } = value as { readonly version?: unknown };
  if (!v.is(versionSchema, version)) refuse('version', 'not a version number');
  if (version > TRAINING_RESULT_VERSION) {
    throw new AppError(
      'result-too-new',
      `result of version ${version}, this program reads ${TRAINING_RESULT_VERSION}`,
      { version, supported: TRAINING_RESULT_VERSION },
    );
  }
  const parsed = v.safeParse(resultSchema, upgrade(value as JsonObject, version), { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return refuse(v.getDotPath(issue) ?? 'value', issue.message);
}

/** An upgrader may find anything where it expects the version before: what it throws then is the result's fault. */
function upgrade(result: JsonObject, version: number): JsonObject {
  try {
    return applyUpgrades(resultUpgrades, result, version);
  } catch (thrown) {
    return refuse(`version ${version}`, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function refuse(place: string, problem: string): never {
  throw new AppError('result-invalid', `not a training result: ${place}: ${problem}`, { place, problem });
}
