import { expect, test } from 'vitest';
import type { FormFeature } from './prediction.ts';
import { settleCase } from './settle-case.ts';

const features: readonly FormFeature[] = [
  {
    type: 'category',
    name: 'Tranche',
    role: 'group',
    typical: 'T1',
    categories: ['T1', 'T2', '__proto__'],
    settles: [
      {
        feature: 1,
        cells: [
          ['T1', 'Nord'],
          ['T2', 'Sud'],
          ['__proto__', 'Ouest'],
        ],
      },
      {
        feature: 2,
        cells: [
          ['T1', 900],
          ['T2', 1300],
        ],
      },
    ],
  },
  {
    type: 'category',
    name: 'Site',
    role: 'group',
    typical: 'Nord',
    categories: ['Nord', 'Sud'],
    settles: [],
  },
  {
    type: 'number',
    name: 'Puissance',
    role: 'context',
    typical: 900,
    min: 900,
    p5: 900,
    median: 900,
    p95: 1300,
    max: 1300,
    isInteger: true,
  },
];

test('another unit brings its site and its power', () => {
  expect(settleCase(features, ['T1', 'Nord', 900], 0, 'T2')).toEqual(['T2', 'Sud', 1300]);
});

test('what it does not know of a unit stays as it was, whatever the unit is called', () => {
  expect(settleCase(features, ['T1', 'Nord', 900], 0, '__proto__')).toEqual(['__proto__', 'Ouest', 900]);
  expect(settleCase(features, ['T1', 'Nord', 900], 0, 'new')).toEqual(['new', 'Nord', 900]);
});

test('a follower can still be changed by itself', () => {
  expect(settleCase(features, ['T1', 'Nord', 900], 1, 'Sud')).toEqual(['T1', 'Sud', 900]);
  expect(settleCase(features, ['T1', 'Nord', 900], 2, 1000)).toEqual(['T1', 'Nord', 1000]);
});
