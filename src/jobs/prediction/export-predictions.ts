import type { JobContext } from '#base/job-context.ts';
import { type CsvDialectName, writeCsv } from '#data/csv/write-csv.ts';
import type { Column, Table } from '#data/table.ts';
import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import {
  type AnswerKind,
  answerKinds,
  findAnswerKind,
  isClaimed,
  isRefused,
  type PredictionInterval,
  predictInterval,
} from '#evaluation/intervals/prediction-interval.ts';
import { buildColumn, type CellValue, readCell } from '#data/cell.ts';
import { requireColumns } from '#data/require-columns.ts';
import type { CasePrediction, LearntState, OpenCells } from '#inference/contract.ts';
import { findHeadline } from '#inference/headline.ts';
import { completeInputs } from '#inference/input-rows.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { judgeReach, reachInterval } from '#inference/reach.ts';
import type { ExportPredictionsRequest, PredictionsFile } from './contract.ts';
import { type AnsweredGap, answerGaps } from './answer-gaps.ts';
import { listRemaining } from './remaining-columns.ts';
import { markLearntRows } from './learnt-rows.ts';
import { completeDataset } from '../dataset/complete-dataset.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { createClassFinder } from '#inference/case-table.ts';
import { forEachSlice } from '../dataset/row-slices.ts';

/** The words of the added columns, in the language of those who read that dialect. */
type OpenWay = OpenCells['way'];
const columnWords: Readonly<
  Record<
    CsvDialectName,
    Readonly<
      Record<'prediction' | 'basis' | 'openCells' | OpenWay | 'learnt' | 'left' | 'end', string> &
        Record<LearntState, string> & { answers: Readonly<Record<AnswerKind, string>> }
    >
  >
> = {
  'excel-french': {
    prediction: 'prédiction',
    basis: 'fondement',
    answers: {
      class: 'sa classe',
      alike: 'classes peu représentées',
      overall: 'tous les arrêts',
      few: 'refusé : trop peu d’arrêts',
      unlike: 'refusé : classe à part',
    },
    openCells: 'cellules inconnues',
    wide: 'estimation large, sans',
    refit: 'réappris sans',
    left: 'reste',
    end: 'fin',
    learnt: 'apprise',
    yes: 'oui',
    no: 'non',
    unknown: 'inconnu',
  },
  international: {
    prediction: 'prediction',
    basis: 'basis',
    answers: {
      class: 'its class',
      alike: 'classes with few outages',
      overall: 'all outages',
      few: 'refused: too few outages',
      unlike: 'refused: unlike the others',
    },
    openCells: 'unknown cells',
    wide: 'wide estimate, without',
    refit: 'refitted without',
    left: 'remaining',
    end: 'end',
    learnt: 'learnt',
    yes: 'yes',
    no: 'no',
    unknown: 'unknown',
  },
};
const learntStates: readonly LearntState[] = ['yes', 'no', 'unknown'];

/**
 * The cleaned table with the prediction of each row, its P10, P50, P80 and P90 where the model has intervals, with whose
 * past outages they rest on and how many (or why there are none), how much longer it takes where that was asked, where
 * cells are unknown a column that names them and how they were done without, and whether the model has learnt the row:
 * such an answer is too sure of itself. Throws `model-columns-missing`.
 */
export async function exportPredictions(
  model: ModelAtWork,
  given: OpenDataset,
  { dialect, today, refit, elapsed, isTrainingData = false }: ExportPredictionsRequest,
  context: JobContext,
): Promise<PredictionsFile> {
  const { dataset, told } = completeDataset(model, given);
  const { cleaned, summary } = dataset;
  const words = columnWords[dialect];
  const asked = completeInputs(model.description, cleaned.table);
  const { answers, basis } = await answerRows(model, asked, context);
  const gaps = await answerGaps(model, dataset, asked, refit ? { today, ...refit } : null, context);
  for (const { row, prediction } of gaps) putAnswer(answers, basis, row, prediction);
  const target = model.summary.target.name;
  const added = answers.map(({ level, values }): Column => {
    const name = nameColumn(cleaned.table, `${target} (${level ?? words.prediction})`);
    return { type: 'number', name, values };
  });
  const isOpen = new Set(gaps.filter(({ prediction }) => prediction.open !== null).map(({ row }) => row));
  const p80 = answers.find(({ level }) => level === 'P80')?.values;
  const isCarried = (row: number) => !Number.isNaN(p80?.[row] ?? NaN);
  const remaining =
    elapsed === undefined
      ? null
      : await listRemaining(model, asked, elapsed, (row) => !isOpen.has(row) && isCarried(row), context);
  for (const { level, kind, column } of remaining?.columns ?? []) {
    added.push({ ...column, name: nameColumn(cleaned.table, `${target} (${words[kind]} ${level})`) });
  }
  const unknown = nameUnknown(gaps, cleaned.table, `${target} (${words.openCells})`, words);
  const learnt = markLearntRows(model, asked, today, isTrainingData);
  const marks: Column = {
    type: 'category',
    name: nameColumn(cleaned.table, words.learnt),
    codes: Int32Array.from(learnt, (state) => learntStates.indexOf(state)),
    categories: learntStates.map((state) => words[state]),
  };
  const rests = basis ? nameBasis(basis, cleaned.table, target, words) : [];
  const columns = [...cleaned.table.columns, ...added, ...rests, ...(unknown ? [unknown] : []), marks];
  const base = summary.name.replace(/(\.csv|\.txt|\.tsv)?(\.gz)?$/iu, '');
  const count = (way: OpenWay) => gaps.filter(({ prediction }) => prediction.open?.way === way).length;
  return {
    name: `${base}-predictions.csv`,
    text: await writeInSlices({ ...cleaned.table, columns }, dialect, context),
    nOpen: { refit: count('refit'), wide: count('wide') },
    nRefused: answers[0]?.values.filter(Number.isNaN).length ?? 0,
    remaining: remaining && { nAsked: remaining.nAsked, nRefused: remaining.nRefused },
    factors: told,
    nLearnt: learnt.includes('unknown') ? null : learnt.filter((state) => state === 'yes').length,
  };
}

