import { parseNumber, type NumberMarks } from './numbers.ts';

/** A number with a unit or a currency, as written: `1,450 GW`, `676 257,50 €`, `$1,200`, `21 pers.`. */
export interface WrittenMeasure {
  readonly value: number;
  readonly unit: string;
  /** Digits and an unknown letter without a space, as codes are: `12B`. */
  readonly maybeCode: boolean;
}

const currency = String.raw`[€$£¥]|(?:EUR|USD|GBP|CHF)\b`;
const shape = new RegExp(
  String.raw`^([+\-−]?)\s*(?:(${currency})\s*)?([+\-−]?\d[\d\s'’.,]*?(?:[-−](?=\s|$))?)(\s*)(${currency}|[kM]€|°?\p{L}[\p{L}/.]{0,11}[²³23]?\.?)?$`,
  'u',
);
const longest = 40;

/** Null for anything else, a bare number too. */
export function parseMeasure(text: string, marks: NumberMarks): WrittenMeasure | null {
  if (text.length > longest) return null;
  const match = shape.exec(text.trim());
  if (match === null) return null;
  const [, sign = '', before, digits = '', gap = '', after] = match;
  const unit = (before ?? after)?.replace(/\.$/, '');
  if (unit === undefined || (before !== undefined && after !== undefined)) return null;
  const value = parseNumber(digits, marks);
  if (Number.isNaN(value)) return null;
  const isKnown = before !== undefined || scaleOf.has(unit.toLowerCase());
  return { value: /[-−]/u.test(sign) ? -value : value, unit, maybeCode: gap === '' && !isKnown };
}

/** Units of one quantity, each as a power of ten of the first. */
const families: readonly (readonly (readonly [unit: string, power: number])[])[] = [
  ['', 'k', 'm', 'g', 't'].map((prefix, i) => [`${prefix}w`, 3 * i] as const),
  ['we', 'kwe', 'mwe', 'gwe'].map((unit, i) => [unit, 3 * i] as const),
  ['', 'k', 'm', 'g', 't'].map((prefix, i) => [`${prefix}wh`, 3 * i] as const),
  [
    ['€', 0],
    ['eur', 0],
    ['euro', 0],
    ['euros', 0],
    ['k€', 3],
    ['keur', 3],
    ['m€', 6],
    ['meur', 6],
  ],
  [
    ['$', 0],
    ['usd', 0],
    ['k$', 3],
    ['kusd', 3],
    ['m$', 6],
    ['musd', 6],
  ],
  [
    ['£', 0],
    ['gbp', 0],
  ],
  [['¥', 0]],
  [['chf', 0]],
  [
    ['m', 0],
    ['km', 3],
  ],
  [
    ['kg', 0],
    ['t', 3],
  ],
  [['°c', 0]],
];
const scaleOf: ReadonlyMap<string, { readonly family: number; readonly power: number }> = new Map(
  families.flatMap((units, family) => units.map(([unit, power]) => [unit, { family, power }] as const)),
);

/** Money names no kind of thing, as `900 MW` may. */
export function isCurrency(unit: string): boolean {
  return /^([km]?[€$]|[km]?eur|euros?|[km]?usd|£|gbp|¥|chf)$/i.test(unit);
}

/** How many of `to` one of `from` makes; NaN where they measure different things. A plural or a final point makes no other unit. */
export function convertMeasure(from: string, to: string): number {
  const [a, b] = [from.toLowerCase(), to.toLowerCase()];
  if (a === b || a === `${b}s` || `${a}s` === b) return 1;
  const [own, wanted] = [scaleOf.get(a), scaleOf.get(b)];
  if (own === undefined || wanted === undefined || own.family !== wanted.family) return NaN;
  return 10 ** (own.power - wanted.power);
}
