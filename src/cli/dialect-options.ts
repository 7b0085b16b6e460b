import type { Delimiter, Dialect, Encoding } from '#data/csv/dialect.ts';
import type { Options } from './options.ts';

/** The options that overrule what is detected of a file's dialect: the same for every command that reads one. */
export const dialectOptionNames = [
  'encoding',
  'delimiter',
  'decimal',
  'thousands',
  'dates',
  'uneven',
] as const;

const encodings: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'];
const delimiters: Readonly<Record<string, Delimiter>> = { ',': ',', ';': ';', tab: '\t', '|': '|' };
const thousands: Readonly<Record<string, Dialect['thousandsMark']>> = {
  none: '',
  space: ' ',
  ',': ',',
  '.': '.',
};

export function readDialectOptions(options: Options): Partial<Dialect> {
  const encoding = options.choice('encoding', encodings);
  const delimiter = options.choice('delimiter', Object.keys(delimiters));
  const decimalMark = options.choice('decimal', ['.', ',']);
  const thousandsMark = options.choice('thousands', Object.keys(thousands));
  const dateOrder = options.choice('dates', ['ymd', 'dmy', 'mdy']);
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
  };
}
