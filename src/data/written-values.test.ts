import { describe, expect, it } from 'vitest';
import { tellMeaning } from './cell-meaning.ts';
import { parseCompactDate, parseDate } from './dates.ts';
import { parseInterval } from './intervals-in-text.ts';
import { convertMeasure, parseMeasure } from './measures.ts';
import { parseNumber } from './numbers.ts';

const french = { decimalMark: ',', thousandsMark: ' ' } as const;
const utc = (text: string) => Date.parse(text);

describe('dates as tools and people write them', () => {
  it.each([
    ['18 sept. 2024, 07:06', '2024-09-18T07:06Z'],
    ['8 janv. 2019, 11:00', '2019-01-08T11:00Z'],
    ['13 février 2019 à 8h55', '2019-02-13T08:55Z'],
    ['8. Januar 2019 14:30 Uhr', '2019-01-08T14:30Z'],
    ['8 de enero de 2019 14:30', '2019-01-08T14:30Z'],
    ['8 gennaio 2019 ore 14:30', '2019-01-08T14:30Z'],
    ['8 de março de 2019', '2019-03-08T00:00Z'],
    ['Friday, July 1, 2011', '2011-07-01T00:00Z'],
    ['July 1, 2011 5:00 PM', '2011-07-01T17:00Z'],
    ['05-Jan-24 A', '2024-01-05T00:00Z'],
    ['05-Jan-24 08:00*', '2024-01-05T08:00Z'],
    ['Ven 05/01/24', '2024-01-05T00:00Z'],
    ['Fri 05/01/24 8:00 AM', '2024-01-05T08:00Z'],
    ['11.01.19 06:15', '2019-01-11T06:15Z'],
    ['2024-Jan-05', '2024-01-05T00:00Z'],
    ['05JAN2024', '2024-01-05T00:00Z'],
    ['05.01.2019 00:35 CET', '2019-01-04T23:35Z'],
    ['27.10.2024 02:30 CEST', '2024-10-27T00:30Z'],
    ['27.10.2024 02:30 CET', '2024-10-27T01:30Z'],
    ['2024-07-01 08:00 UTC+2', '2024-07-01T06:00Z'],
    ['2024-07-01 08:00 EDT', '2024-07-01T12:00Z'],
    ['6 ene. 2019 19:36 h', '2019-01-06T19:36Z'],
    ['6 de enero de 2019, 07:36 p. m.', '2019-01-06T19:36Z'],
    ['06/01/2019 05:00 a. m.', '2019-01-06T05:00Z'],
    ['6 janv. 2019 à 19 h 36', '2019-01-06T19:36Z'],
    ['6 janvier 2019 à 19 heures 36', '2019-01-06T19:36Z'],
    ['6. Jan. 2019, 19.36 Uhr', '2019-01-06T19:36Z'],
    ['06.01.2019, 19:36 Uhr MEZ', '2019-01-06T18:36Z'],
    ['6 gen 2019 ore 19.36', '2019-01-06T19:36Z'],
    ['6 gennaio 2019 alle ore 19:36', '2019-01-06T19:36Z'],
    ['6 de janeiro de 2019 19h36', '2019-01-06T19:36Z'],
    ['Friday, July 1, 2011 5:00:00 PM', '2011-07-01T17:00Z'],
    ['vendredi 1er juillet 2011', '2011-07-01T00:00Z'],
    ['Freitag, 1. Juli 2011', '2011-07-01T00:00Z'],
    ['viernes, 1 de julio de 2011', '2011-07-01T00:00Z'],
    ['venerdì 1 luglio 2011', '2011-07-01T00:00Z'],
    ['sexta-feira, 1 de julho de 2011', '2011-07-01T00:00Z'],
    ['01JUL2011:17:00:00', '2011-07-01T17:00Z'],
    ['Jan-06-2019 19:36', '2019-01-06T19:36Z'],
  ])('reads %j', (text, expected) => {
    expect(parseDate(text, 'dmy')).toBe(utc(expected));
  });

  it('reads dotted two-digit years where the column holds dates, never otherwise', () => {
    expect(parseDate('12.03.24', 'dmy')).toBeNaN();
    expect(parseDate('12.03.24', 'dmy', true)).toBe(utc('2024-03-12T00:00Z'));
  });

  it.each([
    '5 brumaire 2024',
    '31 juin 2024',
    '01.01.2020 10:00 XYZ',
    'Lot 5/1/24',
    '05-Jan-24 B',
    '6 ene. 2019 25:36 h',
    '6.1.2019 13:00 p. m.',
  ])('refuses %j', (text) => {
    expect(parseDate(text, 'dmy', true)).toBeNaN();
  });

  it('reads digits only as a day of our times', () => {
    expect(parseCompactDate('20240229')).toBe(utc('2024-02-29T00:00Z'));
    expect(parseCompactDate('20240105083000')).toBe(utc('2024-01-05T08:30Z'));
    expect(['20230229', '40001000', '2024', '20241301'].map(parseCompactDate)).toEqual([NaN, NaN, NaN, NaN]);
  });

  it.each([
    ['01.03.2024 00:00 - 05.03.2024 12:00', '2024-03-01T00:00Z', '2024-03-05T12:00Z'],
    ['du 01/03/2024 au 05/03/2024', '2024-03-01T00:00Z', '2024-03-05T00:00Z'],
    ['2024-03-01/2024-03-05', '2024-03-01T00:00Z', '2024-03-05T00:00Z'],
    ['2024-03-01T08:00/2024-03-05T10:00', '2024-03-01T08:00Z', '2024-03-05T10:00Z'],
    ['vom 01.03.2024 bis 05.03.2024', '2024-03-01T00:00Z', '2024-03-05T00:00Z'],
    ['1 mars 2024 → 5 mars 2024', '2024-03-01T00:00Z', '2024-03-05T00:00Z'],
    ['01.03.2024 08:00 – 17:00', '2024-03-01T08:00Z', '2024-03-01T17:00Z'],
  ])('divides %j', (text, start, end) => {
    expect(parseInterval(text, 'dmy')).toMatchObject({ start: utc(start), end: utc(end) });
  });

  it('takes an interval without an end for one that is not over, and a date or a range of numbers for none', () => {
    expect(parseInterval('01.03.2024 - en cours', 'dmy')).toMatchObject({ end: NaN });
    const others = ['01.03.2024', '12-15', 'Lot 1 - Lot 2', '01/03/2024 10:00', '2024-03-01'];
    expect(others.map((text) => parseInterval(text, 'dmy'))).toEqual(others.map(() => null));
  });
});

