import { unitsOf, type CodeUnits } from '../code-units.ts';
import type { Delimiter, UnevenRecords } from './dialect.ts';
import { sideLineKinds, type Reject, type RejectReason, type SideLine, type SideLineKind } from './ledger.ts';
import type { RecordBlock } from './records.ts';
import type { Shift, ShiftTest } from './row-shift.ts';
import { findSideLine, isSubtotal, isTotal, type SideLineRules } from './side-lines.ts';
import { joinCells, type SplitDecimals } from './split-decimals.ts';
import { tokenize } from './tokenize.ts';

/**
 * Cells of whole rows as positions in one text: cell c of row r is `text` from `bounds[r·(width+1) + c]`
 * up to, not including, `bounds[r·(width+1) + c + 1] − 1`. No string is made for a cell that is a number.
 */
export interface CellBlock {
  readonly text: string;
  /** The code units of `text`. */
  readonly units: CodeUnits;
  readonly bounds: Int32Array;
  readonly nRows: number;
  readonly width: number;
}

export interface CellBlockResult extends CellBlock {
  /** Records without any text. */
  readonly nEmpty: number;
  /** Records among the rows that are none: totals, headers once more, notes, other tables. */
  readonly sideLines: readonly SideLine[];
  /** Rows that were short, and got empty cells at their end. */
  readonly nFilled: number;
  /** Rows that were long, and lost what stood behind the last column. */
  readonly nCut: number;
  /** Rows whose cells may stand one column too far, from the cell at `from` on. */
  readonly doubtful: readonly { readonly row: number; readonly from: number; readonly raw: string }[];
  readonly rejects: readonly Reject[];
}

/** How each record must look, and how many at the block's start are titles and headers. */
export interface CellRules {
  readonly delimiter: Delimiter;
  readonly width: number;
  readonly unevenRecords: UnevenRecords;
  /** Cells of most records: as `width`, or more where a delimiter ends each line. */
  readonly usualWidth: number;
  /** Whether each cell can be read as its column is: a record that an extra delimiter shifts cannot. */
  readonly fits: (cells: readonly string[]) => boolean;
  readonly shifts: ShiftTest;
  /** A column whose decimal commas divide it, to be put together. */
  readonly split: Pick<SplitDecimals, 'column' | 'width'> | null;
  readonly sideLines: SideLineRules;
  /** Records hold characters that the decoder could not read: those records are rejected. */
  readonly isDamaged: boolean;
  /** Memory for so many bounds, used again: the block before is done with when the next one is cut. */
  readonly allocateBounds: (length: number) => Int32Array;
}

export function createBoundsAllocator(): (length: number) => Int32Array {
  let lent = new Int32Array(0);
  return (length) => {
    if (lent.length < length) lent = new Int32Array(Math.ceil(length * 1.1));
    return lent;
  };
}

/**
 * Finds the cells of a block's records from `nSkipped` on. Blocks without quotes are cut here, those with
 * quotes by papaparse. A record too long by empty cells only is a row where its cells stand under their columns; what
 * is no row is counted or listed.
 */
