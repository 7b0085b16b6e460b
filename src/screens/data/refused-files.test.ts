import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource, type ByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { encodeUtf8 } from '#data/csv/read-text.ts';
import { toAppError } from '#base/errors.ts';
import { describeError } from '#language/error-words.ts';
import { wordsIn } from '#language/words.ts';

const fromText = (text: string) => createByteSource('f.csv', encodeUtf8(text));
const fromBytes = (...bytes: readonly number[]) => createByteSource('f.csv', Uint8Array.from(bytes));
const columns = (n: number) => Array.from({ length: n }, (_, i) => `c${i}`).join(';');

function ofSize(mebibytes: number): ByteSource {
  return { ...fromText('a;b\n1;2\n'), size: mebibytes * 2 ** 20 };
}

/** What each file is answered with, in both languages, word for word: no-break spaces are written as plain ones. */
const refused: readonly (readonly [name: string, source: ByteSource, french: string, english: string])[] = [
  [
    '560 MiB',
    ofSize(560),
    'Ce fichier pèse 560 Mio ; la limite est de 500 Mio. Il n’a pas été lu.',
    'This file holds 560 MiB; the limit is 500 MiB. It was not read.',
  ],
  [
    '2,001 columns',
    fromText(`${columns(2001)}\n${columns(2001)}\n`),
    'Ce fichier a 2 001 colonnes ; la limite est de 2 000.',
    'This file has 2,001 columns; the limit is 2,000.',
  ],
  [
    'one endless line',
    fromText(`a;b\n${'x'.repeat(3_000_000)}`),
    'La ligne 2 de ce fichier dépasse 1 048 576 caractères : ce n’est pas un tableau, ou un guillemet n’est jamais refermé.',
    'Line 2 of this file is longer than 1,048,576 characters: it is no table, or a quote is never closed.',
  ],
  ['nothing', fromBytes(), 'Ce fichier est vide.', 'This file is empty.'],
  [
    'a header only',
    fromText('a;b\n'),
    'Ce fichier n’a que sa ligne de titres : il ne contient aucun arrêt.',
    'This file has a header row only: it holds no outage.',
  ],
  [
    'a picture',
    fromBytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13),
    'Ce fichier n’est ni un CSV ni un classeur .xlsx, quel que soit son nom.',
    'Whatever its name, this file is neither a CSV nor an .xlsx workbook.',
  ],
  [
    'only lines of another width',
    fromText('a;b;c\n1;2\n3;4\n'),
    'Aucune ligne de ce fichier n’a pu être lue.',
    'No row of this file could be read.',
  ],
  [
    'a packed file cut short',
    fromBytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b),
    'Ce fichier compressé est abîmé : sa fin manque ou ne se lit pas.',
    'This compressed file is damaged: its end is missing or cannot be read.',
  ],
];

describe('a file that cannot be opened is answered with a sentence', () => {
  it.each(refused)('%s', async (_, source, french, english) => {
    const thrown = await readTable(source, {}, createSilentContext()).then(
      () => null,
      (reason: unknown) => toAppError(reason),
    );
    const say = (language: 'fr' | 'en') =>
      thrown &&
      describeError(wordsIn(language).t, thrown.code, thrown.details).what.replaceAll(
        /[\u00a0\u202f]/gu,
        ' ',
      );
    expect([say('fr'), say('en')]).toEqual([french, english]);
  });
});
