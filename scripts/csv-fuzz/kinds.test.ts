import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { compareKinds, inspectText } from './check-kind.ts';
import { generateOutageFile, mapColumn, writeOutageFile } from './outage-files.ts';
import { planters } from './plant-kind.ts';
import { runKinds } from './run-kinds.ts';

describe('files as people write them', () => {
  // The whole campaign is `npm run fuzz:csv -- --kinds`.
  it('are learnt from as the plain list is, or a person is told', async () => {
    for await (const { index, name, verdict } of runKinds(1, 0, Object.keys(planters).length)) {
      expect({ index, name, ...verdict }).not.toMatchObject({ kind: 'silent' });
    }
  });

  it('sees a silent difference', async () => {
    const file = generateOutageFile(createRng(3));
    const at = file.at.duration < 0 ? file.at.end : file.at.duration;
    const other = mapColumn(file, at, (cell, row) => (row === 7 ? (file.rows[8]?.[at] ?? '') : cell));
    const [clean, planted] = [
      await inspectText(writeOutageFile(file)),
      await inspectText(writeOutageFile(other)),
    ];
    expect(compareKinds(clean, clean)).toEqual({ kind: 'same' });
    expect(compareKinds(clean, planted).kind).toBe('silent');
  });
});
