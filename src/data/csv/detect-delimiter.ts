import type { Delimiter, DialectEvidence } from './dialect.ts';
import { unwrapExcelText } from './excel-text.ts';
import { createRecordSplitter, type RecordBlock } from './records.ts';
import { tokenize } from './tokenize.ts';

const candidates: readonly Delimiter[] = [';', ',', '\t', '|'];

export interface HeadRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The records of a file's beginning; a record cut at its end is left out unless the head is the whole file. */
export function readHeadRecords(text: string, delimiter: Delimiter, isWhole: boolean): HeadRecord[] {
  return cutHead(text, delimiter, isWhole).flatMap((block) =>
    tokenize(block, delimiter).map((cells, i) => ({
      cells: cells.map(unwrapExcelText),
      line: block.lines?.[i] ?? block.firstLine + i,
    })),
  );
}

function cutHead(text: string, delimiter: Delimiter, isWhole: boolean): RecordBlock[] {
  const splitter = createRecordSplitter(delimiter);
  const blocks = [splitter.push(text), isWhole ? splitter.end() : null];
  return blocks.filter((block): block is RecordBlock => block !== null);
}

/** The share of records whose quotes are well formed: a wrong delimiter leaves text behind closing quotes. */
function shareWellFormed(blocks: readonly RecordBlock[]): number {
  const nRejects = blocks.reduce((sum, { rejects }) => sum + rejects.length, 0);
  const nRecords = blocks.reduce((sum, block) => sum + block.nRecords, 0);
  return nRecords / Math.max(1, nRecords + nRejects);
}

/** The most frequent number of cells in the records that are not blank; ties go to the larger. */
export function findModalWidth(records: readonly HeadRecord[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  let nRecords = 0;
  for (const { cells } of records) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    nRecords++;
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  }
  let width = 1;
  let best = 0;
  for (const [candidate, count] of counts) {
    if (count > best || (count === best && candidate > width)) {
      width = candidate;
      best = count;
    }
  }
  return { width, share: nRecords === 0 ? 0 : best / nRecords };
}

/**
 * The delimiter that gives the same number of cells on the most records, and does not leave another in most of
 * them. In a French file the comma
 * stands in numbers, mostly as regular as the true delimiter, but not in the header: the first record
 * of full width must come before the data, and a first full record of another width counts against it.
 * A rival is asked about only where it stands in the header as well.
 */
export function detectDelimiter(
  text: string,
  isWhole: boolean,
): { delimiter: Delimiter; evidence: DialectEvidence } {
  const declared = /^\uFEFF?"?sep=([,;\t|])"?\s*[\r\n]/i.exec(text);
  if (declared !== null) {
    const delimiter = declared[1] as Delimiter;
    return { delimiter, evidence: evidenceFor(delimiter, 'separator-line', false) };
  }
  const cut = candidates.map((delimiter): Candidate => {
    const records = readHeadRecords(text, delimiter, isWhole);
    const { width, share } = findModalWidth(records);
    const quality = shareWellFormed(cutHead(text, delimiter, isWhole));
    const regularity = width < 2 ? 0 : share * quality;
    return { delimiter, width, records, regularity, score: regularity * headerFactor(records, width) };
  });
  const rank = (candidate: Candidate) =>
    candidate.score * (cut.some((other) => leavesDivided(candidate, other)) ? leftoverFactor : 1);
  const scored = cut.toSorted((a, b) => rank(b) - rank(a) || b.width - a.width);
  const [best, second] = scored as [Candidate, Candidate];
  if (best.score === 0) {
    return { delimiter: ',', evidence: evidenceFor(',', 'single-column', false) };
  }
  const header = findFirstDivided(best.records);
  const isAmbiguous =
    second.score > 0.8 * best.score &&
    (header?.cells.some((cell) => cell.includes(second.delimiter)) ?? false);
  return { delimiter: best.delimiter, evidence: evidenceFor(best.delimiter, 'regular-columns', isAmbiguous) };
}

/** Below 1 where the first record with several cells is not as wide as the rest, nor as what they hold. */
function headerFactor(records: readonly HeadRecord[], width: number): number {
  const first = findFirstDivided(records)?.cells.length;
  return first === width || first === findFilledWidth(records, width) ? 1 : 0.4;
}

/** Cells of the usual record without those at its end that are always empty: a delimiter may end each line. */
export function findFilledWidth(records: readonly HeadRecord[], width: number): number {
  let filled = 1;
  for (const { cells } of records) {
    if (cells.length !== width) continue;
    filled = Math.max(filled, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
  }
  return filled;
}

interface Candidate {
  readonly delimiter: Delimiter;
  readonly width: number;
  readonly records: readonly HeadRecord[];
  readonly regularity: number;
  readonly score: number;
}

/** Of a candidate that leaves another one, which gives more columns, in half of its cells. */
const leftoverFactor = 0.3;

/** Whether cutting with the first leaves the second where it divides: in most cells, and the second cuts as regularly. */
function leavesDivided(candidate: Candidate, other: Candidate): boolean {
  if (other.width <= candidate.width || other.regularity < 0.8 * candidate.regularity) return false;
  const cells = candidate.records.flatMap((record) => record.cells).filter((cell) => cell.trim() !== '');
  const nHolding = cells.filter((cell) => cell.includes(other.delimiter)).length;
  return nHolding >= cells.length / 2;
}

function findFirstDivided(records: readonly HeadRecord[]): HeadRecord | undefined {
  return records.find(({ cells }) => cells.filter((cell) => cell.trim() !== '').length > 1);
}

function evidenceFor(
  value: string,
  because: DialectEvidence['because'],
  isAmbiguous: boolean,
): DialectEvidence {
  return { field: 'delimiter', value, because, examples: [], isAmbiguous };
}
