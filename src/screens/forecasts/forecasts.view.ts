import type { ForecastRow } from '#jobs/prediction/contract.ts';
import type { Words } from '#language/words.ts';
import type { ForecastColumn } from '#report/forecast-rows.ts';

/** Which rows, in which order. */
export interface ForecastQuery {
  readonly sort: { readonly id: ForecastColumn['id']; readonly descending: boolean };
  readonly text: string;
  readonly onlyBlank: boolean;
}

export const firstQuery: ForecastQuery = {
  sort: { id: 'row', descending: false },
  text: '',
  onlyBlank: false,
};

/** The rows that pass the filter, sorted; blanks stand last either way. */
export function listMatchingRows(
  rows: readonly ForecastRow[],
  columns: readonly ForecastColumn[],
  { sort, text, onlyBlank }: ForecastQuery,
  words: Words,
): readonly ForecastRow[] {
  const wanted = plain(text);
  const answers = columns.filter(({ id }) => id !== 'notes');
  const matching = rows.filter(
    (row) =>
      (!onlyBlank || answers.some(({ valueOf }) => valueOf(row) === null)) &&
      (wanted === '' ||
        columns.some((column) => plain(writeForecastCell(column, row, words)).includes(wanted))),
  );
  const column = columns.find(({ id }) => id === sort.id);
  if (!column) return matching;
  const sign = sort.descending ? -1 : 1;
  const collator = new Intl.Collator(undefined, { numeric: true });
  return matching.toSorted((one, other) => {
    const [a, b] = [column.valueOf(one), column.valueOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return (
      sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)))
    );
  });
}

/** A cell as the table shows it; '' for a blank one. */
export function writeForecastCell(column: ForecastColumn, row: ForecastRow, { format }: Words): string {
  const value = column.valueOf(row);
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (column.type === 'date') return format.date(value, column.hasTime);
  return column.id === 'row' ? format.plain(value) : format.fixed(value, 1);
}

/** Sorted by a column; the other way round where it is that one already. */
export function sortBy({ sort, ...query }: ForecastQuery, id: ForecastColumn['id']): ForecastQuery {
  return { ...query, sort: { id, descending: sort.id === id && !sort.descending } };
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s/gu, ' ').toLowerCase().trim();
}
