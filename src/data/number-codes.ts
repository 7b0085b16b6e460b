import { nameSays, plainName } from './column-words.ts';
import type { Table } from './table.ts';
import { findUnitInName } from './time-units.ts';

/** One thing, as a column is called that says which. In the plural it counts them: `units down`. */
const things = new RegExp(
  `^(${[
    'tranche unite site centrale reacteur groupe usine equipement installation machine ouvrage',
    'unit plant station reactor equipment asset facility generator block substation machine',
    'kraftwerk anlage standort werk central planta unidad unita impianto unidade usina',
  ]
    .join(' ')
    .replaceAll(' ', '|')
    .replaceAll('_', ' ')})$`,
);
/** Words that say it is a name, with a thing beside them. */
const numberWords = /^(n|no|nr|num|numero|number|ref|reference|nom|name|nummer|kennung)$/;
/** Words that say it alone, whatever the thing: a cause, a team. */
const codeWords =
  /^(id|code|codes|identifiant|identifier|codigo|codice|key|cle|duid|oris|eia|eic|postal|zip)$/;
const glue = /^(de|du|des|la|le|les|l|d|of|the|der|del|da|do|\d+)$/;
/** `plantid`, `unitno`. */
const joined = /^(\w{3,}?)(id|no|nr|num|code)$/;
/** What is counted, measured or ranked, whatever it is a code or a number of. */
const amounts =
  /\b(nombres?|nbr?e?|counts?|totals?|totaux|sums?|sommes?|ages?|anciennetes?|annees?|ans?|years?|anos?|mois|months?|semaines?|weeks?|rangs?|ranks?|ordres?|orders?|niveaux?|levels?|class(es?)?|grades?|notes?|scores?|priorites?|priority|gravites?|severit(y|es?)|criticites?|criticality|importance|complexites?|complexity|couts?|costs?|prix|prices?|montants?|temperatures?|altitudes?|surfaces?|poids|weight)\b/;

/** Each value stands for several rows, or it tells nothing of rows to come. */
const LEAST_ROWS_PER_VALUE = 2;

/**
 * Whether whole numbers name things (`plant_id` 55077): few for their rows, in a column called the code, the identifier or
 * the number of one, or one thing itself (`Tranche` 1, 2, 3). Under another name only numbers of five digits and more,
 * all as long, no two at a round distance from all others, that come back again and again. `cells` weighs each text.
 */
export function areNumberCodes(name: string, cells: ReadonlyMap<string, number>): boolean {
  const texts = [...cells.keys()];
  // What is no number, is a name beside them.
  if (!texts.every((text) => wholeNumber.test(text) || !/^[-+]?[\d.,]/.test(text))) return false;
  const numbers = texts.filter((text) => wholeNumber.test(text));
  if (numbers.length < 2) return false;
  const nRows = numbers.reduce((sum, text) => sum + (cells.get(text) ?? 0), 0);
  if (nRows < LEAST_ROWS_PER_VALUE * numbers.length || saysAmount(name)) return false;
  return saysWhich(name) || (!nameSays(name, 'lever') && areLongCodes(numbers, nRows));
}

const wholeNumber = /^\d+([.,]0+)?$/;

function saysAmount(name: string): boolean {
  const isMeasured = (['power', 'energy', 'share', 'duration', 'overrun', 'version', 'date'] as const).some(
    (hint) => nameSays(name, hint),
  );
  return isMeasured || findUnitInName(name) !== null || amounts.test(plainName(name));
}

/** Whether the name says which one it is of things of a kind. A crew or a team alone is a headcount as well. */
function saysWhich(name: string): boolean {
  const words = plainName(name)
    .split(' ')
    .flatMap((word) => {
      const [, thing = '', code = ''] = joined.exec(word) ?? [];
      return things.test(thing) ? [thing, code] : [word];
    });
  if (codeWords.test(words[0] ?? '') || codeWords.test(words.at(-1) ?? '')) return true;
  const rest = words.filter((word) => !glue.test(word) && !numberWords.test(word));
  return rest.length > 0 && rest.every((word) => things.test(word));
}

const LONG = { digits: 5, values: 10, rowsPerValue: 5 } as const;

/** Measurements of so many digits hardly come back, or are rounded; months (202401) go on. */
function areLongCodes(numbers: readonly string[], nRows: number): boolean {
  const [first = ''] = numbers;
  const isLong = first.length >= LONG.digits && numbers.every((text) => text.length === first.length);
  if (!isLong || numbers.length < LONG.values || nRows < LONG.rowsPerValue * numbers.length) return false;
  const values = numbers.map(Number);
  const isMonths = numbers.every((text) => /^(19|20)\d\d(0[1-9]|1[0-2])$/.test(text));
  return !isMonths && values.reduce((a, b) => findCommonDivisor(a, b)) === 1;
}

function findCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : findCommonDivisor(b, a % b);
}

/** A column of labels that are all whole numbers, as it was read. */
export interface NumberCodes {
  readonly column: string;
  readonly nLabels: number;
  readonly examples: readonly string[];
}

const nExamples = 3;

/** Columns whose numbers were taken for names, but for those a person said so of. O(labels). */
export function findNumberCodes({ columns }: Table, chosen: ReadonlySet<string>): NumberCodes[] {
  return columns.flatMap((column): NumberCodes[] => {
    if (column.type !== 'category' || chosen.has(column.name)) return [];
    const { name, categories } = column;
    // With leading zeros they are no numbers to anyone.
    if (categories.length === 0 || !categories.every((label) => /^(0|[1-9]\d*)([.,]0+)?$/.test(label)))
      return [];
    return [{ column: name, nLabels: categories.length, examples: categories.slice(0, nExamples) }];
  });
}
