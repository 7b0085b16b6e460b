import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { calibrateIntervals } from './calibration.ts';
import { computeDurationCurve, durationAtConfidence, probabilityAtMost } from './duration-curve.ts';
import { isClaimed } from './prediction-interval.ts';

const rng = createRng(21);
const predicted = Float64Array.from({ length: 400 }, () => 5 + 40 * rng.nextFloat());
const actual = predicted.map((value) => value / (0.1 + rng.nextFloat()));
const classes = Array.from(predicted, (_, i) => (i % 50 === 0 ? 'rare' : i % 2 ? 'a' : 'b'));
const calibration = calibrateIntervals({ predicted, actual, classes, scale: 'log1p' });

describe('S-curve', () => {
  test('rises in both, from 1 to n in n + 1', () => {
    const { points, n, basis } = computeDurationCurve(calibration, 20);
    expect({ n, basis, length: points.length }).toEqual({ n: 400, basis: 'overall', length: 101 });
    expect(points[0]?.probability).toBeCloseTo(1 / 401, 12);
    expect(points.at(-1)?.probability).toBeCloseTo(400 / 401, 12);
    for (let i = 1; i < points.length; i++) {
      expect(points[i]?.duration).toBeGreaterThanOrEqual(points[i - 1]?.duration as number);
      expect(points[i]?.probability).toBeGreaterThan(points[i - 1]?.probability as number);
    }
  });

  test('a class too small for a P10–P90 borrows the curve of all outages, and says so', () => {
    expect(computeDurationCurve(calibration, 20, 'a')).toMatchObject({ basis: 'class', n: 200 });
    expect(computeDurationCurve(calibration, 20, 'rare')).toMatchObject({ basis: 'overall', n: 400 });
  });
});

describe('P(≤ duration) and the duration at a confidence', () => {
  test('undo each other: the duration at a confidence is the shortest with that probability', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 300, noNaN: true }),
        fc.integer({ min: 1, max: 99 }),
        fc.constantFrom('a', 'b', null),
        (prediction, percent, label) => {
          const confidence = percent / 100;
          const bound = durationAtConfidence(calibration, prediction, confidence, label);
          if (!isClaimed(bound)) throw new Error('200 outages carry P99');
          const at = probabilityAtMost(calibration, prediction, bound.value, label).probability;
          expect(at).toBeGreaterThanOrEqual(confidence - 1e-12);
          if (bound.value === 0) return;
          const below = probabilityAtMost(calibration, prediction, bound.value - 1e-6, label).probability;
          expect(below).toBeLessThan(confidence);
        },
      ),
    );
  });

  test('never promises certainty, nor a duration below 0', () => {
    expect(probabilityAtMost(calibration, 20, 1e9).probability).toBe(400 / 401);
    expect(probabilityAtMost(calibration, 20, -0.5).probability).toBe(0);
  });
});
