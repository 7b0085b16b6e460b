import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { createSilentContext } from '#base/job-context.ts';
import { chooseIntervals } from './interval-choice.ts';

const context = createSilentContext();
const rng = createRng(31);
const n = 600;
const predicted = Float64Array.from({ length: n }, () => 5 + 100 * rng.nextFloat());
const noise = Float64Array.from({ length: n }, () => rng.nextNormal());
const foldOf = Int32Array.from({ length: n }, (_, i) => i % 5);

describe('chooses how residuals are alike', () => {
  test('in days where errors are as large for short outages as for long ones', async () => {
    const actual = predicted.map((value, i) => value + 2 * (noise[i] as number));
    expect((await chooseIntervals({ predicted, actual }, foldOf, context)).calibration.score.scale).toBe(
      'identity',
    );
  });

  test('on the log scale where errors are ratios', async () => {
    const actual = predicted.map((value, i) => (1 + value) * 3 ** (noise[i] as number) - 1);
    expect((await chooseIntervals({ predicted, actual }, foldOf, context)).calibration.score.scale).toBe(
      'log1p',
    );
  });

  test('with a local spread where errors grow and then shrink', async () => {
    const size = (value: number) => (value > 40 && value < 70 ? 10 : 1);
    const actual = predicted.map((value, i) => value + size(value) * (noise[i] as number));
    const { calibration, report } = await chooseIntervals({ predicted, actual }, foldOf, context);
    const { score } = calibration;
    expect(score.kind === 'residual' && score.spread.knots.length).toBeGreaterThan(3);
    expect(report.overall.levels.p10p90.isWithin).toBe(true);
  });

  test('never on the log scale where a duration forbids it', async () => {
    const actual = predicted.map((value, i) => (i === 0 ? -3 : (1 + value) * 3 ** (noise[i] as number) - 1));
    expect((await chooseIntervals({ predicted, actual }, foldOf, context)).calibration.score.scale).toBe(
      'identity',
    );
  });

  test('by the quantiles of a forecast that knows better than its median how sure it is', async () => {
    const spreads = predicted.map((_, i) => (i % 2 === 0 ? 1 : 20));
    const middle = predicted.map((value) => 200 + value);
    const actual = middle.map((value, i) => value + (spreads[i] as number) * (noise[i] as number));
    // Quantiles of the normal law, but for a spread claimed twice too narrow.
    const shares = [0.1, 0.25, 0.5, 0.75, 0.9];
    const normal = [-1.2816, -0.6745, 0, 0.6745, 1.2816];
    const values = normal.map((z) => middle.map((value, i) => value + (z * (spreads[i] as number)) / 2));
    const outages = { predicted: middle, actual, quantiles: { shares, values } };
    const { calibration, report } = await chooseIntervals(outages, foldOf, context);
    expect(calibration.score.kind).toBe('quantiles');
    expect(report.overall.levels.p10p90.isWithin).toBe(true);
    const even = { predicted: middle, actual };
    const blind = (await chooseIntervals(even, foldOf, context)).report.overall.meanIntervalScore;
    expect(report.overall.meanIntervalScore).toBeLessThan(0.85 * blind);
  });

  test('with too few outages to score, takes residuals as they are', async () => {
    const few = { predicted: [1, 2, 3], actual: [1, 2, 4] };
    expect((await chooseIntervals(few, [0, 1, 2], context)).calibration.score.scale).toBe('identity');
  });
});