/** One row's answer in place of the model's plain one. */
function putAnswer(
  answers: readonly Answers[],
  basis: RowBasis | null,
  row: number,
  prediction: CasePrediction,
): void {
  const { value, interval } = prediction;
  if (basis && interval) putBasis(basis, row, interval);
  const isRefusal = findHeadline(prediction).kind === 'refused';
  const { p10, p50, p80, p90 } = interval ?? {};
  const bounds = { P10: p10, P50: p50, P80: p80, P90: p90 };
  for (const { level, values } of answers) {
    const bound = level === null ? null : bounds[level];
    values[row] = level === null ? (isRefusal ? NaN : value) : bound && isClaimed(bound) ? bound.value : NaN;
  }
}

/** What was not known of each row; null where all was. */
function nameUnknown(
  gaps: readonly AnsweredGap[],
  table: Table,
  name: string,
  words: Readonly<Record<OpenWay, string>>,
): Column | null {
  const cells: CellValue[] = Array.from({ length: table.nRows }, () => null);
  for (const { row, prediction, unknown } of gaps) {
    if (prediction.open) cells[row] = `${words[prediction.open.way]} : ${unknown.join(', ')}`;
  }
  return cells.every((cell) => cell === null)
    ? null
    : buildColumn(nameColumn(table, name), 'category', cells);
}

const levels = ['P10', 'P50', 'P80', 'P90'] as const;

interface Answers {
  /** Null for the model's own estimate, which is NaN where nothing is to be announced. */
  readonly level: (typeof levels)[number] | null;
  /** NaN where too few past outages can carry the level. */
  readonly values: Float64Array;
}

/** What each row is answered by, and how many past outages that are. */
interface RowBasis {
  /** Positions in `answerKinds`; −1 where a row has no levels. */
  readonly kinds: Int32Array;
  readonly n: Float64Array;
}

function putBasis({ kinds, n }: RowBasis, row: number, interval: PredictionInterval): void {
  kinds[row] = answerKinds.indexOf(findAnswerKind(interval));
  n[row] = interval.p80.n;
}

function nameBasis(
  { kinds, n }: RowBasis,
  table: Table,
  target: string,
  { basis, answers }: (typeof columnWords)[CsvDialectName],
): readonly Column[] {
  const categories = answerKinds.map((kind) => answers[kind]);
  const name = nameColumn(table, `${target} (${basis})`);
  return [
    { type: 'category', name, codes: kinds, categories },
    { type: 'number', name: nameColumn(table, `${target} (n)`), values: n },
  ];
}

async function answerRows(
  open: ModelAtWork,
  table: Table,
  context: JobContext,
): Promise<{ readonly answers: readonly Answers[]; readonly basis: RowBasis | null }> {
  const { nRows } = table;
  const features = buildModelFeatures(open, table);
  const inputs = requireColumns(
    table,
    open.description.inputs.map(({ name }) => ({ name })),
  );
  const predicted = new Float64Array(nRows);
  const basis: RowBasis = { kinds: new Int32Array(nRows).fill(-1), n: new Float64Array(nRows).fill(NaN) };
  const bounds = levels.map((level) => ({ level, values: new Float64Array(nRows) }));
  const calibration = open.calibration?.intervals ?? null;
  const findClass = createClassFinder(table, open.calibration);
  await forEachSlice(features, 'predicting', context, (slice, from) => {
    const forecasts = forecastDurations(open.model, slice);
    predicted.set(forecasts.predicted, from);
    if (calibration === null) return;
    for (let i = 0; i < slice.nRows; i++) {
      const forecast = forecastOf(calibration, { ...forecasts, actual: forecasts.predicted }, i);
      const cells = inputs.map((column) => readCell(column, from + i));
      const interval = predictInterval(calibration, forecast, findClass(from + i));
      const claimed = reachInterval(interval, judgeReach(open, cells));
      putBasis(basis, from + i, claimed);
      if (isRefused(claimed)) predicted[from + i] = NaN;
      const { p10, p50, p80, p90 } = claimed;
      [p10, p50, p80, p90].forEach((bound, level) => {
        const column = bounds[level] as Answers;
        column.values[from + i] = isClaimed(bound) ? bound.value : NaN;
      });
    }
  });
  const estimate = { level: null, values: predicted };
  if (calibration === null) return { answers: [estimate], basis: null };
  return { answers: [estimate, ...bounds], basis };
}

/** What `writeCsv` gives for the whole table, but in slices. */
async function writeInSlices(table: Table, dialect: CsvDialectName, context: JobContext): Promise<string> {
  const header = writeCsv({ ...table, nRows: 0 }, dialect);
  const parts = [header];
  await forEachSlice(table, 'writing', context, (slice) => {
    parts.push(writeCsv(slice, dialect).slice(header.length));
  });
  return parts.join('');
}

/** A name no column has yet: the file may be one that this function wrote before. */
function nameColumn(table: Table, wanted: string): string {
  const taken = new Set(table.columns.map(({ name }) => name));
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`;
  return name;
}
