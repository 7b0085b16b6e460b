import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrateIntervals } from './calibration.ts';
import { poolForecastsOfCase } from './pooled-forecasts.ts';
import { type IntervalBound, isClaimed, predictInterval } from './prediction-interval.ts';
import { computeDurationCurve } from './duration-curve.ts';

/** Residuals −n … n around 100, and a class of three. */
function calibrate(nEachSide: number) {
  const errors = Array.from({ length: 2 * nEachSide + 1 }, (_, i) => i - nEachSide);
  return calibrateIntervals({
    predicted: errors.map(() => 100),
    actual: errors.map((error) => 100 + error),
    classes: errors.map((_, i) => (i < 3 ? 'rare' : 'usual')),
    scale: 'identity',
    spread: 'constant',
  });
}

const valueOf = (bound: IntervalBound) => (isClaimed(bound) ? bound.value : NaN);

describe('forecasts that are pooled', () => {
  it('are the single one where all are alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 49 }), fc.integer({ min: 1, max: 20 }), (n, m) => {
        const calibration = calibrate(n);
        const { interval } = poolForecastsOfCase(
          calibration,
          Array.from({ length: m }, () => 200),
          null,
        );
        const alone = predictInterval(calibration, 200, null);
        for (const level of ['p10', 'p50', 'p80', 'p90'] as const) {
          expect(valueOf(interval[level])).toBeCloseTo(valueOf(alone[level]), 9);
        }
      }),
    );
  });

  it('show both humps, which a mean of medians would not', () => {
    const { interval, curve } = poolForecastsOfCase(calibrate(10), [100, 100, 1000, 1000], null);
    expect(valueOf(interval.p10)).toBeLessThan(110);
    expect(valueOf(interval.p80)).toBeGreaterThan(990);
    expect(curve?.points.every(({ duration }) => duration < 120 || duration > 980)).toBe(true);
    const { probability } = poolForecastsOfCase(calibrate(10), [100, 1000], null, 500);
    expect(probability?.probability).toBeCloseTo(0.5, 1);
  });

  it('do not depend on their order, and lie between the least and the greatest', () => {
    const some = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(some, (forecasts) => {
        const calibration = calibrate(20);
        const { interval } = poolForecastsOfCase(calibration, forecasts, null);
        const turned = poolForecastsOfCase(calibration, forecasts.toReversed(), null);
        for (const level of ['p10', 'p50', 'p80', 'p90'] as const) {
          const each = forecasts.map((forecast) =>
            valueOf(predictInterval(calibration, forecast, null)[level]),
          );
          expect(valueOf(interval[level])).toBeCloseTo(valueOf(turned.interval[level]), 6);
          expect(valueOf(interval[level])).toBeGreaterThanOrEqual(Math.min(...each) - 1e-6);
          expect(valueOf(interval[level])).toBeLessThanOrEqual(Math.max(...each) + 1e-6);
        }
      }),
    );
  });

  it('of a class that carries no level are refused as the single one is, with what all together say', () => {
    const calibration = calibrate(10);
    const { interval, curve, probability } = poolForecastsOfCase(calibration, [100, 300], 'rare', 200);
    const single = predictInterval(calibration, 100, 'rare');
    expect(isClaimed(interval.p80)).toBe(false);
    expect(interval.p80).toMatchObject({ notClaimable: true, n: 3 });
    expect(single.p80).toMatchObject({ notClaimable: true, n: 3 });
    const pooled = isClaimed(interval.p80) ? interval.p80.value : interval.p80.overall?.value;
    expect(pooled).toBeGreaterThan(290);
    expect(curve).toBeNull();
    expect(probability).toBeNull();
    expect(computeDurationCurve(calibration, 100, 'rare')).toBeNull();
  });
});
