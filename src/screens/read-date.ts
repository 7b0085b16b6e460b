import { civilFromInstant, parseDate } from '#data/dates.ts';

/** Years a planner may mean: a slip of the keyboard (0206, 20266) is no date. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** A typed date (12/04/2026, 12/04/2026 22:15, 2026-04-12), in milliseconds as if in UTC; null while it is none. */
export function readDate(text: string): number | null {
  const instant = parseDate(text, 'dmy');
  const { year } = civilFromInstant(Number.isNaN(instant) ? 0 : instant);
  return Number.isNaN(instant) || year < FIRST_YEAR || year > LAST_YEAR ? null : instant;
}
