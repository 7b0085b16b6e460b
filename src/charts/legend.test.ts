import { expect, it } from 'vitest';
import { layOutLegend } from './legend.tsx';

const items = ['CP0', 'CP1', 'CP2', 'P4', 'N4', 'réel = prédit'].map((label) => ({
  label,
  color: '#000',
  mark: 'circle' as const,
}));

it('breaks the line before an item that would not fit, and says how high it grew', () => {
  const wide = layOutLegend(items, 1000);
  expect(new Set(wide.placed.map(({ y }) => y)).size).toBe(1);
  const narrow = layOutLegend(items, 160);
  expect(new Set(narrow.placed.map(({ y }) => y)).size).toBeGreaterThan(1);
  expect(narrow.height).toBeGreaterThan(wide.height);
  expect(Math.max(...narrow.placed.map(({ x }) => x))).toBeLessThan(160);
});

it('takes no room without items', () => {
  expect(layOutLegend([], 300).height).toBe(0);
});
