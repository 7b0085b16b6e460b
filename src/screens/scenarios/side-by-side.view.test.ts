import { expect, it } from 'vitest';
import type { ScenarioComparison } from '#jobs/planning/contract.ts';
import type { FormFeature } from '#inference/contract.ts';
import { wordsIn } from '#language/words.ts';
import { findDifference, listInputLines } from './side-by-side.view.ts';

const outage = {
  mean: -2,
  low: -4,
  high: 1,
  shorter: 0.7,
  shorterAtLeast: 0.4,
  shorterAtMost: 0.9,
  longer: 0.2,
  longerAtLeast: 0.1,
  longerAtMost: 0.6,
};
const comparison: ScenarioComparison = {
  scenarios: [],
  names: [],
  link: 1,
  nWorlds: 32,
  differences: [
    {
      from: 0,
      to: 1,
      expected: { value: -2, low: -3, high: -1, band: { low: -4, high: 0 } },
      outage,
      isIndiscernible: true,
      isUnseen: false,
    },
  ],
};

it('says the contrary of a difference that is asked the other way round', () => {
  expect(findDifference(comparison, 0, 1)).toBe(comparison.differences[0]);
  expect(findDifference(comparison, 1, 0)).toMatchObject({
    from: 1,
    to: 0,
    expected: { value: 2, low: 1, high: 3, band: { high: 4 } },
    outage: { mean: 2, low: -1, high: 4, shorter: 0.2, shorterAtMost: 0.6, longerAtLeast: 0.4 },
    isIndiscernible: true,
  });
  expect(findDifference(comparison, 0, 2)).toBeNull();
});

it('marks what differs from the first scenario, and tells where all have the same', () => {
  const shared = { role: 'context', typical: 'a', determines: [] } as const;
  const features: readonly FormFeature[] = [
    { ...shared, type: 'category', name: 'Type', categories: ['a', 'b'] },
    { ...shared, type: 'category', name: 'Site', categories: ['x'] },
  ];
  const named = [
    { id: '1', name: 'A', cells: ['a', 'x'] },
    { id: '2', name: 'B', cells: ['b', 'x'] },
    { id: '3', name: 'C', cells: ['a', null] },
  ];
  const [type, site] = listInputLines(named, features, wordsIn('fr'));
  expect(type).toMatchObject({ differs: true, isOther: [false, true, false] });
  expect(site).toMatchObject({ cells: ['x', 'x', 'inconnu'], isOther: [false, false, true] });
});
