import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { findNumberFault, parseNumber, type NumberMarks } from './numbers.ts';

const french: NumberMarks = { decimalMark: ',', thousandsMark: '' };
const english: NumberMarks = { decimalMark: '.', thousandsMark: '' };
const englishGrouped: NumberMarks = { decimalMark: '.', thousandsMark: ',' };
const germanGrouped: NumberMarks = { decimalMark: ',', thousandsMark: '.' };

describe('parseNumber', () => {
  it.each([
    ['0,87', french, 0.87],
    ['0,87', english, 0.87],
    ['1 234,5', french, 1234.5],
    ['1\u00a0234,5', french, 1234.5],
    ['1\u202f234\u202f567,25', french, 1234567.25],
    ["1'234.5", english, 1234.5],
    ['\u2212 5,5', french, -5.5],
    ['−5', english, -5],
    ['+3.25', english, 3.25],
    ['12 %', french, 0.12],
    ['7,5\u00a0%', french, 0.075],
    ['1.5e3', english, 1500],
    ['1,5E−2', french, 0.015],
    ['.5', english, 0.5],
    [',5', french, 0.5],
    ['5.', english, 5],
    ['1,234.5', englishGrouped, 1234.5],
    ['1,234.5', french, 1234.5],
    ['1.234,5', english, 1234.5],
    ['1,234', englishGrouped, 1234],
    ['1,234', french, 1.234],
    ['1.234', germanGrouped, 1234],
    ['1,234,567', english, 1234567],
    ['1.234.567', french, 1234567],
    ['93.2', french, 93.2],
    ['0', english, 0],
    ['-0', english, -0],
    ['0.1', english, 0.1],
    ['123456789012345678', english, 123456789012345680],
    ['0.30000000000000004', english, 0.30000000000000004],
    ['  42  ', english, 42],
    ['5-', english, -5],
    ['3.205,93-', germanGrouped, -3205.93],
    ['58,5 −', french, -58.5],
  ])('reads %j as a number', (text, marks, expected) => {
    expect(parseNumber(text, marks)).toBe(expected);
    expect(findNumberFault(text, marks)).toBeNull();
  });

  it.each([
    ['007', english, 'leading-zero'],
    ['-007', english, 'leading-zero'],
    ['00', english, 'leading-zero'],
    ['1,234', english, 'ambiguous'],
    ['1.234', french, 'ambiguous'],
    ['1e999', english, 'too-large'],
    ['', english, 'not-a-number'],
    ['-', english, 'not-a-number'],
    ['.', english, 'not-a-number'],
    ['abc', english, 'not-a-number'],
    ['12 j', english, 'not-a-number'],
    ['1 23', english, 'not-a-number'],
    ['12 34 567', english, 'not-a-number'],
    ['1,23,4', english, 'not-a-number'],
    ['1.2.3', english, 'not-a-number'],
    ['0x1F', english, 'not-a-number'],
    ['Infinity', english, 'not-a-number'],
    ['NaN', english, 'not-a-number'],
    ['1_000', english, 'not-a-number'],
    ['١٢', english, 'not-a-number'],
    ['--5', english, 'not-a-number'],
  ])('refuses %j', (text, marks, fault) => {
    expect(parseNumber(text, marks)).toBeNaN();
    expect(findNumberFault(text, marks)).toBe(fault);
  });

  it('gives the nearest double of every finite number, written by either mark', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = Object.is(value, -0) ? '-0' : String(value);
        expect(parseNumber(text, english)).toBe(value);
        expect(parseNumber(text.replace('.', ','), french)).toBe(value);
      }),
    );
  });

  it('agrees with the platform on decimals of any length', () => {
    const decimal = fc
      .tuple(fc.bigInt(0n, 10n ** 20n), fc.integer({ min: 0, max: 22 }))
      .map(([digits, scale]) => {
        const text = String(digits).padStart(scale + 1, '0');
        return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
      });
    fc.assert(fc.property(decimal, (text) => parseNumber(text, english) === Number(text)));
  });

  it('reads what Intl writes in French and in English', () => {
    const formats = [
      { format: new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 3 }), marks: french },
      { format: new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 }), marks: englishGrouped },
      { format: new Intl.NumberFormat('de-DE', { maximumFractionDigits: 3 }), marks: germanGrouped },
      { format: new Intl.NumberFormat('fr-CH', { maximumFractionDigits: 3 }), marks: french },
    ];
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (thousandths) => {
        const value = thousandths / 1000;
        for (const { format, marks } of formats) expect(parseNumber(format.format(value), marks)).toBe(value);
      }),
    );
  });
});
