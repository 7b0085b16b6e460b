import { AppError } from '#base/errors.ts';
import { applyUpgrades } from '#base/upgrades.ts';
import { buildColumn } from '#data/cell.ts';
import type { Table } from '#data/table.ts';
import { readHyperparameters } from './hyperparameters.ts';
import { modelCatalogue } from './model-catalogue.ts';
import type { ModelDescription } from './model-description.ts';
import {
  contentSchema,
  fileSchema,
  MODEL_FILE_VERSION,
  parseWith,
  type ReferenceAnswer,
  type ReferenceJson,
  type SpecJson,
} from './model-file-schema.ts';
import { refuseSwollenText } from './model-text.ts';
import { modelFileUpgrades } from './model-file-upgrades.ts';
import type { FamilySettings, ModelSpec } from './model-spec.ts';
import { createFittedModel, type FittedModel, type ModelState } from './regressor.ts';
import { readState } from './state-schema.ts';
import { hashContent } from './write-model-file.ts';

export interface OpenedModel {
  readonly model: FittedModel;
  readonly description: ModelDescription;
  /** SHA-256 of the file's content as it was written, whatever its version, as hexadecimal: names the model wherever it goes. */
  readonly hash: string;
  /** What was said of some cases when the file was written. */
  readonly answers?: readonly ReferenceAnswer[];
}

/**
 * Opens a model file of any version from anywhere: it is data, never code, and copied into fresh structures.
 *
 * Throws `model-file-invalid` (not JSON, not this format, an unsound part), `model-file-too-new`
 * (a later version), `model-file-altered` (the content is not what was hashed, or the reference rows
 * come out otherwise), `file-too-large` (over 50 MB).
 */
export function openModelFile(text: string): OpenedModel {
  refuseSwollenText(text);
  const file = parseWith(fileSchema, parseJson(text));
  const { version } = file;
  if (version > MODEL_FILE_VERSION) {
    throw new AppError('model-file-too-new', `version ${version}, this program reads ${MODEL_FILE_VERSION}`, {
      version,
      supported: MODEL_FILE_VERSION,
    });
  }
  if (hashContent(version, JSON.stringify(file.content)) !== file.hash) throwAltered('hash');
  const upgraded = applyUpgrades(modelFileUpgrades, file.content, version);
  const content = parseWith(contentSchema, upgraded);
  const spec = readSpec(content.spec);
  const state = readState(content.state, content.encoder.features);
  checkFamilies(spec, state);
  const model = createFittedModel(spec, content.encoder, state);
  checkReference(model, content.reference);
  const scores = content.description.scores.map((score) => ({ ...score, r2: score.r2 ?? NaN }));
  const { description, answers } = content;
  return { model, description: { ...description, scores }, hash: file.hash, answers };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('model-file-invalid', 'not JSON', { problem: 'not JSON' });
  }
}

function readSpec({ settings, ...spec }: SpecJson): ModelSpec {
  try {
    return { ...spec, settings: readSettings(settings) };
  } catch (thrown) {
    return reject(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function readSettings(json: SpecJson['settings']): FamilySettings {
  switch (json.family) {
    case 'ridge':
      return { ...json, hyperparameters: readHyperparameters(json.family, json.hyperparameters) };
    case 'plan':
      return { ...json, boosting: json.boosting && readHyperparameters('gradient-boosting', json.boosting) };
    case 'hazard':
      return { family: json.family, hyperparameters: readHyperparameters(json.family, json.hyperparameters) };
    case 'forest':
      return { family: json.family, hyperparameters: readHyperparameters(json.family, json.hyperparameters) };
    case 'gradient-boosting':
      return { ...json, hyperparameters: readHyperparameters(json.family, json.hyperparameters) };
    case 'blend':
      return {
        family: json.family,
        members: json.members.map(({ weight, spec }) => ({ weight, spec: readSpec(spec) })),
      };
    default:
      return json;
  }
}

/** The name, the settings and what was learnt are of one family, of a blend's members too. */
function checkFamilies({ name, settings }: ModelSpec, state: ModelState): void {
  const { family } = settings;
  if (modelCatalogue[name].family !== family) reject(`settings of a ${family} for ${name}`);
  if (state.family !== family) reject(`a ${state.family} for ${name}`);
  if (settings.family !== 'blend' || state.family !== 'blend') return;
  const { members } = settings;
  if (members.length !== state.members.length) reject(`${members.length} specs of members`);
  state.members.forEach((member, i) => checkFamilies(members[i].spec, member.state));
}

function checkReference(model: FittedModel, reference: ReferenceJson): void {
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

function reject(problem: string): never {
  throw new AppError('model-file-invalid', `not a sound model: ${problem}`, { problem });
}

export function throwAltered(what: string): never {
  throw new AppError('model-file-altered', `the model is not what was saved: ${what} differs`, { what });
}
