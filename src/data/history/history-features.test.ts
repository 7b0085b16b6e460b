import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { median } from '#base/statistics.ts';
import { MS_PER_DAY } from '../dates.ts';
import { computeHistoryFeatures } from './history-features.ts';
import { indexHistory } from './history-index.ts';
import {
  fleetParts,
  classParts,
  longParts,
  pairParts,
  unitParts,
  type HistoryPart,
  type HistoryPlan,
} from './history-plan.ts';
import { buildHistory } from './outage-history.ts';

const unitLabels = ['A1', 'A2', 'B1'];
const siteLabels = ['A', 'B'];
const natureLabels = ['planned', 'forced'];
const longThreshold = 20;
const feature = (column: string, group: number | null) => (part: HistoryPart) => ({
  feature: `${column} ${part}`,
  column,
  group,
  part,
});
const plan: HistoryPlan = {
  start: 'start',
  columns: ['unit', 'site', 'nature'],
  groups: [[0], [1], [0, 2]],
  longThreshold,
  features: [
    ...[...unitParts, ...longParts].map(feature('unit', 0)),
    ...classParts.map(feature('site', 1)),
    ...pairParts.map(feature('unit', 2)),
    ...fleetParts.map(feature('start', null)),
  ],
};

/** Times in days, so that ties are common; `end` null is not over. */
interface Outage {
  readonly unit: number;
  readonly nature: number;
  readonly start: number;
  readonly end: number | null;
  readonly duration: number;
}

const siteOf = (unit: number) => (unit === 2 ? 1 : 0);

function computeAll(
  outages: readonly Outage[],
  queries: readonly Pick<Outage, 'unit' | 'nature' | 'start'>[],
  leadDays = 0,
) {
  const history = buildHistory(plan, {
    start: Float64Array.from(outages, ({ start }) => start * MS_PER_DAY),
    end: Float64Array.from(outages, ({ end }) => (end === null ? NaN : end * MS_PER_DAY)),
    duration: Float64Array.from(outages, ({ duration }) => duration),
    columns: [
      { codes: Int32Array.from(outages, ({ unit }) => unit), categories: unitLabels },
      { codes: Int32Array.from(outages, ({ unit }) => siteOf(unit)), categories: siteLabels },
      { codes: Int32Array.from(outages, ({ nature }) => nature), categories: natureLabels },
    ],
  });
  const index = indexHistory(history);
  return queries.map(({ unit, nature, start }) =>
    computeHistoryFeatures(index, {
      start: start * MS_PER_DAY,
      known: (start - leadDays) * MS_PER_DAY,
      labels: [unitLabels[unit]!, siteLabels[siteOf(unit)]!, natureLabels[nature]!],
    }),
  );
}

/** Each feature by its definition, slowly. */
function computeNaively(
  outages: readonly Outage[],
  { unit, nature, start }: Pick<Outage, 'unit' | 'nature' | 'start'>,
  leadDays = 0,
): number[] {
  const instant = start - leadDays;
  const finished = outages
    .filter(({ end }) => end !== null && end < instant)
    .toSorted(
      (a, b) => (a.end as number) - (b.end as number) || a.start - b.start || a.duration - b.duration,
    );
  const own = finished.filter((outage) => outage.unit === unit);
  const site = finished.filter((outage) => siteOf(outage.unit) === siteOf(unit));
  const longs = own.filter(({ duration }) => duration >= longThreshold);
  const last = own.at(-1);
  const long = longs.at(-1);
  const longBefore = longs.at(-2);
  const since = (end: number | null | undefined) => (typeof end === 'number' ? start - end : NaN);
  const isUnderWay = (outage: Outage) =>
    outage.start < instant && outage.start >= instant - 730 && (outage.end === null || outage.end >= instant);
  const values: Record<HistoryPart, number> = {
    'past-median': median(own.map(({ duration }) => duration)),
    'past-count': own.length,
    'days-since-last': since(last?.end),
    'previous-duration': last?.duration ?? NaN,
    'second-previous-duration': own.at(-2)?.duration ?? NaN,
    'outages-last-year': own.filter(({ end }) => (end as number) >= instant - 365).length,
    'days-since-long': since(long?.end),
    'long-duration': long?.duration ?? NaN,
    'outages-since-long': long === undefined ? NaN : own.length - 1 - own.lastIndexOf(long),
    'days-between-longs': long && longBefore ? long.start - (longBefore.end as number) : NaN,
    'under-way': outages.filter(isUnderWay).length,
    week:
      Math.floor((start - Date.UTC(new Date(start * MS_PER_DAY).getUTCFullYear(), 0) / MS_PER_DAY) / 7) + 1,
  };
  const siteValues = {
    'past-median': median(site.map(({ duration }) => duration)),
    'past-count': site.length,
  };
  return [
    ...[...unitParts, ...longParts].map((part) => values[part]),
    ...classParts.map((part) => siteValues[part]),
    median(own.filter((outage) => outage.nature === nature).map(({ duration }) => duration)),
    ...fleetParts.map((part) => values[part]),
  ];
}

