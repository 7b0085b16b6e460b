import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { calibrateIntervals } from './calibration.ts';
import { computeDurationCurve, durationAtConfidence, probabilityAtMost } from './duration-curve.ts';
import { isClaimed, predictInterval } from './prediction-interval.ts';

const rng = createRng(21);
const predicted = Float64Array.from({ length: 400 }, () => 5 + 40 * rng.nextFloat());
const actual = predicted.map((value) => value / (0.1 + rng.nextFloat()));
const classes = Array.from(predicted, (_, i) => {
  if (i % 50 === 0) return 'rare';
  return i < 8 && i % 3 === 1 ? 'three' : i % 2 ? 'a' : 'b';
});
const calibration = calibrateIntervals({ predicted, actual, classes, scale: 'log1p' });

describe('S-curve', () => {
  test('rises in both, from 1 to n in n + 1', () => {
    const { points, n, basis } = computeDurationCurve(calibration, 20)!;
    expect({ n, basis, length: points.length }).toEqual({ n: 400, basis: 'overall', length: 101 });
    expect(points[0]?.probability).toBeCloseTo(1 / 401, 12);
    expect(points.at(-1)?.probability).toBeCloseTo(400 / 401, 12);
    for (let i = 1; i < points.length; i++) {
      expect(points[i]?.duration).toBeGreaterThanOrEqual(points[i - 1]?.duration as number);
      expect(points[i]?.probability).toBeGreaterThan(points[i - 1]?.probability as number);
    }
  });

  test('a class has the curve that its levels come from; one that carries no level borrows none', () => {
    expect(computeDurationCurve(calibration, 20, 'a')).toMatchObject({ basis: 'class', n: 198 });
    const eight = computeDurationCurve(calibration, 20, 'rare')!;
    expect(eight).toMatchObject({ basis: 'class', n: 8 });
    const { p50, p80 } = predictInterval(calibration, 20, 'rare');
    for (const [bound, level] of [
      [p50, 0.5],
      [p80, 0.8],
    ] as const) {
      if (!isClaimed(bound)) throw new Error('eight outages carry a P80');
      const above = eight.points.findIndex(({ probability }) => probability >= level);
      expect(eight.points[above]?.duration).toBeGreaterThanOrEqual(bound.value);
      expect(eight.points[above - 1]?.duration).toBeLessThanOrEqual(bound.value);
      expect(probabilityAtMost(calibration, 20, bound.value, 'rare')?.probability).toBeCloseTo(level, 9);
    }
    expect(predictInterval(calibration, 20, 'three')).toMatchObject({
      p10: { notClaimable: true, n: 3, needed: 9 },
      p50: { notClaimable: true, n: 3, needed: 4 },
      p80: { notClaimable: true, n: 3, needed: 4 },
      p90: { notClaimable: true, n: 3, needed: 9 },
    });
    expect(computeDurationCurve(calibration, 20, 'three')).toBeNull();
    expect(probabilityAtMost(calibration, 20, 1e9, 'three')).toBeNull();
    // Nothing was seen of it.
    expect(computeDurationCurve(calibration, 20, 'never met')).toBeNull();
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
          const at = probabilityAtMost(calibration, prediction, bound.value, label)!.probability;
          expect(at).toBeGreaterThanOrEqual(confidence - 1e-12);
          if (bound.value === 0) return;
          const below = probabilityAtMost(calibration, prediction, bound.value - 1e-6, label)!.probability;
          expect(below).toBeLessThan(confidence);
        },
      ),
    );
  });

  test('never promises certainty, nor a duration below 0', () => {
    expect(probabilityAtMost(calibration, 20, 1e9)!.probability).toBe(400 / 401);
    expect(probabilityAtMost(calibration, 20, -0.5)!.probability).toBe(0);
  });
});
