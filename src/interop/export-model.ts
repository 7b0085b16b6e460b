import { strToU8 } from 'fflate';
import { AppError } from '#base/errors.ts';
import type { IntervalCalibration } from '#evaluation/intervals/calibration.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import { isSum, type ModelName, modelNames } from '#models/model-catalogue.ts';
import type { ModelDescription } from '#models/model-description.ts';
import { createFittedModel, type FittedModel } from '#models/regressor.ts';
import { writeC } from './code/write-c.ts';
import { writeJavascript } from './code/write-javascript.ts';
import { writePython } from './code/write-python.ts';
import { writeSql } from './code/write-sql.ts';
import type { ExportedModel, ExportFormat, ExportLimit, ExportRefusal } from './contract.ts';
import { writeOnnx } from './onnx/write-onnx.ts';
import { drawParityRows } from './parity-rows.ts';
import { type PortableModel, toPortableModel } from './portable/portable-model.ts';
import { type WorkbookWords, writeWorkbook } from './workbook/write-workbook.ts';
import { writeXgboostJson, writeXgboostUbjson } from './xgboost/write-xgboost.ts';

export interface ExportSource {
  readonly model: FittedModel;
  readonly description: ModelDescription;
  readonly intervals: IntervalCalibration | null;
  readonly classColumn: string | null;
}

/** What an exported model says to people. */
export interface ExportWords {
  readonly workbook: WorkbookWords;
  /** Stands above code. */
  readonly remark: string;
  readonly limits: Readonly<Record<ExportLimit, string>>;
}

const N_PARITY_ROWS = 1000;
const PARITY_SEED = 1;

/**
 * A model in the form of another tool, with 1,000 rows to check it by. Throws `export-refused` for what the form cannot
 * hold, with the best of the models it was compared with that can, by its name and errors.
 */
export function exportModel(source: ExportSource, format: ExportFormat, words: ExportWords): ExportedModel {
  const { model } = source;
  const portable = openPortable(source, format);
  const limits = listLimits(source, portable, format);
  const remark = [words.remark, ...limits.map((limit) => words.limits[limit])].join('\n');
  const isXgboost = format === 'xgboost' || format === 'ubjson';
  const checked = isXgboost ? onLearntScale(model) : model;
  const precision = isXgboost ? 'single' : format === 'excel' ? 'digits' : 'double';
  const { rows, predictions } = drawParityRows(checked, N_PARITY_ROWS, PARITY_SEED, precision);
  const features = portable.features.map(({ name, kind, labels, other }) => ({
    name,
    kind,
    ...(labels.length > 0 && { labels, other: Number.isNaN(other) ? null : other }),
  }));
  return {
    ...write(source, portable, format, { ...words, remark }, limits),
    limits,
    parity: `${JSON.stringify({ features, rows, predictions })}\n`,
  };
}

/** The sum itself, which XGBoost does not transform. */
function onLearntScale({ spec, encoder, state }: FittedModel): FittedModel {
  return createFittedModel({ ...spec, scale: 'identity' }, encoder, state);
}

function openPortable(source: ExportSource, format: ExportFormat): PortableModel {
  const { model } = source;
  const isXgboost = format === 'xgboost' || format === 'ubjson';
  try {
    const portable = toPortableModel(model);
    if (!isXgboost) return portable;
    if (portable.members.length > 1) return refuse(source, isXgboost, 'several', model.spec.name);
    const [{ start, trees }] = portable.members;
    if (start.kind === 'linear' || trees === null) {
      return refuse(source, isXgboost, 'linear-start', model.spec.name);
    }
    return portable;
  } catch (thrown) {
    if (!(thrown instanceof AppError) || 'ownMae' in thrown.details) throw thrown;
    return refuse(source, isXgboost, 'family', String(thrown.details['model']));
  }
}

/** Trees from a constant start alone. */
const treesAlone: ReadonlySet<string> = new Set<ModelName>(['gradient-boosting', 'gradient-boosting-log']);

function refuse(
  { model, description: { scores, target } }: ExportSource,
  isXgboost: boolean,
  reason: ExportRefusal,
  name: string,
): never {
  const canGo = (other: string) => (isXgboost ? treesAlone.has(other) : isSum(other as ModelName));
  const [offered] = scores
    .filter((score) => modelNames.some((known) => known === score.name) && canGo(score.name))
    .sort((a, b) => a.mae - b.mae);
  const ownMae = scores.find(({ id }) => id === model.spec.id)?.mae ?? null;
  throw new AppError('export-refused', `${name} does not go into this format: ${reason}`, {
    reason,
    model: name,
    offered: offered?.name ?? null,
    offeredMae: offered?.mae ?? null,
    ownMae,
    unit: target.unit,
  });
}

function listLimits(
  { model, description, intervals }: ExportSource,
  { features, members }: PortableModel,
  format: ExportFormat,
): readonly ExportLimit[] {
  const { origins } = description;
  const isMade = features.some(({ name }) =>
    origins.some(({ feature, part }) => feature === name && part !== 'value'),
  );
  const isSingle = members.some((member) => member.isSingle);
  const isXgboost = format === 'xgboost' || format === 'ubjson';
  const applies: Readonly<Record<ExportLimit, boolean>> = {
    history: description.history !== null,
    features: format !== 'excel' && isMade,
    codes: (isXgboost || format === 'onnx') && features.some(({ kind }) => kind === 'category'),
    log: isXgboost && model.spec.scale === 'log1p',
    levels: intervals !== null && format !== 'excel',
    'single-precision': isSingle && (format === 'excel' || format === 'sql'),
    within: intervals !== null && format === 'excel',
    'open-cells': true,
  };
  return (Object.keys(applies) as ExportLimit[]).filter((limit) => applies[limit]);
}

function write(
  source: ExportSource,
  portable: PortableModel,
  format: ExportFormat,
  words: ExportWords,
  limits: readonly ExportLimit[],
): Pick<ExportedModel, 'bytes' | 'extension'> {
  const { remark } = words;
  switch (format) {
    case 'javascript':
      return { extension: '.mjs', bytes: strToU8(writeJavascript(portable, remark)) };
    case 'python':
      return { extension: '.py', bytes: strToU8(writePython(portable, remark)) };
    case 'c':
      return { extension: '.c', bytes: strToU8(writeC(portable, remark)) };
    case 'sql':
      return { extension: '.sql', bytes: strToU8(writeSql(portable, remark)) };
    case 'xgboost':
      return { extension: '.json', bytes: strToU8(writeXgboostJson(portable)) };
    case 'ubjson':
      return { extension: '.ubj', bytes: writeXgboostUbjson(portable) };
    case 'onnx':
      return { extension: '.onnx', bytes: writeOnnx(portable, remark) };
    default: {
      const { description, intervals, classColumn } = source;
      const { inputs, typical, origins } = description;
      const usual = new Map(
        source.model.encoder.features.map((feature) => [feature.name, findUsual(feature)]),
      );
      const remarks = [...words.workbook.remarks, ...limits.map((limit) => words.limits[limit])];
      const model = { portable, inputs, typical, origins, usual, intervals, classColumn };
      return { extension: '.xlsx', bytes: writeWorkbook(model, { ...words.workbook, remarks }) };
    }
  }
}

/** The median, or the most frequent label. */
function findUsual(feature: EncodedFeature): number | string | null {
  if (feature.type !== 'category') return feature.quantiles[2] ?? null;
  const most = Math.max(...feature.counts);
  return feature.categories[feature.counts.indexOf(most)] ?? null;
}
