import { civilFromInstant, daysFromCivil, MS_PER_DAY } from '../dates.ts';
import type { NumberMeaning } from './number-format.ts';

/** Days between the beginnings of the two calendars of workbooks. */
const days1904 = 1_462;
/** Below, a number that is shown as a time of day is an amount of time: nobody plans before 1954. */
const firstDate = 20_000;

/**
 * A workbook's number of days as a date (`2024-03-12`, with the time where there is one), a time of day (`06:30`) or an
 * amount of hours (`36:15`); null where it is none: 0 shown as a date is what a formula makes of an empty cell.
 */
export function writeSerial(serial: number, meaning: NumberMeaning, is1904: boolean): string | null {
  if (meaning === 'duration') return writeHours(serial);
  if (meaning === 'time' && serial < firstDate) return writeHours(serial);
  if (serial < 0 || (serial === 0 && !is1904)) return null;
  // 1900 has a 29 February in the older calendar, a fault that all keep.
  const days = is1904 ? serial + days1904 : serial < 60 ? serial + 1 : serial;
  const instant = Math.round((days + daysFromCivil(1899, 12, 30)) * MS_PER_DAY);
  const { year, month, day } = civilFromInstant(instant);
  if (!Number.isFinite(instant) || year > 9_999) return null;
  const date = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
  const ofDay = instant - Math.floor(instant / MS_PER_DAY) * MS_PER_DAY;
  return ofDay === 0 ? date : `${date} ${writeClock(ofDay)}`;
}

function writeHours(days: number): string {
  const clock = writeClock(Math.round(Math.abs(days) * MS_PER_DAY));
  return days < 0 ? `-${clock}` : clock;
}

/** `06:30`, with seconds and thousandths where they are not 0. */
function writeClock(ms: number): string {
  const clock = `${pad(Math.floor(ms / 3_600_000))}:${pad(Math.floor(ms / 60_000) % 60)}`;
  const seconds = pad(Math.floor(ms / 1_000) % 60);
  const thousandths = ms % 1_000;
  if (thousandths > 0) return `${clock}:${seconds}.${String(thousandths).padStart(3, '0')}`;
  return seconds === '00' ? clock : `${clock}:${seconds}`;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