describe('numbers with a unit', () => {
  it.each([
    ['1,450 GW', 1.45, 'GW'],
    ['676 257,50 €', 676_257.5, '€'],
    ['$1200', 1200, '$'],
    ['-5 kW', -5, 'kW'],
    ['21 pers.', 21, 'pers'],
    ['12,5 m³', 12.5, 'm³'],
  ])('reads %j', (text, value, unit) => {
    expect(parseMeasure(text, french)).toMatchObject({ value, unit });
  });

  it('leaves what is none', () => {
    const others = ['12', 'Lot 12', '12 bis rue', '0606 D', '1 2 3 x', 'GW'];
    expect(others.map((text) => parseMeasure(text, french))).toEqual(others.map(() => null));
    expect(parseMeasure('12B', french)).toMatchObject({ maybeCode: true });
  });

  it('converts within one quantity only', () => {
    expect(convertMeasure('GW', 'MW')).toBe(1000);
    expect(convertMeasure('k€', '€')).toBe(1000);
    expect(convertMeasure('personne', 'personnes')).toBe(1);
    expect(convertMeasure('GW', '€')).toBeNaN();
  });
});

describe('words among values', () => {
  const read = (text: string) => parseNumber(text, french);
  it.each([
    ['en cours', 'ongoing'],
    ['En cours', 'ongoing'],
    ['ongoing', 'ongoing'],
    ['bis auf weiteres', 'ongoing'],
    ['à ce jour', 'ongoing'],
    ['ND', 'nothing'],
    ['n/e', 'nothing'],
    ['s.o.', 'nothing'],
    ['néant', 'nothing'],
    ['***', 'nothing'],
    ['à préciser', 'nothing'],
    ['00/00/0000', 'nothing'],
    ['<0,1', 'censored'],
    ['> 9', 'censored'],
    ['plus de 24', 'censored'],
    ['9+', 'censored'],
    ['arrêt fortuit', null],
    ['> beaucoup', null],
    ['N4', null],
  ])('%j says %j', (text, meaning) => {
    expect(tellMeaning(text, read)).toBe(meaning);
  });
});
