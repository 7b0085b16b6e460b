import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { readCell } from '#data/cell.ts';
import { joinedFactorsSchema } from '#data/factors/parse-factors.ts';
import { recipeActionSchema } from '#data/recipe/parse-recipe.ts';
import { findColumn, selectRows, type Table } from '#data/table.ts';
import { ensembleToJson } from '#engine/ensemble-json.ts';
import { countLeafStarts } from './forest.ts';
import { readHyperparameters } from './hyperparameters.ts';
import type { ModelDescription } from './model-description.ts';
import { MODEL_FILE_FORMAT, MODEL_FILE_VERSION, type ReferenceAnswer } from './model-file-schema.ts';
import { measureText } from './model-text.ts';
import type { FamilySettings, ModelSpec } from './model-spec.ts';
import type { FittedModel, ModelState } from './regressor.ts';
import { rowFingerprintsSchema } from './row-fingerprints.ts';

const N_REFERENCE_ROWS = 5;

export interface WrittenModel {
  readonly text: string;
  /** SHA-256 of the file's content, as hexadecimal: names the model wherever it goes. */
  readonly hash: string;
}

/**
 * The text of a model's file. Deterministic: no date, no file name, keys in a fixed order, so that the
 * same data, settings and seed give the same bytes anywhere. `features` lends the reference rows; `answers` is what is said
 * of some cases, which opening asks again. Throws `model-too-large` for what would be refused when it is opened.
 */
export function writeModelFile(
  model: FittedModel,
  description: ModelDescription,
  features: Table,
  answers: readonly ReferenceAnswer[] = [],
): WrittenModel {
  const rows = spreadRows(features.nRows);
  const sample = selectRows(features, rows);
  const content = {
    description: descriptionToJson(description),
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
    answers: answers.map(({ cells, value, p10, p80 }) => ({ cells, value, p10, p80 })),
  };
  const text = JSON.stringify(content);
  const hash = hashContent(MODEL_FILE_VERSION, text);
  const head = { format: MODEL_FILE_FORMAT, version: MODEL_FILE_VERSION, hash };
  const fileText = `${JSON.stringify(head).slice(0, -1)},"content":${text}}\n`;
  const tooLarge = measureText(fileText);
  if (tooLarge) throw new AppError('model-too-large', tooLarge.problem, { ...tooLarge });
  return { text: fileText, hash };
}

function descriptionToJson(description: ModelDescription): unknown {
  return {
    target: { name: description.target.name, unit: description.target.unit },
    roles: description.roles.map(({ column, role }) => ({ column, role })),
    // Rebuilt by the schema, so that the keys stand in one order whoever made the step.
    cleaning: description.cleaning.map(({ action, reason }) => ({
      action: v.parse(recipeActionSchema, action),
      reason,
    })),
    ...(description.reading && { reading: description.reading }),
    ...(description.units && { units: description.units.map(({ column, unit }) => ({ column, unit })) }),
    origins: description.origins.map(({ feature, column, part, reference, factor }) => ({
      feature,
      column,
      part,
      ...(reference !== undefined && { reference }),
      ...(factor !== undefined && { factor }),
    })),
    history: description.history,
    // Rebuilt by the schema, for the order of keys.
    ...(description.factors && { factors: v.parse(joinedFactorsSchema, description.factors) }),
    ...(description.horizon && { horizon: description.horizon }),
    ...(description.knownAtStart.length > 0 && { knownAtStart: description.knownAtStart }),
    inputs: description.inputs,
    typical: description.typical,
    dependents: description.dependents.map(({ leader, column, cells }) => ({ leader, column, cells })),
    calendar: description.calendar.map(({ date, column, part, shift }) => ({ date, column, part, shift })),
    ...(description.elapsed && {
      elapsed: description.elapsed.map(({ column, date, since, unit, decimals, isCut }) => ({
        column,
        date,
        since:
          'column' in since ? { column: since.column } : { leader: since.leader, instants: since.instants },
        unit,
        decimals,
        isCut,
      })),
    }),
    ...(description.usual && {
      usual: description.usual.map(({ leader, column, cells }) => ({ leader, column, cells })),
    }),
    nTrainingRows: description.nTrainingRows,
    ...(description.learntRows && { learntRows: v.parse(rowFingerprintsSchema, description.learntRows) }),
    ...(description.pastRows && { pastRows: description.pastRows }),
    ...(description.pastDurations && { pastDurations: description.pastDurations }),
    calibration: description.calibration,
    scores: description.scores.map(({ id, name, mae, rmse, r2 }) => ({ id, name, mae, rmse, r2 })),
  };
}

