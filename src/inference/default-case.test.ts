import { describe, expect, it } from 'vitest';
import { MS_PER_DAY } from '#data/dates.ts';
import { buildDefaultCase, changeCell, type Asking } from './default-case.ts';
import type { FormFeature } from './contract.ts';
import { categoryFeature, dateFeature, numberFeature } from './testing/form-features.ts';

const day = (text: string) => Date.parse(`${text}T00:00Z`);
const at = (text: string) => Date.parse(`${text}Z`);

/** T1 and T2 of two sites, classes ASR and VD that take other crews; a start with its month, an age of the unit. */
const features: readonly FormFeature[] = [
  categoryFeature('Tranche', ['T1', 'T2'], {
    role: 'group',
    determines: [
      {
        feature: 1,
        cells: [
          ['T1', 'Nord'],
          ['T2', 'Sud'],
        ],
      },
    ],
    due: [
      ['T1', day('2027-09-01')],
      ['T2', day('2020-01-01')],
    ],
  }),
  categoryFeature('Site', ['Nord', 'Sud'], { role: 'group' }),
  categoryFeature('Type', ['ASR', 'VD'], {
    suggests: [
      {
        feature: 3,
        cells: [
          ['ASR', 12.3456],
          ['VD', 40],
        ],
      },
    ],
  }),
  numberFeature('Effectif', 5, 50, {
    role: 'lever',
    typical: 9,
    p5: 6,
    median: 14,
    p95: 45,
    isInteger: false,
  }),
  dateFeature('Début', day('2015-01-01'), day('2023-12-01'), {
    typical: at('2022-05-04T22:00'),
    determines: [{ feature: 5, part: 'month', shift: 0 }],
  }),
  numberFeature('Mois', 1, 12, { typical: 5, median: 6 }),
  numberFeature('Âge', 20, 40, {
    typical: 30,
    median: 30,
    isInteger: false,
    elapsed: {
      unit: 'year',
      decimals: 1,
      isCut: false,
      date: 4,
      since: {
        leader: 0,
        instants: [
          ['T1', day('1990-01-01')],
          ['T2', day('2000-01-01')],
        ],
      },
    },
  }),
  dateFeature('Fin prévue', 0, 1, { role: 'date', typical: at('2022-05-14T22:00') }),
];
const asking: Asking = { features, horizon: { kind: 'plan', leadDays: 180 }, today: at('2026-11-28T09:30') };
const none = new Set<number>();

describe('the case a form begins with', () => {
  it('is of the outage to come: the next start, the usual of the class, what follows of all that', () => {
    const start = at('2027-09-01T22:00');
    expect(buildDefaultCase(asking)).toEqual([
      'T1',
      'Nord',
      'ASR',
      12.35, // as its box writes it
      start,
      9,
      37.7,
      start + 10 * MS_PER_DAY,
    ]);
  });

  it('never starts in the past, nor before the model can look', () => {
    const features2 = features.map((feature) =>
      feature.name === 'Tranche' ? { ...feature, typical: 'T2' } : feature,
    );
    const startOf = (how: Partial<Asking>) => buildDefaultCase({ ...asking, features: features2, ...how })[4];
    expect(startOf({})).toBe(at('2027-05-28T22:00'));
    expect(startOf({ horizon: { kind: 'start' } })).toBe(at('2026-11-29T22:00'));
  });

  it('is the same case when a default is typed back in', () => {
    const first = buildDefaultCase(asking);
    for (const [i, cell] of first.entries()) {
      expect(changeCell(asking, first, i, cell, new Set([i]))).toEqual(first);
    }
  });
});

describe('a case of which one cell is changed', () => {
  const first = buildDefaultCase(asking);
  it('has what is usual for another class, but what was typed', () => {
    expect(changeCell(asking, first, 2, 'VD', none)[3]).toBe(40);
    expect(changeCell(asking, changeCell(asking, first, 3, 20, none), 2, 'VD', new Set([2, 3]))[3]).toBe(20);
  });

  it('has another unit’s site, age and next start, and a typed start as it was typed', () => {
    const start = at('2027-05-28T22:00');
    const other = changeCell(asking, first, 0, 'T2', new Set([0]));
    expect(other).toEqual(['T2', 'Sud', 'ASR', 12.35, start, 5, 27.4, start + 10 * MS_PER_DAY]);
    const typed = changeCell(asking, first, 4, day('2028-01-10'), new Set([4]));
    expect(typed.slice(4, 7)).toEqual([day('2028-01-10'), 1, 38]);
    expect(changeCell(asking, typed, 0, 'T2', new Set([0, 4])).slice(4, 7)).toEqual([
      day('2028-01-10'),
      1,
      28,
    ]);
  });
});
