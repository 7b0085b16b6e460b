import { expect, it } from 'vitest';
import type { JudgedLever } from '#jobs/planning/contract.ts';
import { freezeDoubted } from './optimise.view.ts';

const judge = (column: string, doubt: JudgedLever['doubt']): JudgedLever => ({
  column,
  doubt,
  n: 80,
  slope: 1,
  low: 0.5,
  high: 1.5,
  freedom: 0.6,
});

it('keeps a lever whose effect looks like selection as it is, unless a person freed it', () => {
  const levers = [
    { column: 'a' },
    { column: 'b' },
    { column: 'c', frozen: false },
    { column: 'd', frozen: true },
  ];
  const judged = [judge('a', 'against-model'), judge('b', null), judge('c', 'never-free')];
  expect(freezeDoubted(levers, judged).map(({ frozen }) => frozen ?? false)).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
