import type { DateOrder } from '../dates.ts';
import type { Dialect, DialectEvidence } from './dialect.ts';

export type Marks = Pick<Dialect, 'decimalMark' | 'thousandsMark' | 'dateOrder'>;

const decisive = {
  comma:
    /^[+\-−]?(\d*,\d{1,2}|\d*,\d{4,}|0,\d+|\d{4,},\d+|\d{1,3}(\.\d{3})+,\d+|\d{1,3}([\s']\d{3})+,\d+)([eE][+-]?\d+)?\s*%?$/u,
  point:
    /^[+\-−]?(\d*\.\d{1,2}|\d*\.\d{4,}|0\.\d+|\d{4,}\.\d+|\d{1,3}(,\d{3})+\.\d+|\d{1,3}([\s']\d{3})+\.\d+)([eE][+-]?\d+)?\s*%?$/u,
};
const ambiguous = {
  comma: /^[+\-−]?[1-9]\d{0,2},\d{3}$/u,
  point: /^[+\-−]?[1-9]\d{0,2}\.\d{3}$/u,
};
const repeatedGroups = { comma: /^[+\-−]?\d{1,3}(,\d{3}){2,}$/u, point: /^[+\-−]?\d{1,3}(\.\d{3}){2,}$/u };
const bothMarks = { comma: /\d\.\d{3},\d/u, point: /\d,\d{3}\.\d/u };
const spacedGroups = /^[+\-−]?\d{1,3}([\s']\d{3})+([.,]\d+)?$/u;

/**
 * Decimal mark, thousands mark and date order from the cells of a file's beginning. Only values with a
 * single reading decide (`0,87`, `1.234,5`, `27/03/2025`); where all are of the kind `1,234` or
 * `03/04/2025` the usual one is proposed and marked as ambiguous.
 */
export function detectMarks(
  cells: readonly string[],
  delimiter: Dialect['delimiter'],
): { marks: Marks; evidence: DialectEvidence[] } {
  const tally = tallyNumbers(cells);
  const decimal = decideDecimal(tally, delimiter);
  const thousands = decideThousands(tally, decimal.value, decimal.isGrouping);
  const dates = decideDateOrder(cells, decimal.value);
  return {
    marks: { decimalMark: decimal.value, thousandsMark: thousands.value, dateOrder: dates.value },
    evidence: [decimal.evidence, thousands.evidence, dates.evidence],
  };
}

interface Tally {
  readonly comma: string[];
  readonly point: string[];
  readonly ambiguousComma: string[];
  readonly ambiguousPoint: string[];
  readonly spaced: string[];
  readonly groupedComma: string[];
  readonly groupedPoint: string[];
}

function tallyNumbers(cells: readonly string[]): Tally {
  const tally: Tally = {
    comma: [],
    point: [],
    ambiguousComma: [],
    ambiguousPoint: [],
    spaced: [],
    groupedComma: [],
    groupedPoint: [],
  };
  for (const raw of cells) {
    const cell = raw.trim();
    if (!/^[+\-−]?[\d.,]/u.test(cell)) continue;
    if (decisive.comma.test(cell)) tally.comma.push(cell);
    else if (decisive.point.test(cell)) tally.point.push(cell);
    else if (ambiguous.comma.test(cell)) tally.ambiguousComma.push(cell);
    else if (ambiguous.point.test(cell)) tally.ambiguousPoint.push(cell);
    if (spacedGroups.test(cell)) tally.spaced.push(cell);
    if (bothMarks.point.test(cell) || repeatedGroups.comma.test(cell)) tally.groupedComma.push(cell);
    if (bothMarks.comma.test(cell) || repeatedGroups.point.test(cell)) tally.groupedPoint.push(cell);
  }
  return tally;
}

interface DecimalDecision {
  readonly value: '.' | ',';
  /** The values of the ambiguous kind group thousands with the other mark. */
  readonly isGrouping: boolean;
  readonly evidence: DialectEvidence;
}

function decideDecimal(tally: Tally, delimiter: Dialect['delimiter']): DecimalDecision {
  const decide = (
    value: '.' | ',',
    because: DialectEvidence['because'],
    examples: readonly string[],
    isGrouping = false,
  ): DecimalDecision => ({
    value,
    isGrouping,
    evidence: {
      field: 'decimalMark',
      value,
      because,
      examples: [...new Set(examples)].slice(0, 3),
      isAmbiguous: because === 'ambiguous-values',
    },
  });
  if (tally.comma.length > 0 || tally.point.length > 0) {
    return tally.comma.length > tally.point.length
      ? decide(',', 'decisive-values', tally.comma)
      : decide('.', 'decisive-values', tally.point);
  }
  if (tally.groupedComma.length > 0) return decide('.', 'grouped-digits', tally.groupedComma, true);
  if (tally.groupedPoint.length > 0) return decide(',', 'grouped-digits', tally.groupedPoint, true);
  if (tally.ambiguousComma.length > 0) {
    return delimiter === ','
      ? decide('.', 'ambiguous-values', tally.ambiguousComma, true)
      : decide(',', 'ambiguous-values', tally.ambiguousComma);
  }
  if (tally.ambiguousPoint.length > 0) {
    return delimiter === ';'
      ? decide('.', 'ambiguous-values', tally.ambiguousPoint)
      : decide('.', 'decisive-values', tally.ambiguousPoint);
  }
  return decide(delimiter === ';' ? ',' : '.', 'no-such-value', []);
}

function decideThousands(tally: Tally, decimalMark: '.' | ',', isGrouping: boolean) {
  const other = decimalMark === '.' ? ',' : '.';
  const grouped = other === ',' ? tally.groupedComma : tally.groupedPoint;
  const single = other === ',' ? tally.ambiguousComma : tally.ambiguousPoint;
  // A decisive decimal mark leaves one reading for `1,234` in a file of points: thousands.
  const groups = grouped.length > 0 || isGrouping || single.length > 0 ? [...grouped, ...single] : [];
  const value: Dialect['thousandsMark'] = groups.length > 0 ? other : tally.spaced.length > 0 ? ' ' : '';
  const examples = groups.length > 0 ? groups : tally.spaced;
  const evidence: DialectEvidence = {
    field: 'thousandsMark',
    value,
    because: value === '' ? 'no-such-value' : 'grouped-digits',
    examples: [...new Set(examples)].slice(0, 3),
    isAmbiguous: false,
  };
  return { value, evidence };
}

const numericDate = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|(?<!\.)\d{2})(?:[\sT,].*)?$/u;

function decideDateOrder(cells: readonly string[], decimalMark: '.' | ',') {
  const dayFirst: string[] = [];
  const monthFirst: string[] = [];
  const yearFirst: string[] = [];
  const open: string[] = [];
  let hasHalfDays = false;
  let hasIso = false;
  for (const raw of cells) {
    const cell = raw.trim();
    hasIso ||= /^\d{4}[/.-]\d{1,2}[/.-]\d{1,2}/.test(cell);
    const match = numericDate.exec(cell);
    if (match === null) continue;
    hasHalfDays ||= /[ap]\.?m\.?$/i.test(cell);
    const [a, b, c] = [Number(match[1]), Number(match[3]), Number(match[4])];
    if (a > 31 && b <= 12 && (match[4] as string).length === 2) yearFirst.push(cell);
    else if (a > 12 && a <= 31 && b <= 12) dayFirst.push(cell);
    else if (b > 12 && b <= 31 && a <= 12) monthFirst.push(cell);
    else if (a >= 1 && a <= 12 && b >= 1 && b <= 12 && c >= 0) open.push(cell);
  }
  const decide = (value: DateOrder, because: DialectEvidence['because'], examples: readonly string[]) => ({
    value,
    evidence: {
      field: 'dateOrder',
      value,
      because,
      examples: [...new Set(examples)].slice(0, 3),
      isAmbiguous: because === 'ambiguous-values',
    } satisfies DialectEvidence,
  });
  if (dayFirst.length > monthFirst.length) return decide('dmy', 'decisive-values', dayFirst);
  if (monthFirst.length > 0) return decide('mdy', 'decisive-values', monthFirst);
  if (yearFirst.length > 0) return decide('ymd', 'decisive-values', yearFirst);
  if (open.length > 0) {
    const isAmerican = hasHalfDays && decimalMark === '.';
    return decide(isAmerican ? 'mdy' : 'dmy', 'ambiguous-values', open);
  }
  return decide(hasIso ? 'ymd' : 'dmy', 'no-such-value', []);
}
