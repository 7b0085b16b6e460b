import Papa from 'papaparse';
import { AppError } from '#base/errors.ts';
import type { Delimiter } from './dialect.ts';
import type { RecordBlock } from './records.ts';

/**
 * The cells of each record of a block. papaparse is only the tokenizer: the records were cut, their
 * line ends normalised and their quotes checked before, since it does none of that reliably.
 */
export function tokenize(block: RecordBlock, delimiter: Delimiter): string[][] {
  if (block.nRecords === 0) return [];
  const parser = new Papa.Parser({
    delimiter,
    newline: '\n',
    quoteChar: '"',
    escapeChar: '"',
    fastMode: !block.hasQuotes,
  });
  const text = block.hasQuotes ? block.text : block.text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  // With a final line end, so that spaces behind the last closing quote are not taken for a cell's text.
  const { data } = parser.parse(`${text}\n`, 0, false) as { data: string[][] };
  data.pop();
  if (data.length !== block.nRecords) {
    throw new AppError('internal', `Tokenizer gave ${data.length} records for ${block.nRecords}.`);
  }
  return data;
}
