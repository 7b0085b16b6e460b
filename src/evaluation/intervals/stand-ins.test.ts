import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { drawStandIns } from './stand-ins.ts';

/** Durations of two classes, looked at when an independent exponential time has passed since they began. */
function plant(n: number, meanLook: number, seed: number) {
  const rng = createRng(seed);
  const draw = (mean: number) => -mean * Math.log(1 - rng.nextFloat());
  const outages = Array.from({ length: n }, () => {
    const label = rng.nextFloat() < 0.5 ? 'longue' : 'courte';
    const mean = label === 'longue' ? 40 : 5;
    return { label, mean, duration: draw(mean), look: draw(meanLook * mean) };
  });
  const over = outages.filter(({ duration, look }) => duration <= look);
  const open = outages.filter(({ duration, look }) => duration > look);
  const predicted = (list: typeof outages) => Float64Array.from(list, ({ mean }) => mean);
  return {
    over: { actual: Float64Array.from(over, ({ duration }) => duration), predicted: predicted(over) },
    classes: over.map(({ label }) => label),
    open: {
      actual: Float64Array.from(open, ({ look }) => look),
      predicted: predicted(open),
      classes: open.map(({ label }) => label),
    },
  };
}

const shareOver = (actual: ArrayLike<number>, predicted: ArrayLike<number>, times: number) =>
  Array.from(actual).filter((value, i) => value > times * (predicted[i] ?? NaN)).length / actual.length;

describe('stand-ins for outages under way', () => {
  test('give back how long outages really take where 30 % are under way; those that ended alone are too short', () => {
    const { over, classes, open } = plant(4000, 2.33, 1);
    expect(open.actual.length / 4000).toBeGreaterThan(0.27);
    const foldOf = Int32Array.from(over.actual, (_, i) => i % 5);
    const { outages, beyond } = drawStandIns({ outages: over, foldOf }, classes, open);
    expect(outages.actual.length).toBeLessThanOrEqual(over.actual.length);
    expect(outages.actual.length).toBeGreaterThan(0.97 * over.actual.length);
    expect(beyond).toBeLessThan(0.03);
    // Exponential: a share of e^−t lasts longer than t times its mean.
    for (const times of [0.7, 1.6]) {
      const truth = Math.exp(-times);
      expect(Math.abs(shareOver(outages.actual, outages.predicted, times) - truth)).toBeLessThan(0.025);
      expect(truth - shareOver(over.actual, over.predicted, times)).toBeGreaterThan(0.06);
    }
  });

  test('are the outages themselves where none is under way; rows without a forecast stand for nobody', () => {
    const over = { actual: Float64Array.of(3, 1, 2, 9), predicted: Float64Array.of(2, NaN, 2, 2) };
    const foldOf = Int32Array.of(0, -1, 1, 2);
    const none = { actual: new Float64Array(0), predicted: new Float64Array(0) };
    const { outages, rows, beyond } = drawStandIns({ outages: over, foldOf }, null, none);
    expect([...rows]).toEqual([0, 2, 3]);
    expect(Array.from(outages.actual)).toEqual([3, 2, 9]);
    expect(beyond).toBe(0);
  });

  test('say how many went on beyond all that ended', () => {
    const over = { actual: Float64Array.of(1, 2, 3), predicted: new Float64Array(3).fill(2) };
    const open = { actual: Float64Array.of(50), predicted: Float64Array.of(2) };
    const { beyond } = drawStandIns({ outages: over, foldOf: new Int32Array(3) }, null, open);
    expect(beyond).toBeCloseTo(0.25, 10);
  });
});
