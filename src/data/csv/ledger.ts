/** What a record is that stands among the rows and is none. */
export type SideLineKind = (typeof sideLineKinds)[number];
export const sideLineKinds = ['total', 'repeated-header', 'note', 'other-table'] as const;

export interface SideLine {
  /** 1-based physical line. */
  readonly line: number;
  readonly kind: SideLineKind;
  readonly raw: string;
}

/** Why a record of the file is not a row of the table. */
export type RejectReason =
  | 'too-few-cells'
  | 'too-many-cells'
  | 'shifted-cells' // a delimiter too many: the cells behind it stand one column too far
  | 'quote-malformed' // text after a closing quote
  | 'quote-unclosed'
  | 'nul-character'
  | 'damaged-character'; // bytes that are no character of the file's encoding

export interface Reject {
  /** 1-based physical line on which the record begins. */
  readonly line: number;
  readonly reason: RejectReason;
  readonly raw: string;
}

/**
 * Accounts for every byte and record of a file, so that nothing is lost in silence:
 * `bytes = bytesConsumed` and
 * `records = titles + headers + kept + rejected + empty + totals + repeatedHeaders + notes + otherTables`.
 */
export interface Ledger {
  /** Bytes of the file (unpacked, where it came packed). */
  readonly bytes: number;
  /** Bytes that were decoded and assigned to a record. */
  readonly bytesConsumed: number;
  readonly records: number;
  readonly titles: number;
  readonly headers: number;
  readonly kept: number;
  /** Of those kept: records that lacked cells at their end and were filled with empty ones. */
  readonly filled: number;
  /** Of those kept: records that lost cells behind the last column. */
  readonly cut: number;
  readonly rejected: number;
  readonly empty: number;
  readonly totals: number;
  /** The header once more, as printed lists repeat it on each page. */
  readonly repeatedHeaders: number;
  /** Numbers of pages, notes of full width. */
  readonly notes: number;
  /** Lines of the other tables of the file. */
  readonly otherTables: number;
  /** The first lines that are no rows, totals at the end apart; at most `maxListedRejects`. */
  readonly sideLines: readonly SideLine[];
  /** The first rejects, at most `maxListedRejects`; `rejected` counts them all. */
  readonly rejects: readonly Reject[];
}

export const maxListedRejects = 10_000;

export function isBalanced(ledger: Ledger): boolean {
  const { titles, headers, kept, rejected, empty, totals, filled, cut } = ledger;
  const aside = totals + ledger.repeatedHeaders + ledger.notes + ledger.otherTables;
  return (
    filled + cut <= kept &&
    ledger.bytes === ledger.bytesConsumed &&
    ledger.records === titles + headers + kept + rejected + empty + aside
  );
}