export function cutCells(block: RecordBlock, nSkipped: number, rules: CellRules): CellBlockResult {
  return block.hasQuotes ? cutQuoted(block, nSkipped, rules) : cutPlain(block, nSkipped, rules);
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

function cutPlain(block: RecordBlock, nSkipped: number, rules: CellRules): CellBlockResult {
  const { text } = block;
  const units = block.units ?? unitsOf(text);
  const { width } = rules;
  const delimiterCode = rules.delimiter.charCodeAt(0);
  const isSuspect = text.includes('\0') || rules.isDamaged;
  const bounds = rules.allocateBounds(Math.max(0, block.nRecords - nSkipped) * (width + 1));
  const rejects: Reject[] = [];
  const doubtful: CellBlockResult['doubtful'][number][] = [];
  let nRows = 0;
  let nEmpty = 0;
  const sideLines: SideLine[] = [];
  let nFilled = 0;
  let nCut = 0;
  const { mayBegin, table } = rules.sideLines;
  // A record of one text ends with empty cells.
  const maybeSideLine = (start: number, end: number) => {
    if (table !== null || (units[end - 1] === delimiterCode && units[end - 2] === delimiterCode)) return true;
    mayBegin.lastIndex = start;
    return mayBegin.test(text);
  };
  let at = 0;
  for (let record = 0; record < block.nRecords; record++) {
    const start = at;
    const base = nRows * (width + 1);
    let nCells = 1;
    bounds[base] = start;
    for (; at < units.length; at++) {
      const code = units[at] as number;
      if (code === delimiterCode) {
        if (nCells <= width) bounds[base + nCells] = at + 1;
        nCells++;
      } else if (code < 14 && (code === LINE_FEED || code === CARRIAGE_RETURN)) break;
    }
    const end = at;
    at += units[at] === CARRIAGE_RETURN && units[at + 1] === LINE_FEED ? 2 : 1;
    if (record < nSkipped) continue;
    if (nCells === width + 1 && rules.split !== null) {
      const decimals = base + rules.split.column + 1;
      const behind = decimals === base + width ? end + 1 : (bounds[decimals + 1] as number);
      if (/^\s*\d+\s*$/.test(text.slice(bounds[decimals], behind - 1))) {
        bounds.copyWithin(decimals, decimals + 1, base + width + 1);
        nCells = width;
      }
    }
    const first = units[start] as number;
    const isPlain = nCells === width && first !== delimiterCode && isVisible(first) && !isSuspect;
    if (isPlain) bounds[base + width] = end + 1;
    if (isPlain && !maybeSideLine(start, end) && !rules.shifts.hasOddCell(units, bounds, base)) {
      // A record of the right width that begins with text: a row, as nearly all are.
      nRows++;
      continue;
    }
    const verdict = judge(join(text.slice(start, end).split(rules.delimiter), rules), rules);
    if (isRow(verdict)) {
      // Cells that are not there begin where they end.
      for (let cell = nCells; cell <= width; cell++) bounds[base + cell] = end + 1 + cell - nCells;
      if (verdict === 'filled') nFilled++;
      else if (verdict === 'cut') nCut++;
      else if (verdict !== 'row')
        doubtful.push({ row: nRows, from: verdict.from, raw: text.slice(start, end) });
      nRows++;
    } else if (verdict === 'empty') nEmpty++;
    else {
      const at = { line: block.firstLine + record, raw: text.slice(start, end) };
      if (isSideLine(verdict)) sideLines.push({ ...at, kind: verdict });
      else rejects.push({ ...at, reason: verdict });
    }
  }
  return { text, units, bounds, nRows, width, nEmpty, sideLines, nFilled, nCut, doubtful, rejects };
}

/** Surely no white space: the rest is looked at more closely. */
function isVisible(code: number): boolean {
  return code > 32 && code !== 160 && code < 0x1680;
}

function cutQuoted(block: RecordBlock, nSkipped: number, rules: CellRules): CellBlockResult {
  const { width } = rules;
  const records = tokenize(block, rules.delimiter);
  const bounds = rules.allocateBounds(Math.max(0, records.length - nSkipped) * (width + 1));
  const rejects: Reject[] = [];
  const doubtful: CellBlockResult['doubtful'][number][] = [];
  const parts: string[] = [];
  let nRows = 0;
  let nEmpty = 0;
  const sideLines: SideLine[] = [];
  let nFilled = 0;
  let nCut = 0;
  let length = 0;
  for (let i = nSkipped; i < records.length; i++) {
    const cells = join(records[i] as string[], rules);
    const verdict = judge(cells, rules);
    if (isRow(verdict)) {
      for (let c = 0; c < width; c++) {
        const cell = cells[c] ?? '';
        bounds[nRows * (width + 1) + c] = length;
        parts.push(cell);
        length += cell.length + 1;
      }
      bounds[nRows * (width + 1) + width] = length;
      if (verdict === 'filled') nFilled++;
      else if (verdict === 'cut') nCut++;
      else if (verdict !== 'row')
        doubtful.push({ row: nRows, from: verdict.from, raw: block.raws?.[i] ?? '' });
      nRows++;
    } else if (verdict === 'empty') nEmpty++;
    else {
      const at = { line: block.lines?.[i] ?? 0, raw: block.raws?.[i] ?? '' };
      if (isSideLine(verdict)) sideLines.push({ ...at, kind: verdict });
      else rejects.push({ ...at, reason: verdict });
    }
  }
  // One separator behind each cell, so that cells lie as in a block without quotes.
  const text = parts.join('\n');
  return {
    text,
    units: unitsOf(text),
    bounds,
    nRows,
    width,
    nEmpty,
    sideLines,
    nFilled,
    nCut,
    doubtful,
    rejects,
  };
}

function join(cells: readonly string[], { split }: CellRules): readonly string[] {
  return split === null ? cells : joinCells(cells, split);
}

type Verdict = 'row' | 'filled' | 'cut' | 'empty' | Shift | SideLineKind | RejectReason;

function isRow(verdict: Verdict): verdict is 'row' | 'filled' | 'cut' | Shift {
  return typeof verdict === 'object' || verdict === 'row' || verdict === 'filled' || verdict === 'cut';
}

function isSideLine(verdict: Verdict): verdict is SideLineKind {
  return (sideLineKinds as readonly Verdict[]).includes(verdict);
}

function judge(cells: readonly string[], rules: CellRules): Verdict {
  const { width, isDamaged, unevenRecords } = rules;
  if (cells.every((cell) => cell.trim() === '')) return 'empty';
  if (cells.some((cell) => cell.includes('\0'))) return 'nul-character';
  if (isDamaged && cells.some((cell) => cell.includes('\uFFFD'))) return 'damaged-character';
  const sideLine = findSideLine(cells, width, rules.sideLines);
  if (sideLine !== null) return sideLine;
  const isLong = cells.slice(width).some((cell) => cell.trim() !== '');
  if (cells.length >= width && !isLong) {
    if (isSubtotal(cells)) return 'total';
    if (unevenRecords === 'fit') return 'row';
    const isOdd = cells.length > width && cells.length !== rules.usualWidth;
    if (isOdd && !rules.fits(cells)) return 'too-many-cells';
    const shift = rules.shifts.judge(cells.slice(0, width), isOdd);
    return shift?.isSure === true ? 'shifted-cells' : (shift ?? 'row');
  }
  if (isTotal(cells) && (!isLong || unevenRecords === 'fit')) return 'total';
  if (isLong) return unevenRecords === 'fit' ? 'cut' : 'too-many-cells';
  return unevenRecords === 'reject' ? 'too-few-cells' : 'filled';
}

/** Cells of a single column as a block. */
export function blockOfCells(cells: readonly string[]): CellBlock {
  const text = cells.join('\n');
  const bounds = new Int32Array(2 * cells.length);
  let at = 0;
  for (const [row, cell] of cells.entries()) {
    bounds[2 * row] = at;
    at += cell.length + 1;
    bounds[2 * row + 1] = at;
  }
  return { text, units: unitsOf(text), bounds, nRows: cells.length, width: 1 };
}

/** Text of one cell. */
export function sliceCell(block: CellBlock, row: number, column: number): string {
  const at = row * (block.width + 1) + column;
  return block.text.slice(block.bounds[at], (block.bounds[at + 1] as number) - 1);
}

/** A copy that does not keep the text it was cut from in memory (engines make slices of it). */
export function detach(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
