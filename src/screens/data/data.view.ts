import type { DatasetSummary } from '#jobs/dataset/contract.ts';

/** Records that were rejected, cells that could not be read, and columns that their names call something else: what a person should look at. */
export function countToFix({ ledger, unread, doubtful }: DatasetSummary): number {
  return ledger.rejected + unread.count + doubtful.length;
}

export interface RawLine {
  readonly text: string;
  readonly tag: 'title' | 'header' | 'row' | 'empty' | 'rejected';
}

/** The file's first lines with what the reader took each for; a cell of several lines makes several rows of them. */
export function tagRawLines({
  rawLines,
  headerLines,
  ledger,
}: Pick<DatasetSummary, 'rawLines' | 'headerLines' | 'ledger'>): readonly RawLine[] {
  const rejected = new Set(ledger.rejects.map(({ line }) => line));
  const [first, last] = headerLines ?? [1, 0];
  return rawLines.map((text, i) => {
    const line = i + 1;
    if (line < first) return { text, tag: 'title' };
    if (line <= last) return { text, tag: 'header' };
    if (rejected.has(line)) return { text, tag: 'rejected' };
    return { text, tag: /^[\s;,|"]*$/u.test(text) ? 'empty' : 'row' };
  });
}

/** Whether lines have more or fewer cells than there are columns: rejected, filled or cut. */
export function hasUnevenRecords({ ledger, dialect }: Pick<DatasetSummary, 'ledger' | 'dialect'>): boolean {
  return dialect.unevenRecords !== 'reject' || ledger.rejects.some(({ reason }) => reason.endsWith('-cells'));
}
