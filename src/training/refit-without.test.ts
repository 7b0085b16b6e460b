import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { guessRoles } from '#data/guess-roles.ts';
import { atStart } from '#data/known-when.ts';
import { createSpec } from '#models/model-spec.ts';
import { scoreOpenCellsByTime } from './testing/open-cells-by-time.ts';
import { prepareTrainingSet } from './training-set.ts';

const silent = createSilentContext(() => performance.now());
const french = new URL('../../../shared/data/arrets_tranche_2011_2023.csv', import.meta.url);

describe.skipIf(!existsSync(french))('power left open on the French shutdowns (skipped where absent)', () => {
  it('errs by less than taken for empty or typical, and the levels hold', async () => {
    const { table, ledger } = await readTable(createByteSource('f.csv', readFileSync(french)), {}, silent);
    const rowOrigins = Int32Array.from({ length: table.nRows }, (_, row) => row);
    const source = { table, rowOrigins, roles: guessRoles(table), cleaning: [], ledger };
    const set = prepareTrainingSet(
      source,
      { today: Date.UTC(2026, 10, 1) },
      { horizon: atStart, usesPast: true },
    );
    const spec = createSpec('quantile-forest', { scale: 'log1p', forest: { nTrees: 12 } });
    const power = table.columns.flatMap(({ name }) => (/^puissance.*avant/u.test(name) ? [name] : []));
    expect(power).toHaveLength(3);
    const blocks = { nBlocks: 5, blocks: 1 };
    const scores = await scoreOpenCellsByTime(source, set, spec, power, blocks, silent);
    // `npm run bench:open-cells` has three blocks and whole forests: 27.0 and 28.2 beside 29.0 and 30.4.
    expect(scores.refit.mae).toBeLessThan(scores.empty.mae);
    expect(scores.refit.mae).toBeLessThan(scores.typical.mae);
    expect(scores.wide.mae).toBeLessThan(scores.typical.mae);
    for (const { p80, range } of [scores.refit, scores.wide]) {
      // Three standard errors of a share of 282 are .07.
      expect(p80).toBeGreaterThan(0.73);
      expect(range).toBeGreaterThan(0.71);
    }
  });
});
