import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import type { DurationUnit } from '#data/duration-unit.ts';
import type { PlannedFeature } from '#data/feature-plan.ts';
import { type CalendarColumn, calendarParts } from '#data/calendar-columns.ts';
import type { Follower } from '#data/followers.ts';
import type { OutageHistory } from '#data/history/outage-history.ts';
import { historySchema } from '#data/history/parse-history.ts';
import { recipeActionSchema } from '#data/recipe/parse-recipe.ts';
import type { RecipeStep } from '#data/recipe/recipe-step.ts';
import { columnRoles, type ColumnRole } from '#data/roles.ts';
import { type Table, findColumn, selectRows } from '#data/table.ts';
import { buildColumn, readCell } from '#data/cell.ts';
import { ensembleToJson } from '#engine/ensemble-json.ts';
import { checkHyperparameters, hyperparameterTable } from './hyperparameters.ts';
import { modelNames } from './model-catalogue.ts';
import type { EncodedFeature } from './encoder.ts';
import { createFittedModel, type FittedModel, type ModelSpec, type ModelState } from './regressor.ts';
import { encoderSchema, readState } from './state-schema.ts';

export const MODEL_FILE_FORMAT = 'tranche-model';
export const MODEL_FILE_VERSION = 1;
/** Characters of a model file that are read at all: 50 MB of ASCII. */
export const MAX_MODEL_FILE_LENGTH = 50_000_000;
const N_REFERENCE_ROWS = 5;

/** One thing that was done to the table before training, and why. */
export type CleaningStep = Pick<RecipeStep, 'action' | 'reason'>;

/** What a person needs to know of a model beside the model: the same bytes for the same training. */
export interface ModelDescription {
  readonly target: { readonly name: string; readonly unit: DurationUnit };
  /** What each column of the training file was to the planner, so that another file is prepared alike. */
  readonly roles: readonly { readonly column: string; readonly role: ColumnRole }[];
  /** How the training file's table was cleaned, in order; row numbers are those of that file. */
  readonly cleaning: readonly CleaningStep[];
  /** How each feature is made from the columns. */
  readonly origins: readonly PlannedFeature[];
  /** The past outages that features from the past are computed with; null where there is no telling. */
  readonly history: OutageHistory | null;
  /** The columns a case must hold, with what training saw of each. */
  readonly inputs: readonly EncodedFeature[];
  /** One cell per input: the outage of the training file most like the others. */
  readonly typical: readonly (string | number | null)[];
  /** Inputs that another input determines, by their names. Empty in older files. */
  readonly followers: readonly Follower[];
  /** Inputs that repeat a part of another one, a date. Empty in older files. */
  readonly calendar: readonly CalendarColumn[];
  readonly nTrainingRows: number;
  /** What was found out about the model, as JSON: kept here, made and checked by those above. */
  readonly trust: unknown;
  /** Cross-validated scores of all models compared, in the target's unit. */
  readonly scores: readonly {
    readonly name: string;
    readonly mae: number;
    readonly rmse: number;
    readonly r2: number;
  }[];
}

export interface OpenedModel {
  readonly model: FittedModel;
  readonly description: ModelDescription;
  /** SHA-256 of the file's content, as hexadecimal: names the model wherever it goes. */
  readonly hash: string;
}

