import { civilFromInstant, daysFromCivil, MS_PER_DAY } from './dates.ts';

/** Easter Sunday of the Gregorian calendar, in days since 1970 (O. Butcher, "A Complete Ecclesiastical Calendar", 1876). */
export function findEaster(year: number): number {
  const a = year % 19;
  const [century, rest] = [Math.floor(year / 100), year % 100];
  const moons = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * a + century - Math.floor(century / 4) - moons + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7;
  const late = Math.floor((a + 11 * epact + 22 * weekday) / 451);
  const place = epact + weekday - 7 * late + 114;
  return daysFromCivil(year, Math.floor(place / 31), (place % 31) + 1);
}

/** Month and day of those that stay. */
const fixed = [
  [1, 1],
  [5, 1],
  [5, 8],
  [7, 14],
  [8, 15],
  [11, 1],
  [11, 11],
  [12, 25],
] as const;
/** Days after Easter Sunday: its Monday, Ascension, the Monday of Pentecost. */
const movable = [1, 39, 50] as const;

/** The eleven public holidays of the whole of France, in days since 1970, in no order. */
export function listHolidays(year: number): readonly number[] {
  const easter = findEaster(year);
  return [
    ...fixed.map(([month, day]) => daysFromCivil(year, month, day)),
    ...movable.map((days) => easter + days),
  ];
}

const daysOffOf = new Map<number, ReadonlySet<number>>();

/** Working days of a year that are holidays, or bridge one to a weekend: the Friday after a Thursday, the Monday before a Tuesday. */
function listDaysOff(year: number): ReadonlySet<number> {
  const known = daysOffOf.get(year);
  if (known) return known;
  const days = new Set<number>();
  for (const holiday of listHolidays(year)) {
    const { weekday } = civilFromInstant(holiday * MS_PER_DAY);
    if (weekday <= 5) days.add(holiday);
    if (weekday === 4) days.add(holiday + 1);
    if (weekday === 2) days.add(holiday - 1);
  }
  daysOffOf.set(year, days);
  return days;
}

/** Of the `nDays` days from that of an instant on, those of Monday to Friday on which France does not work. NaN of NaN. */
export function countDaysOff(instant: number, nDays: number): number {
  if (Number.isNaN(instant)) return NaN;
  const first = Math.floor(instant / MS_PER_DAY);
  let count = 0;
  for (let day = first; day < first + nDays; day++) {
    const { year } = civilFromInstant(day * MS_PER_DAY);
    // The Monday before a New Year's Tuesday is of the year before.
    if (listDaysOff(year).has(day) || listDaysOff(year + 1).has(day)) count++;
  }
  return count;
}
