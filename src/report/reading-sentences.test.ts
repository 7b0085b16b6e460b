import { expect, it } from 'vitest';
import { wordsIn } from '#language/words.ts';
import { describeDialect } from './reading-sentences.ts';

const words = wordsIn('fr');

it('says in one line how a file is written', () => {
  const dialect = {
    encoding: 'windows-1252',
    delimiter: ';',
    decimalMark: ',',
    thousandsMark: '',
    dateOrder: 'dmy',
    headerRow: 0,
    headerRows: 1,
    unevenRecords: 'reject',
  } as const;
  expect(describeDialect(dialect, words)).toBe(
    'Windows-1252, séparateur point-virgule (;), marque décimale virgule (0,87)',
  );
});