const numberSchema = v.pipe(v.number(), v.finite());
const contentSchema = v.object({
  description: v.object({
    target: v.object({ name: v.string(), unit: v.picklist(['day', 'hour', 'unknown']) }),
    roles: v.array(v.object({ column: v.string(), role: v.picklist(columnRoles) })),
    cleaning: v.optional(v.array(v.object({ action: recipeActionSchema, reason: v.string() })), []),
    origins: v.array(
      v.object({
        feature: v.string(),
        column: v.string(),
        part: v.picklist(['value', 'month', 'weekday', 'hour', 'age', 'days']),
        reference: v.exactOptional(v.string()),
      }),
    ),
    history: v.nullable(historySchema),
    inputs: encoderSchema.entries.features,
    typical: v.array(v.nullable(v.union([v.string(), numberSchema]))),
    followers: v.optional(
      v.array(
        v.object({
          leader: v.string(),
          column: v.string(),
          cells: v.array(v.tuple([v.string(), v.union([v.string(), numberSchema])])),
        }),
      ),
      [],
    ),
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
    nTrainingRows: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    trust: v.optional(v.unknown(), null),
    // R² has no value where all durations are equal, and JSON has no NaN.
    scores: v.array(
      v.object({ name: v.string(), mae: numberSchema, rmse: numberSchema, r2: v.nullable(numberSchema) }),
    ),
  }),
  spec: v.object({
    name: v.picklist(modelNames),
    scale: v.picklist(['identity', 'log1p']),
    seed: v.pipe(v.number(), v.safeInteger()),
    classFeature: v.exactOptional(v.string()),
    hyperparameters: v.object({
      loss: v.picklist(['squaredError', 'absoluteError']),
      nIterations: numberSchema,
      learningRate: numberSchema,
      maxLeafNodes: v.nullable(numberSchema),
      maxDepth: v.nullable(numberSchema),
      minSamplesLeaf: numberSchema,
      l2Regularization: numberSchema,
      maxBins: numberSchema,
      subsample: numberSchema,
      columnSubsample: numberSchema,
      nIterNoChange: numberSchema,
      validationFraction: numberSchema,
    }),
  }),
  encoder: encoderSchema,
  state: v.unknown(),
  /** A few training rows and what the model says of them: re-run on opening. */
  reference: v.object({
    columns: v.array(v.array(v.nullable(v.union([v.string(), numberSchema])))),
    predictions: v.array(numberSchema),
  }),
});

const fileSchema = v.object({
  format: v.literal(MODEL_FILE_FORMAT),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  content: v.unknown(),
});

/** Turns the content of version i + 1 into that of version i + 2: one function a version, never removed. */
const upgraders: readonly ((content: unknown) => unknown)[] = [];

/**
 * The text of a model's file. Deterministic: no date, no file name, keys in a fixed order, so that the
 * same data, settings and seed give the same bytes anywhere. `features` lends the reference rows.
 */
export function writeModelFile(model: FittedModel, description: ModelDescription, features: Table): string {
  const rows = spreadRows(features.nRows);
  const sample = selectRows(features, rows);
  const content = {
    description: {
      target: { name: description.target.name, unit: description.target.unit },
      roles: description.roles.map(({ column, role }) => ({ column, role })),
      // Rebuilt by the schema, so that the keys stand in one order whoever made the step.
      cleaning: description.cleaning.map(({ action, reason }) => ({
        action: v.parse(recipeActionSchema, action),
        reason,
      })),
      origins: description.origins.map(({ feature, column, part, reference }) => ({
        feature,
        column,
        part,
        ...(reference !== undefined && { reference }),
      })),
      history: description.history,
      inputs: description.inputs,
      typical: description.typical,
      followers: description.followers.map(({ leader, column, cells }) => ({ leader, column, cells })),
      calendar: description.calendar.map(({ date, column, part, shift }) => ({ date, column, part, shift })),
      nTrainingRows: description.nTrainingRows,
      trust: description.trust,
      scores: description.scores.map(({ name, mae, rmse, r2 }) => ({ name, mae, rmse, r2 })),
    },
    spec: specToJson(model.spec),
    encoder: model.encoder,
    state: stateToJson(model.state),
    reference: {
      columns: model.encoder.features.map(({ name }) => {
        const column = findColumn(sample, name);
        return column ? Array.from(rows, (_, row) => readCell(column, row)) : [];
      }),
      predictions: Array.from(model.predict(sample)),
    },
  };
  const text = JSON.stringify(content);
  const head = { format: MODEL_FILE_FORMAT, version: MODEL_FILE_VERSION, hash: hashText(text) };
  return `${JSON.stringify(head).slice(0, -1)},"content":${text}}\n`;
}

/**
 * Opens a model file from anywhere: it is data, never code, and copied into fresh structures.
 *
 * Throws `model-file-invalid` (not JSON, not this format, an unsound part), `model-file-too-new`
 * (a later version), `model-file-altered` (the content is not what was hashed, or the reference rows
 * come out otherwise), `file-too-large` (over 50 MB).
 */
