import { expect, test } from 'vitest';
import { wordsIn } from '#language/words.ts';
import { listRemainingLevels, readElapsed, tellToCome } from './remaining.view.ts';

test('a time elapsed is a number from 0 upwards, in either language’s hand, or nothing', () => {
  expect(['12', '12,5', '12.5', '0', ' '].map(readElapsed)).toEqual([12, 12.5, 12.5, 0, null]);
  expect(['-1', 'dix', '5 %', '12/04/2027'].map(readElapsed)).toEqual(Array(4).fill('unreadable'));
});

test('levels are what is left from now, with the day of the end where there is a start; those not carried are left out', () => {
  const claimed = (value: number) => ({ value, basis: 'overall', n: 8 }) as const;
  const refused = { notClaimable: true, n: 8, needed: 9, overall: null } as const;
  const interval = { p10: refused, p50: claimed(20), p80: claimed(35), p90: refused };
  const answer = { elapsed: 12, interval, curve: [], refusal: null };
  const words = wordsIn('en');
  expect(listRemainingLevels(answer, Date.UTC(2026, 0, 1), 'day', words)).toEqual([
    { level: 'P50', left: '8 days', end: 'ends 21 Jan 2026' },
    { level: 'P80', left: '23 days', end: 'ends 5 Feb 2026' },
  ]);
  expect(listRemainingLevels(answer, null, 'day', words)[0]?.end).toBeNull();
  expect(listRemainingLevels({ ...answer, interval: null }, null, 'day', words)).toEqual([]);
});

test('a time that has not gone by since the start typed is said to be to come, in the unit’s own length', () => {
  const words = wordsIn('fr');
  const start = Date.UTC(2026, 10, 29);
  const now = Date.UTC(2026, 10, 28);
  expect(tellToCome(20, start, now, 'day', words)).toContain('19/12/2026');
  expect(tellToCome(2, start, now, 'week', words)).toContain('13/12/2026');
  expect(tellToCome(20, start - 40 * 86_400_000, now, 'day', words)).toBeNull();
  expect(tellToCome(20, null, now, 'day', words)).toBeNull();
  expect(tellToCome(20, start, now, 'unknown', words)).toBeNull();
});
