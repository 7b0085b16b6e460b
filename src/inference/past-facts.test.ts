import { expect, it } from 'vitest';
import { indexHistory } from '#data/history/history-index.ts';
import type { OutageHistory } from '#data/history/outage-history.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { describePast, findBeyondPast } from './past-facts.ts';
import type { ModelAtWork } from './open-model.ts';

/** Five outages of T1 (10, 20, 30, 40 and 50 days, one a year) and one of T2; all ASR but the last of T1. */
const starts = [0, 365, 730, 1095, 1460, 100].map((day) => day * MS_PER_DAY);
const durations = [10, 20, 30, 40, 50, 7];
const history: OutageHistory = {
  version: 1,
  plan: {
    start: 'Début',
    columns: ['Tranche', 'Type'],
    groups: [[0], [1], [0, 1]],
    longThreshold: null,
    features: [],
  },
  starts,
  ends: starts.map((start, i) => start + (durations[i] ?? 0) * MS_PER_DAY),
  durations,
  columns: [
    { labels: ['T1', 'T2'], codes: [0, 0, 0, 0, 0, 1] },
    { labels: ['ASR', 'VD'], codes: [0, 0, 0, 0, 1, 0] },
  ],
};
const model = {
  history: indexHistory(history),
  description: { inputs: [{ name: 'Type' }, { name: 'Début' }, { name: 'Tranche' }] },
} as unknown as ModelAtWork;

it('says what the unit and the class really did before the case starts', () => {
  const facts = describePast(model, ['ASR', 3000 * MS_PER_DAY, 'T1']);
  expect(facts).toEqual([
    { column: 'Tranche', label: 'T1', durations: [10, 20, 30, 40, 50], p50: 30, p80: expect.closeTo(42, 9) },
    { column: 'Type', label: 'ASR', durations: [10, 7, 20, 30, 40], p50: 20, p80: expect.closeTo(32, 9) },
  ]);
});

it('knows no outage that ends later than the case starts, lists few without quantiles, and says that there are none', () => {
  const [unit, type] = describePast(model, ['VD', 740 * MS_PER_DAY, 'T1']);
  expect(unit).toMatchObject({ durations: [10, 20], p50: null, p80: null });
  expect(type).toMatchObject({ label: 'VD', durations: [] });
  expect(describePast(model, [null, null, 'T9'])).toEqual([
    { column: 'Tranche', label: 'T9', durations: [], p50: null, p80: null },
  ]);
  expect(describePast({ ...model, history: null }, ['VD', 0, 'T1'])).toEqual([]);
});

it('tells a file without dates or without a unit by its labels, whole', () => {
  const pastDurations = [{ column: 'Type', labels: ['ASR', 'VD'], durations: [[7, 10, 20, 30], [50]] }];
  const undated = { history: null, description: { ...model.description, pastDurations } };
  expect(describePast(undated, ['VD', 0, 'T1'])).toEqual([
    { column: 'Type', label: 'VD', durations: [50], p50: null, p80: null },
  ]);
  expect(describePast(undated, ['ASR', 0, 'T1'])).toMatchObject([{ durations: [7, 10, 20, 30], p50: 15 }]);
  expect(describePast(undated, ['VP', 0, 'T1'])).toMatchObject([{ label: 'VP', durations: [] }]);
});

it('compares an answer with the past of its unit where neither unit nor class has done the like', () => {
  const past = describePast(model, ['ASR', 3000 * MS_PER_DAY, 'T1']);
  expect(findBeyondPast(past, 8)).toBeNull(); // the class has
  expect(findBeyondPast(past, 60)?.label).toBe('T1');
  expect(findBeyondPast([], 60)).toBeNull();
});
