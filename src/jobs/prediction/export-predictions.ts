import type { JobContext } from '#base/job-context.ts';
import { type CsvDialectName, writeCsv } from '#data/csv/write-csv.ts';
import type { Column, Table } from '#data/table.ts';
import { type AnswerKind, answerKinds } from '#evaluation/intervals/prediction-interval.ts';
import { buildColumn, type CellValue } from '#data/cell.ts';
import type { LearntState, OpenCells } from '#inference/contract.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { ExportPredictionsRequest, PredictionsFile } from './contract.ts';
import type { AnsweredGap } from './answer-gaps.ts';
import { answerTable, type RowBasis } from './answer-table.ts';
import { listRemaining } from './remaining-columns.ts';
import { completeDataset } from '../dataset/complete-dataset.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
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
  const asking = { today, isTrainingData, refit: refit ? { today, ...refit } : null };
  const { asked, answers, basis, gaps, learnt } = await answerTable(model, dataset, asking, context);
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
