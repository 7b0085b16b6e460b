import type { JobContext } from '#base/job-context.ts';
import type { CsvDialectName } from '#data/csv/write-csv.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import type { Table } from '#data/table.ts';
import { buildModelFeatures } from './apply-model.ts';
import type { OpenModel } from './open-model.ts';
import type { ExportPredictionsRequest, TextFile } from './prediction.ts';
import type { OpenDataset } from './open-dataset.ts';
import { forEachSlice, predictAll } from './row-slices.ts';

/** The word for the added column, in the language of those who read that dialect. */
const predictionWord: Readonly<Record<CsvDialectName, string>> = {
  'excel-french': 'prédiction',
  international: 'prediction',
};

/** The cleaned table with one more column: the prediction of each row. Throws `model-columns-missing`. */
export async function exportPredictions(
  model: OpenModel,
  { cleaned, summary }: OpenDataset,
  { dialect }: ExportPredictionsRequest,
  context: JobContext,
): Promise<TextFile> {
  const values = await predictAll(model.model, buildModelFeatures(model, cleaned.table), context);
  const name = nameColumn(cleaned.table, `${model.summary.target.name} (${predictionWord[dialect]})`);
  const table: Table = {
    ...cleaned.table,
    columns: [...cleaned.table.columns, { type: 'number', name, values }],
  };
  const base = summary.name.replace(/(\.csv|\.txt|\.tsv)?(\.gz)?$/iu, '');
  return { name: `${base}-predictions.csv`, text: await writeInSlices(table, dialect, context) };
}

/** What `writeCsv` gives for the whole table, but breathing. */
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
