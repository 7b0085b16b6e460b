import { civilFromInstant } from '../dates.ts';
import type { Column, Table } from '../table.ts';
import { escapeFormula } from './formula-escape.ts';

/** Excel français: BOM, `;`, decimal comma, dd/mm/yyyy. International: BOM, `,`, point, yyyy-mm-dd. Both CRLF. */
export type CsvDialectName = 'excel-french' | 'international';

interface Style {
  readonly delimiter: ';' | ',';
  readonly decimalMark: ',' | '.';
  readonly writeDay: (year: string, month: string, day: string) => string;
}

const styles: Readonly<Record<CsvDialectName, Style>> = {
  'excel-french': { delimiter: ';', decimalMark: ',', writeDay: (y, m, d) => `${d}/${m}/${y}` },
  international: { delimiter: ',', decimalMark: '.', writeDay: (y, m, d) => `${y}-${m}-${d}` },
};

/**
 * The table as CSV text with every digit of its numbers and no thousands separator, so that reading it
 * back gives the same table. A label or name that a spreadsheet would run as a formula gets a leading
 * `'`, which `readTable` takes away again; numbers never do.
 */
export function writeCsv(table: Table, dialect: CsvDialectName): string {
  const style = styles[dialect];
  const writers = table.columns.map((column) => createCellWriter(column, style));
  const header = table.columns.map(({ name }) => writeLabel(name, style)).join(style.delimiter);
  const lines = [header];
  for (let row = 0; row < table.nRows; row++) {
    lines.push(writers.map((write) => write(row)).join(style.delimiter));
  }
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function createCellWriter(column: Column, style: Style): (row: number) => string {
  if (column.type === 'category') {
    const cells = column.categories.map((label) => writeLabel(label, style));
    return (row) => cells[column.codes[row] ?? -1] ?? '';
  }
  const { values } = column;
  return column.type === 'date'
    ? (row) => writeInstant(values[row] ?? NaN, column.hasTime, style)
    : (row) => writeNumber(values[row] ?? NaN, style);
}

function writeNumber(value: number, style: Style): string {
  if (!Number.isFinite(value)) return '';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return style.decimalMark === ',' ? text.replace('.', ',') : text;
}

function writeInstant(instant: number, hasTime: boolean, style: Style): string {
  if (Number.isNaN(instant)) return '';
  const time = civilFromInstant(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = style.writeDay(String(time.year).padStart(4, '0'), two(time.month), two(time.day));
  if (!hasTime) return day;
  const millisecond = time.millisecond === 0 ? '' : `.${String(time.millisecond).padStart(3, '0')}`;
  const second = time.second === 0 && millisecond === '' ? '' : `:${two(time.second)}${millisecond}`;
  return `${day} ${two(time.hour)}:${two(time.minute)}${second}`;
}

function writeLabel(label: string, style: Style): string {
  const safe = escapeFormula(label);
  const needsQuotes = safe.includes(style.delimiter) || /["\r\n]/.test(safe);
  return needsQuotes ? `"${safe.replaceAll('"', '""')}"` : safe;
}
