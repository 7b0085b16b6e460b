import { selectRows, type Table } from '#data/table.ts';

interface Reference {
  readonly train_rows: readonly number[];
  readonly test_rows: readonly number[];
  readonly noise_floor: { readonly mae: number };
}

/** The sample and the split that scikit-learn was scored on, from their files' texts; training rows in the order of the split. */
export function parseReferenceSplit(sample: string, split: string) {
  const [header = '', ...lines] = sample.trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(','));
  const columns = header.split(',').map((name, i): Table['columns'][number] => {
    if (i > 0) return { type: 'number', name, values: Float64Array.from(rows, (row) => Number(row[i])) };
    const codes = Int32Array.from(rows, (row) => (row[0] === 'corrective' ? 1 : 0));
    return { type: 'category', name, codes, categories: ['préventive', 'corrective'] };
  });
  const target = columns.pop();
  if (target?.type !== 'number') throw new Error('the last column is the duration');
  const table: Table = { nRows: rows.length, columns };
  const reference = JSON.parse(split) as Reference;
  const part = (indices: readonly number[]) => ({
    features: selectRows(table, indices),
    target: Float64Array.from(indices, (row) => target.values[row] as number),
  });
  return { table, train: part(reference.train_rows), held: part(reference.test_rows), part, reference };
}
