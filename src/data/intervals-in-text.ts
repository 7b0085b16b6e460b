import { parseDate, MS_PER_DAY, type DateOrder } from './dates.ts';
import { msPerUnit } from './time-units.ts';
import { tellsOngoing } from './cell-meaning.ts';

export interface WrittenInterval {
  readonly start: number;
  /** NaN where the cell says that there is none yet. */
  readonly end: number;
  readonly hasTime: boolean;
}

const opening = /^(?:du|de|from|vom|von|del|dal|do|depuis|since|seit)\s+(?:le\s+)?/iu;
const between = /\s*(?:→|->|–|—|\.\.+|\s(?:au|jusqu['’]au|to|until|till|bis|al|à|a|ao|até)\s|\/|-)\s*/giu;
const timeOnly = /^\d{1,2}\s*[:hH]\s*\d{2}(?::\d{2})?$/;
const longest = 100;

/**
 * Start and end written in one cell: `01.03.2024 00:00 - 05.03.2024 12:00`, `du 1/3/2024 au 5/3/2024`,
 * `2024-03-01/2024-03-05`, `01.03.2024 08:00 – 17:00`; null for anything else.
 */
export function parseInterval(text: string, order: DateOrder): WrittenInterval | null {
  const bare = text.trim().replace(opening, '');
  if (bare.length > longest || !/^\p{L}*\.?,?\s*\d/u.test(bare)) return null;
  for (const match of bare.matchAll(between)) {
    const [left, right] = [bare.slice(0, match.index), bare.slice(match.index + match[0].length)];
    const start = parseDate(left, order, true);
    if (Number.isNaN(start)) continue;
    const end = readEnd(right, start, order);
    if (end !== null) return { start, end, hasTime: /\d\s*[:hH]/.test(bare) };
  }
  return null;
}

function readEnd(text: string, start: number, order: DateOrder): number | null {
  if (text === '' || tellsOngoing(text)) return NaN;
  if (timeOnly.test(text)) {
    const [hour = NaN, minute = NaN] = text.split(/\s*[:hH]\s*/).map(Number);
    const end = Math.floor(start / MS_PER_DAY) * MS_PER_DAY + (hour * 60 + minute) * msPerUnit.minute;
    return end < start ? null : end;
  }
  const end = parseDate(text, order, true);
  return Number.isNaN(end) ? null : end;
}
