import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { alignToLines } from './byte-source.ts';

async function align(chunks: readonly Uint8Array[], pieceSize: number): Promise<Uint8Array[]> {
  async function* give() {
    yield* chunks;
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of alignToLines(give(), pieceSize)) pieces.push(piece);
  return pieces;
}

describe('alignToLines', () => {
  const byte = fc.constantFrom(10, 13, 65, 195, 0);
  const chunk = fc.array(byte, { maxLength: 12 }).map((bytes) => Uint8Array.from(bytes));

  it('gives the same bytes in the same order, in pieces that are not empty', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(chunk, { maxLength: 8 }),
        fc.integer({ min: 1, max: 10 }),
        async (chunks, size) => {
          const pieces = await align(chunks, size);
          expect(pieces.flatMap((piece) => [...piece])).toEqual(chunks.flatMap((piece) => [...piece]));
          expect(pieces.every(({ length }) => length > 0 && length <= 2 * size + 12)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('ends pieces behind a line feed where lines are shorter than a piece', async () => {
    const bytes = new TextEncoder().encode('one\ntwo\nthree\nfour\nfive');
    for (let border = 1; border < bytes.length; border++) {
      const pieces = await align([bytes.subarray(0, border), bytes.subarray(border)], 9);
      const texts = pieces.map((piece) => new TextDecoder().decode(piece));
      expect(texts.slice(0, -1).every((text) => text.endsWith('\n'))).toBe(true);
    }
  });
});
