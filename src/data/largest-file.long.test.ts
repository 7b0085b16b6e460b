import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runAtOnce } from '#base/slices.ts';
import { isBalanced } from './csv/ledger.ts';
import { readBytes } from './csv/read-text.ts';
import { guessRoles } from './guess-roles.ts';
import { mergeRows } from './recipe/merge-rows.ts';

const file = new URL('../../../shared/data/caiso_outage_rows_2024.csv.gz', import.meta.url);

it.skipIf(!existsSync(file))(
  'unpacks 75 MB of daily rows in the stream, and makes one row of each outage',
  async () => {
    const { table, ledger, unread } = await readBytes(readFileSync(file));
    expect(table.nRows).toBe(554_728);
    expect(isBalanced(ledger)).toBe(true);
    expect(unread.count).toBe(0);
    const roles = guessRoles(table);
    expect(roles.map(({ role }) => role)).toEqual([
      'identifier',
      'group',
      'group',
      'context',
      'context',
      'start',
      'end',
      'context',
      'context',
      'context',
      'context',
    ]);
    const rows = { table, rowOrigins: Int32Array.from({ length: table.nRows }, (_, row) => row) };
    const [identifier = '', start = '', end = ''] = [0, 5, 6].map((i) => roles[i]?.column);
    expect(runAtOnce(mergeRows(rows, identifier, start, end)).table.nRows).toBe(48_214);
  },
);
