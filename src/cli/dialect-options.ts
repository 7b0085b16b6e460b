import type { ColumnTypeChoice, Delimiter, Dialect, Encoding } from '#data/csv/dialect.ts';
import { columnTypes } from '#data/table.ts';
import type { Options } from './options.ts';
import { UsageError } from './usage-error.ts';

/** The options that overrule what is detected of a file's dialect: the same for every command that reads one. */
export const dialectOptionNames = [
  'encoding',
  'delimiter',
  'decimal',
  'thousands',
  'dates',
  'uneven',
  'type',
  'apart',
  'sheet',
] as const;

const encodings: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'];
const delimiters: Readonly<Record<string, Delimiter>> = { ',': ',', ';': ';', tab: '\t', '|': '|' };
const thousands: Readonly<Record<string, Dialect['thousandsMark']>> = {
  none: '',
  space: ' ',
  ',': ',',
  '.': '.',
};

/** `COLUMN=number`; the last sign of equality divides. */
function readColumnType(text: string): ColumnTypeChoice {
  const [, column = '', written] = /^(.*)=(\w+)$/u.exec(text) ?? [];
  const type = columnTypes.find((each) => each === written);
  if (type === undefined) {
    throw new UsageError(`--type must be COLUMN=${columnTypes.join('|')}, got "${text}"`);
  }
  return { column, type };
}

export function readDialectOptions(options: Options): Partial<Dialect> {
  const encoding = options.choice('encoding', encodings);
  const delimiter = options.choice('delimiter', Object.keys(delimiters));
  const decimalMark = options.choice('decimal', ['.', ',']);
  const thousandsMark = options.choice('thousands', Object.keys(thousands));
  const dateOrder = options.choice('dates', ['ymd', 'dmy', 'mdy']);
  const chosenTypes = options.list('type').map(readColumnType);
  const apart = options.list('apart');
  const sheet = options.text('sheet');
  const unevenRecords = options.choice('uneven', ['reject', 'fill', 'fit']);
  return {
    ...(encoding && { encoding }),
    ...(delimiter !== undefined && { delimiter: delimiters[delimiter] as Delimiter }),
    ...(decimalMark && { decimalMark }),
    ...(thousandsMark !== undefined && {
      thousandsMark: thousands[thousandsMark] as Dialect['thousandsMark'],
    }),
    ...(dateOrder && { dateOrder }),
    ...(unevenRecords && { unevenRecords }),
    ...(chosenTypes.length > 0 && { columnTypes: chosenTypes }),
    ...(apart.length > 0 && { apart }),
    ...(sheet !== undefined && { sheet }),
  };
}
