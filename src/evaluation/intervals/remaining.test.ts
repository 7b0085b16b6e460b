import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import type { QuantileForecasts } from './calibration.ts';
import { type ClaimedBound, isClaimed, type IntervalBound } from './prediction-interval.ts';
import { calibrateElapsed, countReached, listElapsed, predictElapsed } from './remaining.ts';

const shares = [0.01, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.99];
const nobody = { actual: new Float64Array(0), predicted: new Float64Array(0) };
const valueOf = (bound: IntervalBound) => (isClaimed(bound) ? bound.value : NaN);

/** Weibull durations of the given shape (below 1: the longer it lasts, the longer it will), forecast as they are drawn. */
function plant(n: number, shape: number, seed: number) {
  const rng = createRng(seed);
  const scale = Float64Array.from({ length: n }, () => (rng.nextBelow(2) ? 30 : 6));
  const quantile = (mean: number, share: number) => mean * (-Math.log(1 - share)) ** (1 / shape);
  const actual = scale.map((mean) => quantile(mean, rng.nextFloat()));
  const values = shares.map((share) => scale.map((mean) => quantile(mean, share)));
  const quantiles: QuantileForecasts = { shares, values };
  return { scale, actual, predicted: values[3] ?? scale, quantiles, quantile };
}

describe('how much longer', () => {
  test.each([0.6, 1, 2])(
    'keeps its P80 and P90 among those that reached as far, by forecasts of their own (shape %d)',
    (shape) => {
      const known = plant(1500, shape, 1);
      const calibration = calibrateElapsed(known, nobody);
      const fresh = plant(1500, shape, 2);
      if (!calibration) throw new Error('not calibrated');
      for (const elapsed of [3, 12]) {
        const counts = { n: 0, p50: 0, p80: 0, p90: 0 };
        fresh.actual.forEach((duration, i) => {
          if (duration <= elapsed) return;
          const answer = predictElapsed(
            calibration,
            fresh.quantiles.values.map((column) => column[i] ?? NaN),
            elapsed,
          );
          counts.n += 1;
          for (const level of ['p50', 'p80', 'p90'] as const) {
            if (duration <= valueOf(answer[level])) counts[level] += 1;
          }
        });
        expect(counts.n).toBeGreaterThan(250);
        // Two standard errors of the calibration and of the fresh ones.
        expect(Math.abs(counts.p50 / counts.n - 0.5)).toBeLessThan(0.09);
        expect(Math.abs(counts.p80 / counts.n - 0.8)).toBeLessThan(0.07);
        expect(Math.abs(counts.p90 / counts.n - 0.9)).toBeLessThan(0.055);
      }
    },
  );

  test('is what those that went on say, by Kaplan and Meier, where all are forecast alike', () => {
    const rng = createRng(5);
    const draw = () => -20 * Math.log(1 - rng.nextFloat());
    const alike = (actual: Float64Array) => ({
      actual,
      predicted: actual.map(() => 14),
      quantiles: { shares, values: shares.map((share) => actual.map(() => -20 * Math.log(1 - share))) },
    });
    const all = Array.from({ length: 400 }, () => ({ duration: draw(), look: draw() * 3 }));
    const over = Float64Array.from(
      all.filter(({ duration, look }) => duration <= look),
      ({ duration }) => duration,
    );
    const open = Float64Array.from(
      all.filter(({ duration, look }) => duration > look),
      ({ look }) => look,
    );
    const calibration = calibrateElapsed(alike(over), alike(open));
    if (!calibration) throw new Error('not calibrated');
    const forecast = calibration.forecasts[0] ?? [];
    for (const elapsed of [0, 5, 25]) {
      // The chance to have lasted on, outage by outage.
      const [later, still] = [over, open].map((list) => list.filter((value) => value > elapsed)) as [
        Float64Array,
        Float64Array,
      ];
      const nAll = later.length + still.length;
      let survived = 1;
      const p80 = later.sort().find((end) => {
        const atRisk = [...later, ...still].filter((value) => value >= end).length;
        survived *= 1 - 1 / atRisk;
        return (1 - survived) * nAll >= 0.8 * (nAll + 1);
      });
      expect(valueOf(predictElapsed(calibration, forecast, elapsed).p80)).toBeCloseTo(p80 ?? NaN, 6);
    }
  });

  test('never answers less than what it has lasted, nor a higher level with less; survival never rises', () => {
    const { predicted, actual, quantiles } = plant(120, 0.7, 9);
    const calibrations = [
      calibrateElapsed({ actual, predicted }, nobody),
      calibrateElapsed({ actual, predicted, quantiles }, nobody),
    ];
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 60, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 300, noNaN: true }), {
          minLength: shares.length,
          maxLength: shares.length,
        }),
        (elapsed, drawn) => {
          for (const calibration of calibrations) {
            if (!calibration) throw new Error('not calibrated');
            const forecast = calibration.spread ? drawn.slice(0, 1) : drawn.toSorted((a, b) => a - b);
            const { p10, p50, p80, p90 } = predictElapsed(calibration, forecast, elapsed);
            const claimed = [p10, p50, p80, p90].filter((bound): bound is ClaimedBound => isClaimed(bound));
            const values = claimed.map(({ value }) => value);
            expect(values).toEqual(values.toSorted((a, b) => a - b));
            for (const value of values) expect(value).toBeGreaterThanOrEqual(elapsed);
          }
        },
      ),
    );
  });

  test('refuses a level that too few outages reached, with how many they are', () => {
    const actual = Float64Array.from({ length: 12 }, (_, i) => i + 1);
    const calibration = calibrateElapsed({ actual, predicted: actual.map(() => 6) }, nobody);
    if (!calibration) throw new Error('not calibrated');
    const ask = (elapsed: number) => predictElapsed(calibration, [6], elapsed);
    expect(isClaimed(ask(3).p90)).toBe(true);
    expect(ask(4).p90).toEqual({ notClaimable: true, n: 8, needed: 9, overall: null });
    expect(ask(8).p80).toMatchObject({ n: 4 });
    expect(ask(9).p50).toEqual({ notClaimable: true, n: 3, needed: 4, overall: null });
    expect(countReached(calibration, 9)).toBe(3);
    const points = listElapsed(calibration, 30);
    expect(points[0]).toBe(0);
    expect(countReached(calibration, points.at(-1) ?? NaN)).toBeGreaterThanOrEqual(4);
    expect(
      calibrateElapsed({ actual: actual.slice(0, 3), predicted: actual.slice(0, 3) }, nobody),
    ).toBeNull();
  });
});
