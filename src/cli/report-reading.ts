import type { DialectEvidence } from '#data/csv/dialect.ts';
import type { DatasetSummary } from '#jobs/dataset/contract.ts';
import type { Streams } from './streams.ts';

/** How a file was read, on the error stream: each record accounted for, what was left open, what could not be read. */
export function reportReading(summary: DatasetSummary, { error }: Streams): void {
  error(`${writeLedger(summary)}\n`);
  for (const question of summary.questions) error(`${writeQuestion(question)}\n`);
  const { rejects } = summary.ledger;
  for (const { line, reason, raw } of rejects.slice(0, 3)) {
    error(`line ${line} rejected, ${reason}: ${raw.slice(0, 120)}\n`);
  }
  const { count, cells } = summary.unread;
  if (count > 0) {
    const [cell] = cells;
    const example = cell ? `, the first in "${cell.column}": ${cell.raw}` : '';
    error(`${count} cells could not be read and count as missing${example}\n`);
  }
}

/** `13083 records of 2552380 bytes = 13082 kept + 1 headers + …`: it balances, so nothing is lost in silence. */
function writeLedger({ name, dialect, ledger }: DatasetSummary): string {
  const { encoding, delimiter, decimalMark, dateOrder } = dialect;
  const { bytes, records, filled, cut } = ledger;
  const parts = (['kept', 'rejected', 'empty', 'headers', 'titles', 'totals'] as const)
    .filter((part) => part === 'kept' || part === 'rejected' || ledger[part] > 0)
    .map((part) => `${ledger[part]} ${part}`);
  const mended = filled + cut > 0 ? ` (${filled} filled, ${cut} cut)` : '';
  const reading = `${encoding}, delimiter ${delimiter === '\t' ? 'tab' : delimiter}, decimal ${decimalMark}, dates ${dateOrder}`;
  return `${name}: ${reading}\n${bytes} bytes, ${records} records = ${parts.join(' + ')}${mended}`;
}

const optionOf: Partial<Record<DialectEvidence['field'], string>> = {
  encoding: '--encoding',
  delimiter: '--delimiter',
  decimalMark: '--decimal',
  thousandsMark: '--thousands',
  dateOrder: '--dates',
};

function writeQuestion({ field, value, examples }: DialectEvidence): string {
  const seen = examples.length > 0 ? ` (${examples.join(', ')})` : '';
  const option = optionOf[field];
  return `warning: ${field} can be read two ways${seen}; read as "${value}"${option ? `, ${option} decides` : ''}`;
}
