import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePeriod } from './periods.ts';

const day = (text: string) => Date.parse(`${text}T00:00Z`);

describe('parsePeriod', () => {
  it.each([
    ['S12-2024', '2024-03-18'],
    ['2024-W40', '2024-09-30'],
    ['2024W40', '2024-09-30'],
    ['S01-2019', '2018-12-31'],
    ['2020-W53', '2020-12-28'],
    ['KW 3/2024', '2024-01-15'],
    ['Sem. 12 2024', '2024-03-18'],
    ['2024-W40-3', '2024-10-02'],
    ['mars 2024', '2024-03-01'],
    ['janv. 2019', '2019-01-01'],
    ['Mar-24', '2024-03-01'],
    ['März 2024', '2024-03-01'],
    ['marzo de 2024', '2024-03-01'],
    ['2024-03', '2024-03-01'],
    ['03/2024', '2024-03-01'],
  ])('reads %j', (text, expected) => {
    expect(parsePeriod(text)).toBe(day(expected));
  });

  it.each([
    '2021-W53',
    'S00-2024',
    'S54-2024',
    '2024-13',
    '0/2024',
    'lot 2024',
    'mai',
    '12-24',
    'S12-24',
    '2024',
    '',
  ])('refuses %j', (text) => {
    expect(parsePeriod(text)).toBeNaN();
  });

  it('gives the Monday of the week of any day of 1970–2100', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 47_000 }), (days) => {
        const monday = days - ((days + 3) % 7);
        const thursday = new Date((monday + 3) * 86_400_000);
        const year = thursday.getUTCFullYear();
        const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / 604_800_000);
        const number = String(week).padStart(2, '0');
        expect(parsePeriod(`${year}-W${number}`)).toBe(monday * 86_400_000);
        expect(parsePeriod(`S${number}-${year}`)).toBe(monday * 86_400_000);
      }),
    );
  });
});
