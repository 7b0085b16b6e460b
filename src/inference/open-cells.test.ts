import { describe, expect, it } from 'vitest';
import type { HistoryFeature } from '#data/history/history-plan.ts';
import { indexHistory } from '#data/history/history-index.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';
import { maskFeatures } from './mask-features.ts';
import { drawOpenCells } from './draw-open-cells.ts';
import { findOpenInputs, settleCells } from './open-cells.ts';
import type { FormFeature } from './contract.ts';
import { categoryFeature, numberFeature } from './testing/form-features.ts';

const number = { min: 0, max: 100, quantiles: [0, 25, 50, 75, 100], isInteger: true, nMissing: 0 };
const unit = {
  type: 'category',
  name: 'unit',
  categories: ['A', 'B'],
  counts: [50, 50],
  hasOther: false,
} as const;
const inputs: readonly EncodedFeature[] = [
  { ...unit, nMissing: 0 },
  { ...number, type: 'number', name: 'power' },
  { ...number, type: 'number', name: 'crew', nMissing: 30 },
];

describe('cells that nobody knows', () => {
  const features: readonly FormFeature[] = [
    categoryFeature('unit', ['A', 'B'], {
      role: 'group',
      determines: [
        {
          feature: 1,
          cells: [
            ['A', 900],
            ['B', 1300],
          ],
        },
      ],
    }),
    numberFeature('power', 900, 1300),
    numberFeature('crew', 1, 40, { role: 'lever', typical: 9, p5: 2, median: 9, p95: 30 }),
  ];

  it('are not those that a known one settles, and what is known stays as it is', () => {
    expect(settleCells(features, ['B', null, null])).toEqual(['B', 1300, null]);
    expect(settleCells(features, [null, null, 3])).toEqual([null, null, 3]);
    expect(settleCells(features, ['B', 900, null])).toEqual(['B', 900, null]);
    const all = ['A', 900, 4];
    expect(settleCells(features, all)).toBe(all);
  });

  it('are in a file not those that it often had empty', () => {
    const described = { inputs, nTrainingRows: 100, roles: [] };
    expect(findOpenInputs(described, [null, 900, null], 'form')).toEqual([0, 2]);
    expect(findOpenInputs(described, [null, 900, null], 'file')).toEqual([0]);
    expect(findOpenInputs({ ...described, nTrainingRows: 400 }, [null, 900, null], 'file')).toEqual([0, 2]);
  });

  it('are not, in a form either, an announced duration that outages were learnt from without', () => {
    const roles = [{ column: inputs[2]?.name ?? '', role: 'announced' as const }];
    const described = { inputs, nTrainingRows: 100, roles };
    expect(findOpenInputs(described, [null, 900, null], 'form')).toEqual([0]);
    expect(findOpenInputs({ ...described, nTrainingRows: 400 }, [null, 900, null], 'form')).toEqual([0, 2]);
  });
});

describe('what the model makes of them', () => {
  const feature = (name: string, column: string, group: number | null, part: HistoryFeature['part']) => ({
    feature: name,
    column,
    group,
    part,
  });
  const history = indexHistory({
    version: 1,
    plan: {
      start: 'start',
      columns: ['unit', 'type'],
      groups: [[0], [1], [0, 1]],
      longThreshold: null,
      features: [
        feature('unit median', 'unit', 0, 'past-median'),
        feature('type median', 'type', 1, 'past-median'),
        feature('pair median', 'type', 2, 'past-median'),
        feature('week', 'start', null, 'week'),
      ],
    },
    starts: [],
    ends: [],
    durations: [],
    columns: [
      { labels: [], codes: [] },
      { labels: [], codes: [] },
    ],
  });
  const origins = [
    { feature: 'unit', column: 'unit', part: 'value' },
    { feature: 'age', column: 'built', part: 'age', reference: 'start' },
    { feature: 'month', column: 'start', part: 'month' },
  ] as const;
  const description = { origins } as unknown as ModelDescription;
  const left = (...without: string[]) => {
    const masked = maskFeatures({ description, history }, new Set(without));
    return [
      ...masked.description.origins.map((each) => each.feature),
      ...(masked.history?.plan.features.map((each) => each.feature) ?? []),
    ];
  };

  it('is left out with them: the past of an open unit, alone or with a class', () => {
    expect(left('unit')).toEqual(['age', 'month', 'type median', 'week']);
    expect(left('type')).toEqual(['unit', 'age', 'month', 'unit median', 'week']);
  });

  it('is left out with an open start: every age and all of the past', () => {
    expect(left('start')).toEqual(['unit']);
    expect(left('built')).toEqual(['unit', 'month', 'unit median', 'type median', 'pair median', 'week']);
  });
});

describe('what may have stood in them', () => {
  const n = 60;
  // Unit A at low power with small crews, B at high power with large ones.
  const pastRows = {
    columns: [
      Array.from({ length: n }, (_, i) => i % 2),
      Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 10 : 90) + (i % 5)),
      Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : 40)),
    ],
  };
  const described = { inputs, nTrainingRows: 1000, pastRows };

  it('is taken together, from the outages nearest in what is known', () => {
    const draws = drawOpenCells(described, ['A', null, null], [1, 2]);
    expect(draws).toHaveLength(20);
    for (const [label, power, crew] of draws) {
      expect(label).toBe('A');
      expect(power).toBeLessThan(20);
      expect(crew).toBe(1);
    }
    const byPower = drawOpenCells(described, [null, 92, null], [0, 2]);
    expect(new Set(byPower.map((cells) => `${cells[0]} ${cells[2]}`))).toEqual(new Set(['B 40']));
  });

  it('is drawn over all of them where nothing is known, and over what training saw where no rows are kept', () => {
    const any = drawOpenCells(described, [null, null, null], [0, 1, 2]);
    expect(new Set(any.map(([label]) => label))).toEqual(new Set(['A', 'B']));
    const { pastRows: _, ...older } = described;
    const spread = drawOpenCells(older, ['A', null, null], [1, 2]);
    const powers = spread.map((cells) => cells[1] as number);
    expect(spread.every(([label]) => label === 'A')).toBe(true);
    expect(Math.min(...powers)).toBeLessThan(10);
    expect(Math.max(...powers)).toBeGreaterThan(90);
    expect(drawOpenCells(older, ['A', null, null], [1, 2])).toEqual(spread);
  });
});
