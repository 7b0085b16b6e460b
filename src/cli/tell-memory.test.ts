import { expect, it } from 'vitest';
import { foreseeMemory } from '#training/foresee-memory.ts';
import { wordsIn } from '#language/words.ts';
import { tellMemory } from './tell-memory.ts';

it.each([
  [2000, 1, 2 ** 33, /^$/u],
  [1_000_000, 1, 2 ** 33, /^about 3\.2 GiB of memory will be needed\n$/u],
  // Each thread has its own copy.
  [1_000_000, 2, 2 ** 34, /^about 6\.2 GiB of memory will be needed\n$/u],
  [1_000_000, 1, 2 ** 31, /^warning: about 3\.2 GiB of memory will be needed and 2 GiB are free: /u],
])('what a training will take: %d rows, %d threads, %d bytes free', (nRows, nThreads, free, expected) => {
  let error = '';
  const terminal = { out: () => {}, error: (text: string) => void (error += text), words: wordsIn('en') };
  tellMemory(foreseeMemory(nRows, 28, nThreads), free, terminal);
  expect(error.replaceAll('\u00A0', ' ')).toMatch(expected);
});
