import { expect, test } from 'vitest';
import type { FormFeature } from './contract.ts';
import { findContradictions, determineDependents } from './dependent-inputs.ts';
import { categoryFeature, dateFeature, numberFeature } from './testing/form-features.ts';

const features: readonly FormFeature[] = [
  categoryFeature('Tranche', ['T1', 'T2', '__proto__'], {
    role: 'group',
    determines: [
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
  }),
  categoryFeature('Site', ['Nord', 'Sud'], { role: 'group' }),
  numberFeature('Puissance', 900, 1300),
];

test('another unit brings its site and its power', () => {
  expect(determineDependents(features, ['T1', 'Nord', 900], 0, 'T2')).toEqual(['T2', 'Sud', 1300]);
});

test('what it does not know of a unit stays as it was, whatever the unit is called', () => {
  expect(determineDependents(features, ['T1', 'Nord', 900], 0, '__proto__')).toEqual([
    '__proto__',
    'Ouest',
    900,
  ]);
  expect(determineDependents(features, ['T1', 'Nord', 900], 0, 'new')).toEqual(['new', 'Nord', 900]);
});

test('a dependent input can still be changed by itself', () => {
  expect(determineDependents(features, ['T1', 'Nord', 900], 1, 'Sud')).toEqual(['T1', 'Sud', 900]);
  expect(determineDependents(features, ['T1', 'Nord', 900], 2, 1000)).toEqual(['T1', 'Nord', 1000]);
});

test('another start brings its month, its weekday and its hour as the file counts them', () => {
  const base = {
    role: 'context' as const,
    typical: 1,
    min: 0,
    p5: 0,
    median: 5,
    p95: 23,
    max: 23,
    isInteger: true,
  };
  const dated: readonly FormFeature[] = [
    { type: 'number', name: 'Mois', ...base },
    dateFeature('Début', 0, 1, {
      typical: 0,
      determines: [
        { feature: 0, part: 'month', shift: 0 },
        { feature: 2, part: 'weekday', shift: -1 },
        { feature: 3, part: 'hour', shift: 0 },
      ],
    }),
    { type: 'number', name: 'Jour', ...base },
    { type: 'number', name: 'Heure', ...base },
  ];
  // 12 April 2026 is a Sunday.
  const start = Date.UTC(2026, 3, 12, 22, 15);
  expect(determineDependents(dated, [1, 0, 1, 1], 1, start)).toEqual([4, start, 6, 22]);
  expect(determineDependents(dated, [1, 0, 1, 1], 1, null)).toEqual([1, null, 1, 1]);
  expect(determineDependents(dated, [1, start, 1, 1], 0, 7)).toEqual([7, start, 1, 1]);
});

test('a site that is not the unit’s is a contradiction; an unknown one is none', () => {
  expect(findContradictions(features, ['T1', 'Nord', 900])).toEqual([]);
  expect(findContradictions(features, ['T1', 'Sud', 900])).toEqual([
    { feature: 1, leader: 0, expected: 'Nord' },
  ]);
  expect(findContradictions(features, ['T1', null, null])).toEqual([]);
  expect(findContradictions(features, [null, 'Sud', 900])).toEqual([]);
});
