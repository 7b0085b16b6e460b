import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng, deriveSeed } from '#base/random.ts';
import { calibrateIntervals } from './calibration.ts';
import { measureCoverage } from './coverage.ts';
import { durationAtPlace, placeInForecast } from './quantile-score.ts';
import { predictInterval } from './prediction-interval.ts';

const shares = [0.1, 0.3, 0.5, 0.9];
const forecast = fc
  .array(fc.integer({ min: -20, max: 60 }), { minLength: 4, maxLength: 4 })
  .map((values) => values.toSorted((a, b) => a - b));

describe('the place of a duration among forecast quantiles', () => {
  test('is their share at a quantile, the middle of the run of equal ones, linear between and beyond', () => {
    const values = [2, 4, 4, 10];
    expect([2, 3, 4, 7, 10].map((y) => placeInForecast(shares, values, y))).toEqual([
      0.1, 0.2, 0.4, 0.7, 0.9,
    ]);
    // Beyond the ends one unit of share a width of 8.
    expect(placeInForecast(shares, values, 18)).toBeCloseTo(1.9, 12);
    expect(placeInForecast(shares, values, -6)).toBeCloseTo(-0.9, 12);
    // A run at an end goes on to the end of all shares.
    expect(placeInForecast(shares, [0, 0, 0, 10], 0)).toBe(0.25);
    expect(placeInForecast(shares, [1, 2, 9, 9], 9)).toBe(0.75);
    expect(placeInForecast(shares, [3, 3, 3, 3], 3)).toBe(0.5);
    // A way to the logarithm and back parts no tie.
    expect(placeInForecast(shares, [2, 4 - 1e-14, 4 + 1e-14, 10], 4)).toBe(0.4);
  });

  test('rises with the duration, and the duration at a place is the largest that is there', () => {
    fc.assert(
      fc.property(forecast, fc.double({ min: -1, max: 2, noNaN: true }), (values, place) => {
        const duration = durationAtPlace(shares, values, place);
        const above = duration + 1e-6 * Math.max(1, Math.abs(duration));
        expect(placeInForecast(shares, values, above)).toBeGreaterThan(place - 1e-9);
        const below = duration - 1e-6 * Math.max(1, Math.abs(duration));
        expect(placeInForecast(shares, values, below)).toBeLessThanOrEqual(place + 1e-9);
      }),
    );
  });
});

describe('a width that is the same for all forecasts', () => {
  const place = fc.double({ min: -1, max: 2, noNaN: true });
  const raise = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 });

  test('gives a forecast that is nowhere shorter no shorter duration at any place', () => {
    fc.assert(
      fc.property(forecast, raise, place, (values, rises, at) => {
        const longer = values.map((value, i) => value + (rises[i] ?? 0)).toSorted((a, b) => a - b);
        const [before, after] = [values, longer].map((each) => durationAtPlace(shares, each, at, 7));
        expect(after).toBeGreaterThanOrEqual((before ?? NaN) - 1e-9);
      }),
    );
    // A forecast's own width does not: the lowest quantile rises by more than the highest.
    expect(durationAtPlace(shares, [5, 6, 7, 11], 1.9)).toBeLessThan(
      durationAtPlace(shares, [0, 4, 6, 10], 1.9),
    );
  });

  test('undoes the place that it gave', () => {
    fc.assert(
      fc.property(forecast, place, (values, at) => {
        const duration = durationAtPlace(shares, values, at, 7);
        const above = placeInForecast(shares, values, duration + 1e-6, 7);
        expect(above).toBeGreaterThan(at - 1e-9);
        expect(placeInForecast(shares, values, duration - 1e-6, 7)).toBeLessThanOrEqual(at + 1e-9);
      }),
    );
  });
});

describe('intervals by quantiles', () => {
  /** A forecast that claims half the true spread, which differs from outage to outage. */
  function drawOutages(n: number, seed: number) {
    const rng = createRng(seed);
    const spread = Float64Array.from({ length: n }, () => 0.2 + rng.nextFloat());
    const actual = spread.map((value) => 10 * 8 ** (value * rng.nextNormal()));
    const values = [-1.28, -0.52, 0, 1.28].map((z) => spread.map((value) => 10 * 8 ** ((value * z) / 2)));
    return { predicted: new Float64Array(n).fill(10), actual, quantiles: { shares, values } };
  }

  test('keep their promise over 400 resamples although the forecast is twice too sure of itself', () => {
    const kept = { p10: 0, p50: 0, p80: 0, p90: 0, p10p90: 0 };
    for (let resample = 0; resample < 400; resample++) {
      const calibration = calibrateIntervals({ ...drawOutages(59, deriveSeed(1, resample)), scale: 'log1p' });
      const { levels } = measureCoverage(calibration, drawOutages(10, deriveSeed(2, resample))).overall;
      for (const level of ['p10', 'p50', 'p80', 'p90', 'p10p90'] as const)
        kept[level] += levels[level].empirical / 400;
    }
    // With 59 calibration outages the ranks fall on the nominal shares; ± 3 standard errors of 400 calibrations.
    const nominal = { p10: 0.1, p50: 0.5, p80: 0.8, p90: 0.9, p10p90: 0.8 };
    for (const level of ['p10', 'p50', 'p80', 'p90', 'p10p90'] as const) {
      expect(Math.abs(kept[level] - nominal[level])).toBeLessThan(0.028);
    }
  });

  test('are wide where the forecast is wide', () => {
    const { predicted, actual, quantiles } = drawOutages(500, 9);
    const calibration = calibrateIntervals({ predicted, actual, quantiles, scale: 'log1p' });
    const width = (forecastValues: number[]) => {
      const { p10, p90 } = predictInterval(calibration, forecastValues);
      if ('notClaimable' in p10 || 'notClaimable' in p90) throw new Error('500 outages carry P90');
      return p90.value - p10.value;
    };
    expect(width([1, 5, 10, 80])).toBeGreaterThan(5 * width([9, 9.5, 10, 11]));
  });

  test('refuse a forecast of the wrong kind', () => {
    const calibration = calibrateIntervals({ ...drawOutages(50, 3), scale: 'log1p' });
    expect(() => predictInterval(calibration, 10)).toThrow(
      expect.objectContaining({ code: 'invalid-setting' }),
    );
    expect(() => predictInterval(calibration, [1, 2])).toThrow(/needs such a forecast/);
  });
});
