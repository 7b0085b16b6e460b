import { tellMeaning } from '../cell-meaning.ts';
import { isDateName, nameSays, plainName } from '../column-words.ts';
import { parseCompactDate, parseDate } from '../dates.ts';
import { parseDuration, type WrittenDuration } from '../durations.ts';
import { convertMeasure, isCurrency, parseMeasure } from '../measures.ts';
import { isMissing } from '../missing-words.ts';
import { areNumberCodes } from '../number-codes.ts';
import { parseNumber } from '../numbers.ts';
import { parsePeriod } from '../periods.ts';
import type { ColumnType } from '../table.ts';
import { findUnitInName, type TimeUnit } from '../time-units.ts';
import {
  createCellReader,
  insideBrackets,
  isSerial,
  type CellFormat,
  type CellMarks,
} from './cell-reader.ts';

/** How the cells of one column are read. */
export interface ColumnReading {
  readonly type: ColumnType;
  readonly format: CellFormat;
  /** With more cells unread than this share of those that are there, the column is read again as labels. */
  readonly maxUnreadShare: number;
}

/** At least this share of a column's cells must read as its type, if nothing else speaks for it; the others are listed as unread. */
const minReadableShare = 0.9;

export const labelReading: ColumnReading = {
  type: 'category',
  format: { kind: 'labels' },
  maxUnreadShare: 1,
};

/**
 * The type most of the cells have; null where all are missing. `counts` weighs each text, `wanted` is the type a person
 * chose.
 *
 * A column in which numbers with leading zeros stand (`007`) and all have the same number of digits
 * holds labels, and so does one whose numbers name things (`areNumberCodes`). Whole numbers within Excel's range of recent days are dates where the name says "date". Where most cells
 * or the name say a type, a few words among them (`en cours`, `ND`, `> 9`) do not make the column one of labels.
 */
export function inferReading(
  name: string,
  texts: readonly string[],
  marks: CellMarks,
  counts: ArrayLike<number> | null = null,
  wanted: ColumnType | null = null,
): ColumnReading | null {
  const cells = countCells(texts, counts);
  let nPresent = 0;
  for (const weight of cells.values()) nPresent += weight;
  if (nPresent === 0) return null;
  if (wanted === 'category') return labelReading;
  const tally = tallyCells(name, cells, marks);
  if (wanted !== null) return readAs(wanted, name, cells, tally, marks);
  for (const candidate of listCandidates(name, cells, tally, nPresent)) {
    const judged = judge(candidate, cells, nPresent, marks);
    if (judged !== null) return judged;
  }
  return labelReading;
}

/** As a person chose: in the way of that type that reads the most cells, however few. */
function readAs(
  type: 'number' | 'date',
  name: string,
  cells: ReadonlyMap<string, number>,
  tally: Tally,
  marks: CellMarks,
): ColumnReading {
  const unit = chooseDurationUnit(name, tally, true);
  const measure = findMostFrequent(tally.measureUnits);
  const formats: readonly CellFormat[] =
    type === 'date'
      ? [{ kind: 'dates', isDotted: true }, { kind: 'serials' }, { kind: 'compact-dates' }]
      : [
          { kind: 'numbers', hasBrackets: true },
          ...(unit === null ? [] : [{ kind: 'durations', unit } as const]),
          ...(measure === null ? [] : [{ kind: 'measures', unit: measure } as const]),
        ];
  const counted = formats.map((format) => ({ format, ...countRead(format, cells, marks) }));
  const { format } = counted.reduce((best, each) => (each.nRead > best.nRead ? each : best));
  return { type, format, maxUnreadShare: 1 };
}

/** The texts that are there, each once, with how often. */
function countCells(texts: readonly string[], counts: ArrayLike<number> | null): ReadonlyMap<string, number> {
  const cells = new Map<string, number>();
  for (const [i, raw] of texts.entries()) {
    const weight = counts?.[i] ?? 1;
    const text = raw.trim();
    if (weight > 0 && !isMissing(text)) cells.set(text, (cells.get(text) ?? 0) + weight);
  }
  return cells;
}

interface Tally {
  nNumbers: number;
  nBrackets: number;
  nDates: number;
  nSerials: number;
  nCompact: number;
  nClockDigits: number;
  readonly durations: { readonly written: WrittenDuration; readonly weight: number }[];
  readonly measureUnits: Map<string, number>;
  readonly numbers: Set<number>;
  hasLeadingZero: boolean;
  readonly widths: Set<number>;
}

