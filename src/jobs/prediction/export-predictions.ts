import { toAppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { type CsvDialectName, writeCsv } from '#data/csv/write-csv.ts';
import type { Instant } from '#base/instant.ts';
import type { ColumnRole } from '#data/roles.ts';
import { findColumn, type Column, type Table } from '#data/table.ts';
import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { isClaimed, predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { findLearntRows } from '#inference/learnt-cases.ts';
import { buildModelFeatures, findKnownOutages } from '#inference/model-features.ts';
import type { LearntState } from '#inference/contract.ts';
import { judgeReach, reachInterval } from '#inference/reach.ts';
import { readCell } from '#data/cell.ts';
import { requireColumns } from '#data/require-columns.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { ExportPredictionsRequest, PredictionsFile } from './contract.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { findCaseClass } from '#inference/case-table.ts';
import { forEachSlice } from '../dataset/row-slices.ts';

/** The words of the added columns, in the language of those who read that dialect. */
const wordsOf: Readonly<
  Record<
    CsvDialectName,
    { readonly prediction: string; readonly learnt: string } & Record<LearntState, string>
  >
> = {
  'excel-french': { prediction: 'prédiction', learnt: 'apprise', yes: 'oui', no: 'non', unknown: 'inconnu' },
  international: { prediction: 'prediction', learnt: 'learnt', yes: 'yes', no: 'no', unknown: 'unknown' },
};
const learntStates: readonly LearntState[] = ['yes', 'no', 'unknown'];

/**
 * The cleaned table with the prediction of each row, its P10, P50, P80 and P90 where the model has intervals, and whether
 * the model has learnt it: such an answer is too sure of itself. Throws `model-columns-missing`.
 */
export async function exportPredictions(
  model: ModelAtWork,
  { cleaned, summary }: OpenDataset,
  { dialect, today, isTrainingData = false }: ExportPredictionsRequest,
  context: JobContext,
): Promise<PredictionsFile> {
  const words = wordsOf[dialect];
  const answers = await answerRows(model, cleaned.table, context);
  const target = model.summary.target.name;
  const added = answers.map(({ level, values }): Column => {
    const name = nameColumn(cleaned.table, `${target} (${level ?? words.prediction})`);
    return { type: 'number', name, values };
  });
  const learnt = tellLearnt(model, cleaned.table, today, isTrainingData);
  const marks: Column = {
    type: 'category',
    name: nameColumn(cleaned.table, words.learnt),
    codes: Int32Array.from(learnt, (state) => learntStates.indexOf(state)),
    categories: learntStates.map((state) => words[state]),
  };
  const table: Table = { ...cleaned.table, columns: [...cleaned.table.columns, ...added, marks] };
  const base = summary.name.replace(/(\.csv|\.txt|\.tsv)?(\.gz)?$/iu, '');
  const text = await writeInSlices(table, dialect, context);
  const nLearnt = learnt.includes('unknown') ? null : learnt.filter((state) => state === 'yes').length;
  return { name: `${base}-predictions.csv`, text, nLearnt };
}

/** Of each row. A row set aside (under way, of unknown duration, an older version) is not learnt. */
function tellLearnt(
  model: ModelAtWork,
  table: Table,
  today: Instant,
  isTrainingData: boolean,
): readonly LearntState[] {
  const isKept = findKept(model, table, today);
  // What a stopped training left out is not told by its data.
  const isWhole = isTrainingData && isKept.filter(Boolean).length === model.description.nTrainingRows;
  if (isWhole) return isKept.map((kept) => (kept ? 'yes' : 'no'));
  return findLearntRows(model, table, (row) => isKept[row] ?? false);
}

/** Whether each row would be learnt from; in a file without durations, of outages to come, each may be. */
function findKept(model: ModelAtWork, table: Table, today: Instant): readonly boolean[] {
  const { roles } = model.description;
  const has = (role: ColumnRole) =>
    roles.some((each) => each.role === role && findColumn(table, each.column) !== undefined);
  if (!has('target') && !(has('start') && has('end'))) {
    return Array.from({ length: table.nRows }, () => true);
  }
  const kept = Array.from({ length: table.nRows }, () => false);
  try {
    for (const position of findKnownOutages(model, table, today).positions) kept[position] = true;
    return kept;
  } catch (thrown) {
    // Its column of durations is empty.
    if (toAppError(thrown).code !== 'no-target') throw thrown;
    return kept.fill(true);
  }
}

const levels = ['P10', 'P50', 'P80', 'P90'] as const;

interface Answers {
  /** Null for the model's own estimate. */
  readonly level: (typeof levels)[number] | null;
  /** NaN where too few past outages can carry the level. */
  readonly values: Float64Array;
}

async function answerRows(open: ModelAtWork, table: Table, context: JobContext): Promise<readonly Answers[]> {
  const { nRows } = table;
  const features = buildModelFeatures(open, table);
  const inputs = requireColumns(
    table,
    open.description.inputs.map(({ name }) => ({ name })),
  );
  const predicted = new Float64Array(nRows);
  const bounds = levels.map((level) => ({ level, values: new Float64Array(nRows) }));
  const calibration = open.calibration?.intervals ?? null;
  await forEachSlice(features, 'predicting', context, (slice, from) => {
    const forecasts = forecastDurations(open.model, slice);
    predicted.set(forecasts.predicted, from);
    if (calibration === null) return;
    for (let i = 0; i < slice.nRows; i++) {
      const label = findCaseClass(table, open.calibration?.classColumn ?? null, from + i);
      const forecast = forecastOf(calibration, { ...forecasts, actual: forecasts.predicted }, i);
      const cells = inputs.map((column) => readCell(column, from + i));
      const interval = predictInterval(calibration, forecast, label);
      const { p10, p50, p80, p90 } = reachInterval(interval, judgeReach(open, cells));
      [p10, p50, p80, p90].forEach((bound, level) => {
        const column = bounds[level] as Answers;
        column.values[from + i] = isClaimed(bound) ? bound.value : NaN;
      });
    }
  });
  return [{ level: null, values: predicted }, ...(calibration === null ? [] : bounds)];
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
