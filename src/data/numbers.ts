import { unitsOfShort, type CodeUnits } from './code-units.ts';

/** How a file writes numbers. Spaces of any kind and apostrophes between groups of three are always read. */
export interface NumberMarks {
  readonly decimalMark: '.' | ',';
  readonly thousandsMark: '' | ' ' | ',' | '.';
}

/** Why a text is not read as a number. */
export type NumberFault =
  | 'not-a-number'
  | 'leading-zero' // `007` is a label
  | 'ambiguous' // `1,234` where the comma is neither known mark
  | 'too-large';

const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
/** A minus, 15 digits and a decimal mark. */
const longestPlain = 17;
const MINUS = 45;
const ZERO = 48;

/**
 * Reads a number, or gives NaN where the text is none (see `findNumberFault` for the reason).
 *
 * Grammar: sign (also U+2212, and a minus behind as SAP writes it), digits, groups of three (space, U+00A0, U+202F, U+2009, apostrophe, or
 * the file's thousands mark), decimal mark, exponent, and a final `%` that divides by 100. The other
 * mark is understood where only one reading exists: `0,87` is 0.87 in any file, `1,234` only where
 * the comma's meaning is known. Exactly rounded: at most 15 digits over a power of ten up to 22 is one
 * IEEE division (Clinger 1990); anything else goes through the engine's own reader.
 */
export function parseNumber(text: string, marks: NumberMarks): number {
  if (text.length > longestPlain) return parseSlowly(text, marks);
  const decimalCode = marks.decimalMark.charCodeAt(0);
  const plain = parsePlainNumber(unitsOfShort(text), 0, text.length, decimalCode);
  return Number.isNaN(plain) ? parseSlowly(text, marks) : plain;
}

/**
 * A number written plainly (an optional minus, digits, one decimal mark, at most 15 digits) within
 * `units[from, to)`; NaN for anything else, which may still be a number. Allocates nothing.
 */
export function parsePlainNumber(units: CodeUnits, from: number, to: number, decimalCode: number): number {
  const first = (units[from] as number) === MINUS ? from + 1 : from;
  if (to - first > 16 || to <= first) return NaN;
  let mantissa = 0;
  let at = first;
  for (; at < to; at++) {
    const digit = (units[at] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    mantissa = mantissa * 10 + digit;
  }
  const nIntegerDigits = at - first;
  if (nIntegerDigits !== 1 && (nIntegerDigits === 0 || (units[first] as number) === ZERO)) return NaN;
  if (at === to) {
    if (nIntegerDigits > 15) return NaN;
    return first === from ? mantissa : -mantissa;
  }
  if ((units[at] as number) !== decimalCode) return NaN;
  const nDecimals = to - at - 1;
  for (at++; at < to; at++) {
    const digit = (units[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    mantissa = mantissa * 10 + digit;
  }
  const value = mantissa / (powersOfTen[nDecimals] as number);
  return first === from ? value : -value;
}

/** The reason why `parseNumber` gives NaN for this text; null where it gives a number. */
export function findNumberFault(text: string, marks: NumberMarks): NumberFault | null {
  if (!Number.isNaN(parseNumber(text, marks))) return null;
  const normal = normalise(text, marks);
  if (normal.fault !== null) return normal.fault;
  return 'too-large';
}

function parseSlowly(text: string, marks: NumberMarks): number {
  const normal = normalise(text, marks);
  if (normal.fault !== null) return NaN;
  const value = Number(normal.digits);
  if (!Number.isFinite(value)) return NaN;
  return normal.isPercent ? value / 100 : value;
}

type Normal =
  | { readonly fault: null; readonly digits: string; readonly isPercent: boolean }
  | { readonly fault: NumberFault };

const shape = /^([+\-−]?)\s*(\d[\d\s'’.,]*|[.,]\d+)(?:[eE]([+\-−]?\d{1,4}))?\s*(%?)([-−]?)$/u;
const spacedGroups = /^\d{1,3}(?:[\s'’]\d{3})+(?=[.,]|$)/u;

/** Rewrites a number in the programming form, or says why it cannot. */
function normalise(text: string, marks: NumberMarks): Normal {
  const match = shape.exec(text.trim());
  if (match === null || (match[1] !== '' && match[5] !== '')) return { fault: 'not-a-number' };
  let body = (match[2] as string).trimEnd();
  const grouped = spacedGroups.exec(body);
  if (grouped !== null) body = grouped[0].replace(/[\s'’]/gu, '') + body.slice(grouped[0].length);
  if (!/^[\d.,]+$/.test(body)) return { fault: 'not-a-number' };
  const split = splitAtDecimalMark(body, marks, grouped !== null);
  if ('fault' in split) return split;
  if (/^0\d/.test(split.integer)) return { fault: 'leading-zero' };
  const sign = (match[1] === '' || match[1] === '+') && match[5] === '' ? '' : '-';
  const exponent = match[3] === undefined ? '' : `e${match[3].replace('−', '-')}`;
  return {
    fault: null,
    digits: `${sign}${split.integer === '' ? '0' : split.integer}.${split.fraction}0${exponent}`,
    isPercent: match[4] === '%',
  };
}

interface Split {
  readonly integer: string;
  readonly fraction: string;
}

function splitAtDecimalMark(
  body: string,
  marks: NumberMarks,
  hasSpacedGroups: boolean,
): Split | { readonly fault: NumberFault } {
  const lastMark = Math.max(body.lastIndexOf('.'), body.lastIndexOf(','));
  if (lastMark < 0) return { integer: body, fraction: '' };
  const mark = body[lastMark] as string;
  const before = body.slice(0, lastMark);
  const after = body.slice(lastMark + 1);
  const other = mark === '.' ? ',' : '.';
  if (before.includes(mark)) {
    // The mark comes twice or more, so it groups: 1.234.567
    if (before.includes(other)) return { fault: 'not-a-number' };
    return isGrouped(body, mark)
      ? { integer: body.replaceAll(mark, ''), fraction: '' }
      : { fault: 'not-a-number' };
  }
  if (before.includes(other)) {
    // Both marks: the last one is the decimal mark: 1.234,5
    return isGrouped(before, other)
      ? { integer: before.replaceAll(other, ''), fraction: after }
      : { fault: 'not-a-number' };
  }
  if (mark === marks.decimalMark) return { integer: before, fraction: after };
  const mayGroup = isGrouped(body, mark) && before !== '0' && !hasSpacedGroups;
  if (mayGroup && mark === marks.thousandsMark) return { integer: before + after, fraction: '' };
  if (mayGroup) return { fault: 'ambiguous' };
  return { integer: before, fraction: after };
}

function isGrouped(body: string, mark: string): boolean {
  const groups = body.split(mark);
  const first = groups[0] as string;
  return first.length >= 1 && first.length <= 3 && groups.slice(1).every((group) => group.length === 3);
}