export function openModelFile(text: string): OpenedModel {
  if (text.length > MAX_MODEL_FILE_LENGTH) {
    throw new AppError('file-too-large', `a model file holds at most ${MAX_MODEL_FILE_LENGTH} characters`, {
      bytes: text.length,
      limit: MAX_MODEL_FILE_LENGTH,
    });
  }
  const file = parseWith(fileSchema, parseJson(text));
  if (file.version > MODEL_FILE_VERSION) {
    throw new AppError(
      'model-file-too-new',
      `version ${file.version}, this program reads ${MODEL_FILE_VERSION}`,
      {
        version: file.version,
        supported: MODEL_FILE_VERSION,
      },
    );
  }
  if (hashText(JSON.stringify(file.content)) !== file.hash) throwAltered('hash');
  const upgraded = upgraders
    .slice(file.version - 1)
    .reduce((content, upgrade) => upgrade(content), file.content);
  const content = parseWith(contentSchema, upgraded);
  checkSpec(content.spec.hyperparameters);
  const state = readState(content.state, content.encoder.features);
  const model = createFittedModel(content.spec, content.encoder, state);
  checkReference(model, content.reference);
  const scores = content.description.scores.map((score) => ({ ...score, r2: score.r2 ?? NaN }));
  return { model, description: { ...content.description, scores }, hash: file.hash };
}

/** In the order of the table, whatever order a caller built its settings in. A blend's members are in its state. */
function specToJson({ name, scale, hyperparameters, seed, classFeature }: ModelSpec): unknown {
  const values = hyperparameterTable.map((range) => [range.name, hyperparameters[range.name]]);
  const own = classFeature === undefined ? {} : { classFeature };
  return { name, scale, seed, ...own, hyperparameters: Object.fromEntries(values) as unknown };
}

function stateToJson(state: ModelState): unknown {
  if (state.family === 'blend') {
    const members = state.members.map(({ weight, name, scale, state: member }) => {
      return { weight, name, scale, state: stateToJson(member) };
    });
    return { family: state.family, members };
  }
  if (state.family === 'gradient-boosting') return { ...state, trees: ensembleToJson(state.trees) };
  if (state.family !== 'forest') return state;
  return {
    family: state.family,
    trees: ensembleToJson(state.trees),
    levels: Array.from(state.levels),
    leafStarts: Array.from(state.leafStarts),
    members: Array.from(state.members),
  };
}

function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('model-file-invalid', 'not JSON', { problem: 'not JSON' });
  }
}

function parseWith<Schema extends v.GenericSchema>(schema: Schema, json: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const problem = `${v.getDotPath(issue) ?? 'file'}: ${issue.message}`;
  throw new AppError('model-file-invalid', `not a model file: ${problem}`, { problem });
}

function checkSpec(hyperparameters: Parameters<typeof checkHyperparameters>[0]): void {
  try {
    checkHyperparameters(hyperparameters);
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('model-file-invalid', `not a sound model: ${problem}`, { problem });
  }
}

function throwAltered(what: string): never {
  throw new AppError('model-file-altered', `the model is not what was saved: ${what} differs`, { what });
}

function checkReference(
  model: FittedModel,
  reference: v.InferOutput<typeof contentSchema>['reference'],
): void {
  const { columns, predictions } = reference;
  const { features } = model.encoder;
  if (columns.length !== features.length || columns.some((cells) => cells.length !== predictions.length)) {
    throwAltered('reference rows');
  }
  const table: Table = {
    nRows: predictions.length,
    columns: features.map(({ name, type }, i) => buildColumn(name, type, columns[i] ?? [])),
  };
  // Bit for bit: predicting uses nothing that differs between engines.
  const predicted = model.predict(table);
  if (predictions.some((value, i) => value !== predicted[i])) throwAltered('reference predictions');
}

/** Five rows spread over the table. */
function spreadRows(nRows: number): Int32Array {
  const n = Math.min(N_REFERENCE_ROWS, nRows);
  return Int32Array.from({ length: n }, (_, i) => Math.floor(((i + 0.5) * nRows) / n));
}
