import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { unitsOf } from './code-units.ts';
import {
  civilFromInstant,
  daysFromCivil,
  hasTimeOfDay,
  instantFromExcelSerial,
  parseDate,
  parseIsoDate,
  type DateOrder,
} from './dates.ts';

const utc = (text: string) => Date.parse(text);

describe('parseDate', () => {
  it.each<[string, DateOrder, string]>([
    ['2025-04-03', 'ymd', '2025-04-03T00:00Z'],
    ['2025-04-03 14:05', 'dmy', '2025-04-03T14:05Z'],
    ['2025-04-03T14:05:59', 'dmy', '2025-04-03T14:05:59Z'],
    ['2025-04-03T14:05:59.250Z', 'dmy', '2025-04-03T14:05:59.250Z'],
    ['2025-04-03 14:05:00+02:00', 'dmy', '2025-04-03T12:05Z'],
    ['2025-04-03T14:05+0200', 'dmy', '2025-04-03T12:05Z'],
    ['2025-04-03T14:05:00-05', 'dmy', '2025-04-03T19:05Z'],
    ['2025/4/3', 'dmy', '2025-04-03T00:00Z'],
    ['03/04/2025', 'dmy', '2025-04-03T00:00Z'],
    ['03/04/2025', 'mdy', '2025-03-04T00:00Z'],
    ['3.4.2025', 'dmy', '2025-04-03T00:00Z'],
    ['03-04-25', 'dmy', '2025-04-03T00:00Z'],
    ['25-04-03', 'ymd', '2025-04-03T00:00Z'],
    ['24/02/88', 'dmy', '1988-02-24T00:00Z'],
    ['24/02/1988 07:30', 'dmy', '1988-02-24T07:30Z'],
    ['24/02/1988 07:30:15', 'dmy', '1988-02-24T07:30:15Z'],
    ['24/02/1988 à 7h30', 'dmy', '1988-02-24T07:30Z'],
    ['24/02/1988 14h', 'dmy', '1988-02-24T14:00Z'],
    ['2/24/1988 7:30 PM', 'mdy', '1988-02-24T19:30Z'],
    ['2/24/1988 12:00 am', 'mdy', '1988-02-24T00:00Z'],
    ['2/24/1988 12:15 p.m.', 'mdy', '1988-02-24T12:15Z'],
    ['2024-02-29', 'dmy', '2024-02-29T00:00Z'],
    ['2024-12-31 24:00', 'dmy', '2025-01-01T00:00Z'],
    ['12 mars 2024', 'dmy', '2024-03-12T00:00Z'],
    ['1er août 2024', 'dmy', '2024-08-01T00:00Z'],
    ['15-Jan-2024', 'dmy', '2024-01-15T00:00Z'],
    ['Feb 3, 2024', 'dmy', '2024-02-03T00:00Z'],
    ['lundi 3 février 2025', 'dmy', '2025-02-03T00:00Z'],
  ])('reads %j by %s', (text, order, expected) => {
    expect(parseDate(text, order)).toBe(utc(expected));
  });

  it.each([
    '2025-02-30',
    '31/04/2025',
    '29/02/2023',
    '13/13/2025',
    '2025-13-01',
    '2025-01-01 25:00',
    '2025-01-01 12:60',
    '2025-01-01 13:00 PM',
    '12/2025',
    '2025',
    '20250403',
    '1.5.3',
    '1.2.12',
    '12,5',
    'mars',
    '5 brumaire 2024',
    '',
    '2025-1-1x',
    '03/04-2025',
    '03/04/202',
  ])('refuses %j', (text) => {
    expect(parseDate(text, 'dmy')).toBeNaN();
  });

  it('tells a date with a time from a day', () => {
    expect(hasTimeOfDay('03/04/2025 00:00')).toBe(true);
    expect(hasTimeOfDay('03/04/2025 14h')).toBe(true);
    expect(hasTimeOfDay('03/04/2025')).toBe(false);
    expect(hasTimeOfDay('12 march 2025')).toBe(false);
  });

  it('reads every minute of 1600–2400 as the platform does, in each way of writing it', () => {
    const instant = fc.integer({
      min: utc('1600-01-01T00:00Z') / 60_000,
      max: utc('2400-01-01T00:00Z') / 60_000,
    });
    fc.assert(
      fc.property(instant, (minutes) => {
        const date = new Date(minutes * 60_000);
        const iso = date.toISOString();
        const [year, month, day] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10)];
        const time = iso.slice(11, 16);
        expect(parseDate(iso, 'dmy')).toBe(date.getTime());
        expect(parseIsoDate(unitsOf(`${iso.slice(0, 10)} ${time}`), 0, 16)).toBe(date.getTime());
        expect(parseDate(`${day}/${month}/${year} ${time}`, 'dmy')).toBe(date.getTime());
        expect(parseDate(`${month}/${day}/${year} ${time}`, 'mdy')).toBe(date.getTime());
      }),
    );
  });
});

describe('calendar', () => {
  it('agrees with the platform on the parts of any instant', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') }),
        (date) => {
          const civil = civilFromInstant(date.getTime());
          expect(civil).toEqual({
            year: date.getUTCFullYear(),
            month: date.getUTCMonth() + 1,
            day: date.getUTCDate(),
            hour: date.getUTCHours(),
            minute: date.getUTCMinutes(),
            second: date.getUTCSeconds(),
            millisecond: date.getUTCMilliseconds(),
            weekday: ((date.getUTCDay() + 6) % 7) + 1,
          });
          expect(daysFromCivil(civil.year, civil.month, civil.day)).toBe(
            Math.floor(date.getTime() / 86_400_000),
          );
        },
      ),
    );
  });

  it('reads Excel serials to the second', () => {
    expect(instantFromExcelSerial(45_000)).toBe(utc('2023-03-15T00:00Z'));
    expect(instantFromExcelSerial(45_000.520_833_333_3)).toBe(utc('2023-03-15T12:30Z'));
  });
});
