import { describe, expect, test } from 'vitest';
import type { OutageSet } from '#data/outages.ts';
import type { FittedModel } from '#models/regressor.ts';
import type { ResolvedSettings } from './contract.ts';
import { defaultTrainingSettings } from './training-settings.ts';
import { listWarnings } from './training-warnings.ts';

/** Of 60 outages: units with so many labels, and two sites. */
function warn(nUnits: number, split: ResolvedSettings['split']) {
  const n = 60;
  const groups = [
    { name: 'Site', nLabels: 2 },
    { name: 'Tranche', nLabels: nUnits },
  ].map(({ name, nLabels }) => ({
    type: 'category' as const,
    name,
    codes: Int32Array.from({ length: n }, (_, i) => i % nLabels),
    categories: Array.from({ length: nLabels }, (_, i) => `${name} ${i}`),
  }));
  const outages = { rows: new Int32Array(n), start: null, groups } as unknown as OutageSet;
  return listWarnings({
    outages,
    settings: { ...defaultTrainingSettings, split, horizon: { kind: 'start' } },
    models: [],
    chosen: 'median',
    model: { encoder: { notes: [] } } as unknown as FittedModel,
    isLogScaleOffered: true,
    isStopped: false,
    isTooOpen: false,
    expectedInVain: [],
    testRows: new Int32Array(40),
  });
}

describe('units on both sides of random folds', () => {
  test('are warned of, by the group of most labels', () => {
    expect(warn(20, { kind: 'random', testShare: 0.2 })).toEqual([
      { code: 'groups-repeat', details: { column: 'Tranche', nLabels: 20 } },
    ]);
    expect(warn(20, { kind: 'stratified', testShare: 0.2 })).toHaveLength(1);
  });

  test('are not where folds keep them apart, or go by time; nor labels that hardly come back, or are too few to part', () => {
    expect(warn(20, { kind: 'group', testShare: 0.2, column: 'Tranche' })).toEqual([]);
    expect(warn(20, { kind: 'time', testShare: 0.2 })).toEqual([]);
    expect(warn(50, { kind: 'random', testShare: 0.2 })).toEqual([]);
    expect(warn(3, { kind: 'random', testShare: 0.2 })).toEqual([]);
  });
});
