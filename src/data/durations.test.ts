import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from './durations.ts';

const french = { decimalMark: ',', thousandsMark: '' } as const;
const english = { decimalMark: '.', thousandsMark: '' } as const;
const hours = (text: string, marks: typeof french | typeof english = french) =>
  (parseDuration(text, marks)?.ms ?? NaN) / 3_600_000;

describe('parseDuration', () => {
  it.each<[string, number, string]>([
    ['211:08:29', 211 + 8 / 60 + 29 / 3600, 'hour'],
    ['36:15', 36.25, 'hour'],
    ['0:05', 5 / 60, 'hour'],
    ['2.03:30:00', 51.5, 'hour'],
    ['5 days, 3:00:00', 123, 'day'],
    ['2 h 30', 2.5, 'hour'],
    ['2h30', 2.5, 'hour'],
    ['14h', 14, 'hour'],
    ['12 jours', 288, 'day'],
    ['1 jour', 24, 'day'],
    ['12d', 288, 'day'],
    ['4d 15h 5m', 111 + 5 / 60, 'day'],
    ['1 j 06:30', 30.5, 'day'],
    ['2 days, 3 hours and 30 minutes', 51.5, 'day'],
    ['2 Tage und 3 Std.', 51, 'day'],
    ['P1DT6H', 30, 'day'],
    ['PT45M', 0.75, 'minute'],
    ['P2W', 336, 'week'],
    ['PT1,5H', 1.5, 'hour'],
    ['125 minutes', 125 / 60, 'minute'],
    ['3 sem.', 504, 'week'],
    ['2 mois', 2 * 730.5, 'month'],
    ['1 250,5 j', 30_012, 'day'],
    ['40,8\u00a0j', 979.2, 'day'],
    ['−3 j', -72, 'day'],
    ['90 s', 0.025, 'minute'],
    ['5 edays', 120, 'day'],
    ["12h30'", 12.5, 'hour'],
    ['12 h 5′', 12 + 1 / 12, 'hour'],
    [`12h30'15"`, 12.5 + 15 / 3600, 'hour'],
    ['05:00 p. m.', 17, 'hour'],
    ['36:15 h', 36.25, 'hour'],
    ['36:15 Std.', 36.25, 'hour'],
    ['2 horas y 30 minutos', 2.5, 'hour'],
    ['2 ore e 30 minuti', 2.5, 'hour'],
    ['2 Std. 30 Min.', 2.5, 'hour'],
  ])('reads %j', (text, expected, unit) => {
    expect(hours(text)).toBeCloseTo(expected, 9);
    expect(parseDuration(text, french)?.unit).toBe(unit);
  });

  it.each([
    '12',
    '12,5',
    '0606D',
    '',
    'jours',
    '12 GW',
    '36:75',
    '1:2',
    '3 h 2 j',
    '2 j 12',
    '2 h 5',
    "2 h 75'",
    '36:15 j',
    'PT',
    'P',
    '12 jours ouvrés lundi',
  ])('refuses %j', (text) => {
    expect(parseDuration(text, french)).toBeNull();
  });

  it.each([
    ['1j 04h30', 28.5],
    ['0 j 09 h 05 min', 9 + 5 / 60],
    ['06h00', 6],
  ])('reads parts that are filled up with a nought: %j', (text, hours) => {
    expect(parseDuration(text, french)?.ms).toBeCloseTo(hours * 3_600_000, 3);
  });

  it('knows an estimate, and what may as well be a code', () => {
    expect(parseDuration('5 jours?', french)).toMatchObject({ ms: 5 * 86_400_000, isEstimate: true });
    expect(parseDuration('~3 h', french)).toMatchObject({ ms: 3 * 3_600_000, isEstimate: true });
    const maybeCode = (text: string) => parseDuration(text, french)?.maybeCode;
    expect(['606D', '12 j', '4d 15h', '30m', '12 jours'].map(maybeCode)).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  it('gives back any number of seconds, however they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000_000 }), (seconds) => {
        const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
        const two = (part: number) => String(part).padStart(2, '0');
        for (const text of [`${h}:${two(m)}:${two(s)}`, `${h}h ${m}min ${s}s`, `PT${h}H${m}M${s}S`]) {
          expect(parseDuration(text, english)?.ms).toBe(seconds * 1000);
        }
      }),
    );
  });
});