function tallyCells(name: string, cells: ReadonlyMap<string, number>, marks: CellMarks): Tally {
  const tally: Tally = {
    nNumbers: 0,
    nBrackets: 0,
    nDates: 0,
    nSerials: 0,
    nCompact: 0,
    nClockDigits: 0,
    durations: [],
    measureUnits: new Map(),
    numbers: new Set(),
    hasLeadingZero: false,
    widths: new Set(),
  };
  const isDotted = saysInstant(name);
  for (const [text, weight] of cells) tallyCell(text, weight, marks, isDotted, tally);
  return tally;
}

function tallyCell(text: string, weight: number, marks: CellMarks, isDotted: boolean, outTally: Tally): void {
  if (/^\d+$/.test(text)) {
    outTally.widths.add(text.length);
    outTally.hasLeadingZero ||= text.length > 1 && text.startsWith('0');
    if (text.length >= 8 && !Number.isNaN(parseCompactDate(text))) outTally.nCompact += weight;
    if (text.length <= 6) outTally.nClockDigits += weight;
  } else if (/^\d{8}[T ]\d/.test(text) && !Number.isNaN(parseCompactDate(text))) {
    outTally.nCompact += weight;
    return;
  }
  const value = parseNumber(text, marks);
  if (!Number.isNaN(value)) {
    outTally.nNumbers += weight;
    outTally.numbers.add(value);
    if (isSerial(value)) outTally.nSerials += weight;
    return;
  }
  if (!Number.isNaN(parseDate(text, marks.dateOrder, isDotted)) || !Number.isNaN(parsePeriod(text))) {
    outTally.nDates += weight;
    return;
  }
  const inside = insideBrackets(text);
  if (inside !== null && !Number.isNaN(parseNumber(inside, marks))) outTally.nBrackets += weight;
  const written = parseDuration(text, marks);
  if (written !== null) {
    outTally.durations.push({ written, weight });
    return;
  }
  const measure = parseMeasure(text, marks);
  if (measure === null || measure.maybeCode) return;
  outTally.measureUnits.set(measure.unit, (outTally.measureUnits.get(measure.unit) ?? 0) + weight);
}

interface Candidate {
  readonly type: 'number' | 'date';
  readonly format: CellFormat;
  /** The name says this type. */
  readonly isNamed: boolean;
  /** Its values tell things apart as measurements do, and labels do not. */
  readonly isVaried: boolean;
}

/** In the order in which they are tried. */
function listCandidates(
  name: string,
  cells: ReadonlyMap<string, number>,
  tally: Tally,
  nPresent: number,
): Candidate[] {
  const isDate = saysInstant(name);
  const isTime = saysTimeOfDay(name);
  const isDuration = saysDuration(name);
  const mostly = (n: number) => n >= minReadableShare * nPresent;
  const candidates: Candidate[] = [];
  const add = (type: Candidate['type'], format: CellFormat, isNamed: boolean, isVaried = true) =>
    candidates.push({ type, format, isNamed, isVaried });
  if (tally.nSerials > 0 && isDate && mostly(tally.nSerials)) add('date', { kind: 'serials' }, true);
  if (mostly(tally.nCompact) && (isDate || nPresent >= minUnnamed))
    add('date', { kind: 'compact-dates' }, isDate);
  if (
    isTime &&
    !isDuration &&
    tally.widths.size > 0 &&
    Math.max(...tally.widths) === 6 &&
    mostly(tally.nClockDigits)
  )
    add('number', { kind: 'clock-digits' }, true);
  const isCode = (tally.hasLeadingZero && tally.widths.size === 1) || areNumberCodes(name, cells);
  const hasBrackets = tally.nBrackets > 0 && tally.nBrackets < tally.nNumbers;
  const numbers: CellFormat = { kind: 'numbers', hasBrackets };
  if (tally.nNumbers > 0 && !isCode && (mostly(tally.nNumbers) || tally.nNumbers >= tally.nDates))
    add('number', numbers, isDuration, tally.numbers.size > maxNumbersOfLabels);
  if (tally.nDates > 0) add('date', { kind: 'dates', isDotted: isDate }, isDate);
  const unit = chooseDurationUnit(name, tally, isDuration);
  if (unit !== null) add('number', { kind: 'durations', unit }, isDuration);
  const measure = chooseMeasureUnit(tally.measureUnits);
  const isQuantity = isDuration || quantities.some((hint) => nameSays(name, hint));
  // `900 MW` may name a kind of unit.
  if (measure !== null && (isQuantity || isCurrency(measure) || cells.size > maxNumbersOfLabels)) {
    add('number', { kind: 'measures', unit: measure }, isQuantity);
  }
  return candidates;
}

