import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '#data/profile.ts';
import { wordsIn } from '#language/words.ts';
import { formatCell, describeExamples, describeSpread } from './cell-text.ts';

const words = wordsIn('fr');

function profile(changes: Partial<ColumnProfile>): ColumnProfile {
  return {
    name: 'x',
    type: 'number',
    nRows: 10,
    nMissing: 0,
    nDistinct: 10,
    nUnread: 0,
    examples: [],
    ...changes,
  };
}

const power = profile({ isInteger: true, min: 880, max: 1500, examples: ['1310', '915'] });
const year = profile({ isInteger: true, min: 2011, max: 2023, examples: ['2011'] });
const begun = profile({
  type: 'date',
  hasTime: true,
  min: Date.UTC(2011, 11, 15, 7),
  max: Date.UTC(2023, 11, 28),
  examples: ['2011-12-15 07:00'],
});

describe('a column', () => {
  it('spans from its smallest to its largest value, or over so many labels', () => {
    expect(describeSpread(power, words)).toBe('880 – 1\u202f500');
    expect(describeSpread(begun, words)).toBe('15/12/2011 – 28/12/2023');
    expect(describeSpread(profile({ type: 'category', nDistinct: 58 }), words)).toBe('58 libellés');
  });

  it('shows examples as the language writes them, years without a separator', () => {
    expect(describeExamples(power, words)).toBe('1\u202f310 · 915');
    expect(describeExamples(year, words)).toBe('2011');
    expect(describeExamples(begun, words)).toBe('15/12/2011 07:00');
  });
});

describe('a cell', () => {
  it('is written by its column, and blank where it is missing', () => {
    expect(formatCell(2018, year, words.format)).toBe('2018');
    const code = profile({ name: 'outage_mrid', isInteger: true, min: 8_850_488, max: 17_182_966 });
    expect(formatCell(14_965_718, code, words.format)).toBe('14965718');
    const count = profile({ name: 'Number of tasks', isInteger: true, min: 0, max: 9000 });
    expect(formatCell(7180, count, words.format)).toBe('7\u202f180');
    expect(formatCell(1310, power, words.format)).toBe('1\u202f310');
    expect(formatCell(Date.UTC(2012, 0, 2, 3), begun, words.format)).toBe('02/01/2012 03:00');
    expect(formatCell(null, power, words.format)).toBe('');
    expect(formatCell(NaN, power, words.format)).toBe('');
  });
});
