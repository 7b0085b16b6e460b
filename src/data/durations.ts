import { parseNumber, type NumberMarks } from './numbers.ts';
import { msPerUnit, readTimeUnit, type TimeUnit, toColumnUnit } from './time-units.ts';

/** A duration written as text. */
export interface WrittenDuration {
  readonly ms: number;
  /** The unit it is told in: the first one written, hours of `36:15`. */
  readonly unit: TimeUnit;
  /** `5 jours?`, `~3 h`. */
  readonly isEstimate: boolean;
  /** Digits and one letter, as codes are as well: `12d`, `30m`. */
  readonly maybeCode: boolean;
}

const estimate = /^(?:~|≈|±|env\.?|environ|ca\.?|circa|approx\.?|about)\s*|\s*\?$/iu;
/** `211:08:29`, `36:15`, `36:15 h`, `5:00:00 PM`, with days before as `2.03:30:00`. */
const clock =
  /^(?:(\d+)(?:\.|\s+)(?=\d{1,2}:))?(\d{1,7}):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?\s?m\.?|\s*(?:h|hrs?|heures?|hours?|std|stunden|horas?|ore)\.?)?$/iu;
const n = String.raw`(\d+(?:[.,]\d+)?)`;
/** ISO 8601: `P1DT6H`, `PT45M`, `P2W`. */
const iso = new RegExp(
  `^P(?=[\\dT])(?:${n}M)?(?:${n}W)?(?:${n}D)?(?:T(?=\\d)(?:${n}H)?(?:${n}M)?(?:${n}S)?)?$`,
  'u',
);
const isoUnits = ['month', 'week', 'day', 'hour', 'minute', 'second'] as const;
const pair = /^(?:,|et|and|und|y|e|&|\+)?\s*(\d[\d\s'’.,]*?)(\s*)(\p{L}+)\.?\s*/iu;
const longest = 60;

/**
 * Reads a duration in any of the ways of writing it: `211:08:29`, `36:15`, `2 h 30`, `12 jours`, `4d 15h 5m`, `P1DT6H`,
 * `1 250,5 j`, `5 days, 3:00:00`; null for anything else, a bare number too. Units in six languages; a month is a
 * twelfth of a year, a day 24 hours.
 */
export function parseDuration(text: string, marks: NumberMarks): WrittenDuration | null {
  if (text.length > longest) return null;
  const trimmed = text.trim();
  const bare = trimmed.replace(estimate, '');
  const isEstimate = bare !== trimmed;
  const isNegative = /^[-−]/u.test(bare);
  const found = parseUnsigned(isNegative ? bare.slice(1).trimStart() : bare, marks);
  return found && { ...found, ms: isNegative ? -found.ms : found.ms, isEstimate };
}

type Unsigned = Omit<WrittenDuration, 'isEstimate'>;

function parseUnsigned(text: string, marks: NumberMarks): Unsigned | null {
  const ofClock = parseClock(text);
  if (ofClock !== null) return { ms: ofClock, unit: 'hour', maybeCode: false };
  const ofIso = iso.exec(text);
  return ofIso === null ? parsePairs(text, marks) : readIso(ofIso);
}

function parseClock(text: string): number | null {
  const match = clock.exec(text);
  if (match === null) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = '0', half] = match;
  if (half !== undefined && (Number(hours) < 1 || Number(hours) > 12)) return null;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  return (
    Number(days) * msPerUnit.day +
    hour * msPerUnit.hour +
    Number(minutes) * msPerUnit.minute +
    Number(seconds) * 1000 +
    Number(`0.${fraction}`) * 1000
  );
}

function readIso(match: RegExpExecArray): Unsigned | null {
  const parts = isoUnits.flatMap((unit, i) => {
    const digits = match[i + 1];
    return digits === undefined ? [] : [{ unit, count: Number(digits.replace(',', '.')) }];
  });
  const ms = parts.reduce((sum, { unit, count }) => sum + count * msPerUnit[unit], 0);
  return parts[0] === undefined ? null : { ms, unit: toColumnUnit(parts[0].unit), maybeCode: false };
}

/** Numbers with their units, the largest unit first; behind hours minutes may lack theirs (`2 h 30`), behind days a clock stands. */
function parsePairs(text: string, marks: NumberMarks): Unsigned | null {
  let rest = text;
  let ms = 0;
  let first: TimeUnit | 'second' | null = null;
  let last: TimeUnit | 'second' | null = null;
  let maybeCode = false;
  while (rest !== '') {
    const match = pair.exec(rest);
    if (match === null) {
      const remainder = readRemainder(rest, last);
      if (remainder === null || first === null) return null;
      return { ms: ms + remainder, unit: toColumnUnit(first), maybeCode: false };
    }
    const [whole, digits = '', gap, word = ''] = match;
    const unit = word.toLowerCase() === 'm' ? 'minute' : readTimeUnit(word);
    const value = parseNumber(digits.replace(/^0(?=\d$)/, ''), marks); // `04h30`
    if (unit === null || Number.isNaN(value) || (last !== null && msPerUnit[unit] >= msPerUnit[last]))
      return null;
    maybeCode = first === null && word.length === 1 && (gap === '' || word.toLowerCase() === 'm');
    first ??= unit;
    last = unit;
    ms += value * msPerUnit[unit];
    rest = rest.slice(whole.length);
  }
  return first === null ? null : { ms, unit: toColumnUnit(first), maybeCode };
}

function readRemainder(text: string, last: TimeUnit | 'second' | null): number | null {
  const minutes =
    last === 'hour'
      ? /^([0-5]?\d)(?:\s*['′’](?:\s*([0-5]?\d)\s*(?:["″”]|''))?|(?<=\d\d))$/u.exec(text)
      : null;
  if (minutes !== null) return Number(minutes[1]) * msPerUnit.minute + Number(minutes[2] ?? 0) * 1000;
  return last === 'day' ? parseClock(text.replace(/^,\s*/, '')) : null;
}
