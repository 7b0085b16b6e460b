import { describe, expect, it } from 'vitest';
import { wordsIn } from './words.ts';

const fr = wordsIn('fr');
const en = wordsIn('en');

describe('a text', () => {
  it('takes the plural form of its count: French keeps the singular below two and has one for millions', () => {
    expect([0, 1, 2, 1_000_000].map((n) => fr.count('common.outages', n))).toEqual([
      '0 arrêt',
      '1 arrêt',
      '2 arrêts',
      '1\u202f000\u202f000 d’arrêts',
    ]);
    expect([0, 1, 2].map((n) => en.count('common.outages', n))).toEqual([
      '0 outages',
      '1 outage',
      '2 outages',
    ]);
  });

  it('has its blanks filled once, with a dash for what is not known', () => {
    expect(fr.t('data.exclude.title', { row: '{{row}}' })).toBe('Exclure la ligne {{row}}');
    expect(fr.t('data.exclude.title')).toBe('Exclure la ligne –');
  });

  it('writes the values of an error as its language does', () => {
    const values = { bytes: 560 * 2 ** 20, limit: 500 * 2 ** 20 };
    expect(fr.t('errors.code.file-too-large.what', values)).toContain('560\u00a0Mio');
    expect(en.t('errors.code.too-many-columns.what', { columns: 3000, limit: 2000 })).toContain('3,000');
  });

  it('is in French set with the spaces of French', () => {
    expect(fr.pair('Prédit', '12')).toBe('Prédit\u00a0: 12');
    expect(en.pair('Predicted', '12')).toBe('Predicted: 12');
  });
});
