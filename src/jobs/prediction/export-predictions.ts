import type { JobContext } from '#base/job-context.ts';
import { type CsvDialectName, writeCsv } from '#data/csv/write-csv.ts';
import type { Column, Table } from '#data/table.ts';
import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { isClaimed, predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { ExportPredictionsRequest } from './contract.ts';
import type { TextFile } from '../dataset/contract.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { findCaseClass } from '#inference/case-table.ts';
import { forEachSlice } from '../dataset/row-slices.ts';

/** The word for the added column, in the language of those who read that dialect. */
const predictionWord: Readonly<Record<CsvDialectName, string>> = {
  'excel-french': 'prédiction',
  international: 'prediction',
};

/** The cleaned table with the prediction of each row, and its P10, P50, P80 and P90 where the model has intervals. Throws `model-columns-missing`. */
export async function exportPredictions(
  model: ModelAtWork,
  { cleaned, summary }: OpenDataset,
  { dialect }: ExportPredictionsRequest,
  context: JobContext,
): Promise<TextFile> {
  const answers = await answerRows(model, cleaned.table, context);
  const target = model.summary.target.name;
  const added = answers.map(({ level, values }): Column => {
    const name = nameColumn(cleaned.table, `${target} (${level ?? predictionWord[dialect]})`);
    return { type: 'number', name, values };
  });
  const table: Table = { ...cleaned.table, columns: [...cleaned.table.columns, ...added] };
  const base = summary.name.replace(/(\.csv|\.txt|\.tsv)?(\.gz)?$/iu, '');
  return { name: `${base}-predictions.csv`, text: await writeInSlices(table, dialect, context) };
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
      const { p10, p50, p80, p90 } = predictInterval(calibration, forecast, label);
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
