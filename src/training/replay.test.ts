import { expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createSpec } from '#models/model-spec.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { type DatedOutages, findKnownRows, replayOutage } from './replay.ts';

const stage = () => createSilentContext();
const day = 86_400_000;
const { features, target } = plantOutages(120, 1, 1);
const outages: DatedOutages = {
  features,
  target,
  start: Float64Array.from(target, (_, row) => ((row * 53) % 120) * 10 * day),
  unit: 'day',
};
const spec = createSpec('linear');

test('only what was over by then is known: begun is not enough', () => {
  const few: DatedOutages = {
    ...outages,
    start: Float64Array.of(0, 0, 10 * day, NaN, 20 * day),
    target: Float64Array.of(10, 11, 3, 1, 1),
  };
  expect(Array.from(findKnownRows(few, 2))).toEqual([0]);
  expect(Array.from(findKnownRows(few, 4))).toEqual([0, 1, 2]);
  expect(Array.from(findKnownRows({ ...few, unit: 'hour' }, 2))).toEqual([0, 1]);
});

test('a replay is the same whatever happened later, its own duration included', async () => {
  const row = outages.start.indexOf(600 * day);
  const replay = await replayOutage(spec, outages, row, stage);
  const known = new Set(findKnownRows(outages, row));
  expect(replay.nKnown).toBe(known.size);
  expect(known.size).toBeGreaterThan(40);
  // Longer, so that none of them is over any earlier.
  const later = target.map((value, other) => (known.has(other) ? value : value + 500));
  const again = await replayOutage(spec, { ...outages, target: later }, row, stage);
  expect(again.predicted).toBe(replay.predicted);
  expect(again.interval).toEqual(replay.interval);
  expect(Math.abs(replay.predicted - replay.actual)).toBeLessThan(4);
});

test('refuses where nothing was known yet, and an outage without a date', async () => {
  const first = outages.start.indexOf(0);
  await expect(replayOutage(spec, outages, first, stage)).rejects.toMatchObject({ code: 'too-few-rows' });
  const undated = { ...outages, start: outages.start.with(3, NaN) };
  await expect(replayOutage(spec, undated, 3, stage)).rejects.toMatchObject({ code: 'invalid-setting' });
});