const day = fc.integer({ min: 0, max: 1500 }); // beyond the two years an outage counts as under way
const unit = fc.nat(2);
const nature = fc.nat(1);
const duration = fc.integer({ min: 1, max: 60 });
// Ends are distinct in one test, so that "the last one" has one meaning; ties have a test of their own.
const outage: fc.Arbitrary<Outage> = fc
  .record({
    unit,
    nature,
    start: day,
    duration,
    isOver: fc.boolean(),
    late: fc.nat(5),
  })
  .map(({ unit, nature, start, duration, isOver, late }) => ({
    unit,
    nature,
    start,
    duration,
    end: isOver || late > 0 ? start + duration : null,
  }));
const outages = fc.uniqueArray(outage, { maxLength: 40, selector: ({ end, start }) => end ?? -1 - start });

const lead = fc.constantFrom(0, 30, 180);

describe('computeHistoryFeatures', () => {
  it('agrees with the definitions, computed slowly', () => {
    fc.assert(
      fc.property(outages, fc.record({ unit, nature, start: day }), lead, (past, query, leadDays) => {
        const [values] = computeAll(past, [query], leadDays);
        expect(Array.from(values!)).toEqual(computeNaively(past, query, leadDays));
      }),
      { numRuns: 500 },
    );
  });

  it('gives an outage the same features whatever happens later than its start less the lead', () => {
    const changed = fc.record({
      end: fc.option(fc.nat(400)),
      duration,
      isGone: fc.boolean(),
      unit: fc.nat(2),
      delay: fc.nat(300),
    });
    fc.assert(
      fc.property(
        fc.array(outage, { minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.array(changed, { minLength: 40, maxLength: 40 }),
        lead,
        (past, choice, changes, leadDays) => {
          const query = past[choice % past.length]!;
          const instant = query.start - leadDays;
          const future = past.flatMap((known, i): Outage[] => {
            const change = changes[i]!;
            if (known.end !== null && known.end < instant) return [known]; // all of it is past
            const end = change.end === null ? null : instant + change.end;
            if (known.start < instant) return [{ ...known, end, duration: change.duration }];
            if (change.isGone) return [];
            const start = instant + change.delay;
            const late = end === null ? null : start + end;
            return [{ ...known, unit: change.unit, start, duration: change.duration, end: late }];
          });
          expect(computeAll(future, [query], leadDays)).toEqual(computeAll(past, [query], leadDays));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(outages, (past) => {
        expect(computeAll(past.toReversed(), past)).toEqual(computeAll(past, past));
      }),
    );
  });

  it('counts an outage that ends the very instant another begins as under way, not as past', () => {
    const [values] = computeAll(
      [{ unit: 0, nature: 0, start: 10, end: 20, duration: 10 }],
      [{ unit: 0, nature: 0, start: 20 }],
    );
    const valueOf = (column: string, part: HistoryPart) =>
      values![plan.features.findIndex((entry) => entry.column === column && entry.part === part)];
    expect(valueOf('unit', 'past-count')).toBe(0);
    expect(valueOf('start', 'under-way')).toBe(1);
  });

  it('knows nothing of a missing unit, counts zero for a new one, and has no answer without a start', () => {
    const history = buildHistory(plan, {
      start: Float64Array.of(0),
      end: Float64Array.of(5 * MS_PER_DAY),
      duration: Float64Array.of(5),
      columns: [
        { codes: Int32Array.of(0), categories: ['A1'] },
        { codes: Int32Array.of(-1), categories: [] },
        { codes: Int32Array.of(0), categories: ['planned'] },
      ],
    });
    const index = indexHistory(history);
    const counts = (labels: (string | null)[], start = 10 * MS_PER_DAY) => {
      const values = computeHistoryFeatures(index, { start, labels });
      return plan.features.flatMap(({ part }, i) => (part === 'past-count' ? [values[i]] : []));
    };
    expect(counts(['A1', 'A', null])).toEqual([1, 0]);
    expect(counts(['Z9', null, null])).toEqual([0, NaN]);
    expect(counts([null, null, null], NaN)).toEqual([NaN, NaN]);
  });
});