const quantities = ['power', 'energy', 'lever', 'share'] as const;
/** So many eight-digit numbers are not all days by chance. */
const minUnnamed = 20;
/** Labels may be numbers (`900`, `1300`, `N4`): so few of them, with words beside, are no measurement. */
const maxNumbersOfLabels = 20;
/** Words that nobody knows may stand in a column of values if they are as few. */
const maxOtherWords = 5;

/** Whether a column of that name tells a span of time. */
export function saysDuration(name: string): boolean {
  return (
    nameSays(name, 'duration') ||
    nameSays(name, 'overrun') ||
    (findUnitInName(name) !== null && !saysTimeOfDay(name)) ||
    /\b(temps|delais?|dauer|duracion|durata|duracao|elapsed|zeitraum)\b/.test(plainName(name))
  );
}

function saysInstant(name: string): boolean {
  return isDateName(name) || nameSays(name, 'start') || nameSays(name, 'end');
}

/** Whether a column of that name may tell the hour of the day. */
export function saysTimeOfDay(name: string): boolean {
  return /^h |\b(heure|time|(anfangs?|beginn|start|ende?|schluss)?(uhr)?zeit|hora|ora|hour|auzt[bv])\b/.test(
    plainName(name),
  );
}

/** The unit the name says, else the one most cells are told in; null where the cells may as well be codes. */
function chooseDurationUnit(name: string, { durations }: Tally, isNamed: boolean): TimeUnit | null {
  const nOf = new Map<TimeUnit, number>();
  let nWritten = 0;
  let nCodes = 0;
  for (const { written, weight } of durations) {
    nOf.set(written.unit, (nOf.get(written.unit) ?? 0) + weight);
    nWritten += weight;
    if (written.maybeCode) nCodes += weight;
  }
  if (nWritten === 0 || (!isNamed && 2 * nCodes > nWritten)) return null;
  return findUnitInName(name) ?? findMostFrequent(nOf);
}

/** The most frequent unit, if at least nine in ten can be told in it. */
function chooseMeasureUnit(units: ReadonlyMap<string, number>): string | null {
  const unit = findMostFrequent(units);
  if (unit === null) return null;
  let [nAll, nOfKind] = [0, 0];
  for (const [other, weight] of units) {
    nAll += weight;
    if (!Number.isNaN(convertMeasure(other, unit))) nOfKind += weight;
  }
  return nOfKind >= minReadableShare * nAll ? unit : null;
}

function findMostFrequent<Key>(counts: ReadonlyMap<Key, number>): Key | null {
  let best: Key | null = null;
  let most = 0;
  for (const [key, count] of counts) if (count > most) [best, most] = [key, count];
  return best;
}

/** How many cells read so, how many are words that are known, and the other texts. */
function countRead(format: CellFormat, cells: ReadonlyMap<string, number>, marks: CellMarks) {
  const read = createCellReader(format, marks, () => {});
  let nRead = 0;
  let nKnownWords = 0;
  const others = new Set<string>();
  for (const [text, weight] of cells) {
    if (!Number.isNaN(read(text))) nRead += weight;
    else if (tellMeaning(text, read) !== null) nKnownWords += weight;
    else others.add(text);
  }
  return { nRead, nKnownWords, others };
}

/** The candidate as a reading, if enough cells read so and the others are words that say why they do not. */
function judge(
  { type, format, isNamed, isVaried }: Candidate,
  cells: ReadonlyMap<string, number>,
  nPresent: number,
  marks: CellMarks,
): ColumnReading | null {
  const { nRead, nKnownWords, others } = countRead(format, cells, marks);
  if (nRead >= minReadableShare * nPresent) return { type, format, maxUnreadShare: 1 - minReadableShare };
  const isExplained = nRead + nKnownWords === nPresent;
  if (!isExplained && (others.size > maxOtherWords || !(isNamed || isVaried))) return null;
  const least = leastReadable[isExplained ? 'known-words' : 'other-words'][isNamed ? 'named' : 'unnamed'];
  return nRead < least * nPresent ? null : { type, format, maxUnreadShare: 1 - least };
}

/** The share of the cells that must read as the type where the others are words, by what these are, and whether the column's name says the type. */
const leastReadable = {
  'known-words': { named: 0.2, unnamed: 0.5 },
  'other-words': { named: 0.5, unnamed: 0.7 },
} as const;
