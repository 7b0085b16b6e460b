import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { chooseIntervals } from './interval-choice.ts';

const rng = createRng(31);
const n = 600;
const predicted = Float64Array.from({ length: n }, () => 5 + 100 * rng.nextFloat());
const noise = Float64Array.from({ length: n }, () => rng.nextNormal());
const foldOf = Int32Array.from({ length: n }, (_, i) => i % 5);

describe('chooses how residuals are alike', () => {
  test('on the log scale where errors are ratios', () => {
    const actual = predicted.map((value, i) => (1 + value) * 3 ** (noise[i] as number) - 1);
    expect(chooseIntervals({ predicted, actual }, foldOf).scale).toBe('log1p');
  });

  test('in days with a local spread where errors grow and then shrink', () => {
    const size = (value: number) => (value > 40 && value < 70 ? 10 : 1);
    const actual = predicted.map((value, i) => value + size(value) * (noise[i] as number));
    const { scale, spread, report } = chooseIntervals({ predicted, actual }, foldOf);
    expect({ scale, spread }).toEqual({ scale: 'identity', spread: 'local' });
    expect(report.overall.levels.p10p90.isWithin).toBe(true);
  });

  test('never on the log scale where a duration forbids it', () => {
    const actual = predicted.map((value, i) => (i === 0 ? -3 : (1 + value) * 3 ** (noise[i] as number) - 1));
    expect(chooseIntervals({ predicted, actual }, foldOf).scale).toBe('identity');
  });

  test('with too few outages to score, takes residuals as they are', () => {
    const few = { predicted: [1, 2, 3], actual: [1, 2, 4] };
    expect(chooseIntervals(few, [0, 1, 2]).scale).toBe('identity');
  });
});
