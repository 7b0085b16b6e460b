import { describe, expect, it } from 'vitest';
import { writeDay, MS_PER_DAY } from './dates.ts';
import { countDaysOff, findEaster, listHolidays } from './french-holidays.ts';

const on = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day);

describe('French public holidays', () => {
  it.each([
    [1818, '1818-03-22'],
    [1943, '1943-04-25'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2019, '2019-04-21'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2038, '2038-04-25'],
    [2285, '2285-03-22'],
  ])('go by the Easter of %i', (year, day) => {
    expect(writeDay(findEaster(year) * MS_PER_DAY)).toBe(day);
  });

  it('are those of the decree for 2024', () => {
    const days = listHolidays(2024).map((day) => writeDay(day * MS_PER_DAY).slice(5));
    expect(days.toSorted()).toEqual(
      [
        '01-01',
        '04-01',
        '05-01',
        '05-08',
        '05-09',
        '05-20',
        '07-14',
        '08-15',
        '11-01',
        '11-11',
        '12-25',
      ].toSorted(),
    );
  });

  it('count with their bridges, on working days, from the day of the start on', () => {
    // May 2024: Wednesday 1 and 8, Thursday 9 with its bridge, Monday 20.
    expect(countDaysOff(on(2024, 5, 1) + 9 * 3_600_000, 30)).toBe(5);
    expect(countDaysOff(on(2024, 5, 1), 7)).toBe(1);
    expect(countDaysOff(on(2024, 5, 2), 6)).toBe(0);
    expect(countDaysOff(on(2024, 7, 10), 7)).toBe(0); // 14 July is a Sunday
    expect(countDaysOff(on(2018, 12, 31), 1)).toBe(1); // the Monday before a Tuesday
    expect(countDaysOff(on(2024, 12, 20), 30)).toBe(2);
    expect(countDaysOff(NaN, 7)).toBeNaN();
  });
});
