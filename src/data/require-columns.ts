import { AppError } from '#base/errors.ts';
import { plainName } from './column-words.ts';
import { findColumn, isOfType, type Column, type ColumnOf, type ColumnType, type Table } from './table.ts';

/** A column that must be there: of the type, or of any where none is given. */
export interface WantedColumn {
  readonly name: string;
  readonly type?: ColumnType;
}

type Found<W extends WantedColumn> = W extends { readonly type: infer T extends ColumnType }
  ? ColumnOf<T>
  : Column;

/**
 * The wanted columns, in their order. Throws `model-columns-missing` with the names of all (`columns`, each once) that
 * the table lacks or holds as another type, and, where it has one that is written otherwise, with that (`alike`).
 */
export function requireColumns<const W extends readonly WantedColumn[]>(
  table: Table,
  wanted: W,
): { readonly [K in keyof W]: Found<W[K]> } {
  const columns = wanted.map(({ name, type }) => {
    const column = findColumn(table, name);
    return type === undefined || isOfType(column, type) ? column : undefined;
  });
  const missing = new Set(wanted.flatMap(({ name }, i) => (columns[i] === undefined ? [name] : [])));
  if (missing.size > 0) {
    const names = [...missing];
    // By case, accents or spaces alone another name.
    const alike = names.map((name) => {
      const same = table.columns.find((column) => foldName(column.name) === foldName(name));
      return same === undefined || same.name === name ? '' : same.name;
    });
    const listed = names.map((name, i) => (alike[i] === '' ? name : `${name} (there is ${alike[i]})`));
    const details = { columns: names, ...(alike.some((name) => name !== '') && { alike }) };
    throw new AppError('model-columns-missing', `Columns missing: ${listed.join(', ')}`, details);
  }
  return columns as { readonly [K in keyof W]: Found<W[K]> };
}

function foldName(name: string): string {
  return plainName(name.toLowerCase());
}

/** The column that a person or a request names. Throws `unknown-column` with those there are. */
export function requireColumn(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column) return column;
  const columns = table.columns.map((each) => each.name);
  throw new AppError('unknown-column', `no column "${name}"`, { column: name, columns });
}
