import type { Column, Table } from './table.ts';

/**
 * The columns in an order that neither the file's order nor their names have a say in, but only what they hold: trees draw
 * columns and settle ties by position, so that the same data with its columns in another order, or named in another
 * language, would else train another model. Columns that hold the same stay by name. O(cells).
 */
export function orderByContent({ nRows, columns }: Table): Table {
  const keyed = columns.map((column) => ({ column, key: hashColumn(column) }));
  keyed.sort((a, b) => a.key - b.key || (a.column.name < b.column.name ? -1 : 1));
  return { nRows, columns: keyed.map(({ column }) => column) };
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a (32 bits) of the cells, in whole words: labels by their texts, all missing cells alike. */
function hashColumn(column: Column): number {
  let hash = FNV_OFFSET;
  const add = (word: number) => (hash = Math.imul(hash ^ word, FNV_PRIME) >>> 0);
  if (column.type === 'category') {
    const labels = column.categories.map((label) =>
      Array.from(label).reduce(
        (sum, sign) => Math.imul(sum ^ (sign.codePointAt(0) ?? 0), FNV_PRIME),
        FNV_OFFSET,
      ),
    );
    for (const code of column.codes) add(labels[code] ?? 0);
    return hash;
  }
  const value = new Float64Array(1);
  const words = new Int32Array(value.buffer);
  for (const cell of column.values) {
    value[0] = Number.isNaN(cell) ? 0 : cell;
    add(words[0] ?? 0);
    add((words[1] ?? 0) ^ (Number.isNaN(cell) ? 1 : 0));
  }
  return hash;
}