function specToJson({ id, name, scale, seed, settings, expected }: ModelSpec): unknown {
  return {
    id,
    name,
    scale,
    seed,
    settings: settingsToJson(settings),
    ...(expected && { expected: expected.map(({ feature, direction }) => ({ feature, direction })) }),
  };
}

/** Hyperparameters in the order of the table, whatever order a caller built them in. */
function settingsToJson(settings: FamilySettings): unknown {
  const { family } = settings;
  switch (family) {
    case 'median-per-class':
      return { family, classFeature: settings.classFeature };
    case 'own-past':
      return { family, unitFeature: settings.unitFeature, classFeature: settings.classFeature };
    case 'gradient-boosting': {
      const { init, hyperparameters } = settings;
      return { family, init, hyperparameters: readHyperparameters(family, hyperparameters) };
    }
    case 'ridge':
      return {
        family,
        hyperparameters: readHyperparameters(family, settings.hyperparameters),
        ...(settings.without.length > 0 && { without: settings.without }),
      };
    case 'plan': {
      const { planFeature, correction, without, boosting } = settings;
      return {
        family,
        planFeature,
        correction,
        without,
        boosting: boosting && readHyperparameters('gradient-boosting', boosting),
      };
    }
    case 'hazard':
      return { family, hyperparameters: readHyperparameters(family, settings.hyperparameters) };
    case 'forest':
      return { family, hyperparameters: readHyperparameters(family, settings.hyperparameters) };
    case 'blend':
      return {
        family,
        members: settings.members.map(({ weight, spec }) => ({ weight, spec: specToJson(spec) })),
      };
    default:
      return { family };
  }
}

function stateToJson(state: ModelState): unknown {
  if (state.family === 'blend') {
    const members = state.members.map(({ weight, name, scale, state: member }) => {
      return { weight, name, scale, state: stateToJson(member) };
    });
    return { family: state.family, members };
  }
  if (state.family === 'gradient-boosting') return { ...state, trees: ensembleToJson(state.trees) };
  if (state.family === 'plan') {
    const { family, planIndex, correction, withoutPlan } = state;
    return { family, planIndex, correction: stateToJson(correction), withoutPlan: stateToJson(withoutPlan) };
  }
  if (state.family === 'hazard') {
    const { family, durations, logOdds, trees } = state;
    return { family, durations, logOdds, trees: ensembleToJson(trees) };
  }
  if (state.family !== 'forest') return state;
  const { family, trees, levels, leafStarts, members } = state;
  const areCounted = countLeafStarts(trees).every((start, leaf) => start === leafStarts[leaf]);
  return {
    family,
    trees: ensembleToJson(trees),
    levels: Array.from(levels),
    ...(!areCounted && { leafStarts: Array.from(leafStarts) }),
    members: Array.from(members),
  };
}

/** Names a model: SHA-256 of the file's content, since version 4 with the format and the version it is read by. */
export function hashContent(version: number, content: string): string {
  const hashed = version < 4 ? content : `${MODEL_FILE_FORMAT} ${version}\n${content}`;
  return bytesToHex(sha256(utf8ToBytes(hashed)));
}

/** Five rows spread over the table. */
function spreadRows(nRows: number): Int32Array {
  const n = Math.min(N_REFERENCE_ROWS, nRows);
  return Int32Array.from({ length: n }, (_, i) => Math.floor(((i + 0.5) * nRows) / n));
}
