import { describe, expect, it } from 'vitest';
import { guessEncoding } from '#data/csv/encoding.ts';
import { listRows, readBytes } from '#data/csv/read-text.ts';
import { createBorderFiles, findBadBorders } from './chunk-borders.ts';

/** One border in so many is tried here, others in each file; `npm run fuzz:csv` tries every one. */
const stride = 41;

describe('a file handed out in two pieces', () => {
  it.each(createBorderFiles().map((file, i) => ({ ...file, i })))(
    '$name: the same table wherever it is cut',
    async ({ name, bytes, i }) => {
      expect(bytes.length).toBeGreaterThan(3500);
      expect(name.startsWith(guessEncoding(bytes).encoding)).toBe(true);
      const { table } = await readBytes(bytes);
      expect(table.nRows).toBeGreaterThan(10);
      // The first offsets cut the byte order mark.
      const sampled = Array.from({ length: bytes.length }, (_, at) => at).filter(
        (at) => at < 6 || at > bytes.length - 6 || at % stride === i * 3,
      );
      expect(await findBadBorders(bytes, sampled)).toEqual([]);
    },
  );

  it('gives the same table when every piece is one byte', async () => {
    for (const { bytes } of createBorderFiles()) {
      const whole = await readBytes(bytes);
      const pieces = await readBytes(bytes, {}, 1);
      expect(listRows(pieces.table)).toEqual(listRows(whole.table));
    }
  });
});
