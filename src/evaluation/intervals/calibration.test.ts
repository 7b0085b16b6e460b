import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { calibrateIntervals, type CalibrationInput, MAX_CLASSES } from './calibration.ts';
import { intervalCalibrationSchema } from './parse-calibration.ts';
import { isClaimed, type IntervalBound, predictInterval, predictTwoSided } from './prediction-interval.ts';

function valueOf(bound: IntervalBound): number {
  if (!isClaimed(bound)) throw new Error(`not claimable: ${bound.n} < ${bound.needed}`);
  return bound.value;
}

/** n outages predicted at 10 whose residuals are 0, 1, … n − 1. */
function ladder(n: number, classLabel: string | null = null): CalibrationInput {
  return {
    predicted: new Float64Array(n).fill(10),
    actual: Float64Array.from({ length: n }, (_, i) => 10 + i),
    classes: Array.from({ length: n }, () => classLabel),
    scale: 'identity',
  };
}

function join(...parts: readonly CalibrationInput[]): CalibrationInput {
  return {
    predicted: parts.flatMap((part) => Array.from(part.predicted)),
    actual: parts.flatMap((part) => Array.from(part.actual)),
    classes: parts.flatMap((part) => part.classes ?? []),
    scale: 'identity',
  };
}

test('planted residuals 0 … 9: the bounds are the ranks 1.1, 5.5, 8.8 and 9.9 above the prediction', () => {
  const { p10, p50, p80, p90 } = predictInterval(calibrateIntervals(ladder(10)), 50);
  [p10, p50, p80, p90].forEach((bound, i) => {
    expect(bound).toMatchObject({ basis: 'overall', n: 10 });
    expect(valueOf(bound)).toBeCloseTo([50.1, 54.5, 57.8, 58.9][i] as number, 12);
  });
});

describe('what n outages cannot carry', () => {
  test('seven outages give a P80 but no P90: not claimable, 7 < 9', () => {
    const interval = predictInterval(calibrateIntervals(ladder(7)), 10);
    expect(valueOf(interval.p80)).toBe(15.4);
    expect(interval.p90).toEqual({ notClaimable: true, n: 7, needed: 9, overall: null });
    expect(interval.p10).toEqual({ notClaimable: true, n: 7, needed: 9, overall: null });
  });

  test('three outages give no P80 (4), eighteen no 90 % on both sides (19)', () => {
    expect(predictInterval(calibrateIntervals(ladder(3)), 10).p80).toMatchObject({ n: 3, needed: 4 });
    expect(predictTwoSided(calibrateIntervals(ladder(18)), 10, 0.9)).toMatchObject({
      lower: { notClaimable: true, needed: 19 },
      upper: { notClaimable: true, needed: 19 },
    });
    expect(valueOf(predictTwoSided(calibrateIntervals(ladder(19)), 10, 0.9).upper)).toBe(28);
  });

  test('none at all gives nothing', () => {
    const interval = predictInterval(calibrateIntervals(ladder(0)), 10);
    expect(interval.p50).toEqual({ notClaimable: true, n: 0, needed: 4, overall: null });
  });
});

describe('per class (Mondrian)', () => {
  const wide: CalibrationInput = {
    ...ladder(40, 'corrective'),
    actual: Float64Array.from({ length: 40 }, (_, i) => 10 + 100 * i),
  };
  const calibration = calibrateIntervals(join(ladder(40, 'planned'), wide, ladder(7, 'rare')));

  test('each class has the interval of its own residuals', () => {
    const planned = predictInterval(calibration, 10, 'planned').p80;
    expect(planned).toMatchObject({ basis: 'class', n: 40, ofClass: { label: 'planned', n: 40 } });
    expect(valueOf(planned)).toBeCloseTo(41.8, 9);
    expect(valueOf(predictInterval(calibration, 10, 'corrective').p80)).toBeCloseTo(10 + 3180, 9);
  });

  test('a class too small for a level says so, with what all outages together say', () => {
    const { p80, p90 } = predictInterval(calibration, 10, 'rare');
    expect(p80).toMatchObject({ basis: 'class', n: 7 });
    const overall = predictInterval(calibration, 10).p90;
    const ofClass = { label: 'rare', n: 7 };
    expect(p90).toEqual({ notClaimable: true, n: 7, needed: 9, overall, ofClass });
  });

  test('an unknown class rests on all outages and says so', () => {
    for (const label of [null, undefined]) {
      expect(predictInterval(calibration, 10, label).p90).toMatchObject({ basis: 'overall', n: 87 });
    }
  });
});

describe('bounds as durations', () => {
  const random = fc.record({
    seed: fc.integer(),
    n: fc.integer({ min: 9, max: 300 }),
    scale: fc.constantFrom('identity' as const, 'log1p' as const),
    predicted: fc.double({ min: 0, max: 500, noNaN: true }),
  });

  function heavyTailed(n: number, seed: number): { predicted: Float64Array; actual: Float64Array } {
    const rng = createRng(seed);
    const predicted = Float64Array.from({ length: n }, () => 30 * rng.nextFloat());
    const actual = predicted.map((value) => value / (0.05 + rng.nextFloat()));
    return { predicted, actual };
  }

  test('never fall with the level, and never below 0 where no past duration was', () => {
    fc.assert(
      fc.property(random, ({ seed, n, scale, predicted }) => {
        const calibration = calibrateIntervals({ ...heavyTailed(n, seed), scale });
        const { p10, p50, p80, p90 } = predictInterval(calibration, predicted);
        const bounds = [p10, p50, p80, p90].map(valueOf);
        expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
        expect(bounds[0]).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('may fall below 0 where past durations did (the sample has some)', () => {
    const { predicted, actual } = ladder(20);
    const shifted = Float64Array.from(actual, (value) => value - 15);
    const calibration = calibrateIntervals({ predicted, actual: shifted, scale: 'identity' });
    expect(valueOf(predictInterval(calibration, 5).p10)).toBeCloseTo(-8.9, 12);
  });

  test('on the log scale the width grows with the prediction', () => {
    const calibration = calibrateIntervals({ ...heavyTailed(200, 1), scale: 'log1p', spread: 'constant' });
    const width = (predicted: number) => {
      const { p10, p90 } = predictInterval(calibration, predicted);
      return valueOf(p90) - valueOf(p10);
    };
    expect(width(99) / width(9)).toBeCloseTo(10, 9);
  });

  test('a local spread is narrow where residuals were small', () => {
    const rng = createRng(8);
    const predicted = Float64Array.from({ length: 2000 }, () => 100 + 100 * rng.nextFloat());
    const actual = predicted.map((value) => value + ((value - 100) / 10) * rng.nextNormal());
    const calibration = calibrateIntervals({ predicted, actual, scale: 'identity' });
    const width = (x: number) => {
      const { p10, p90 } = predictInterval(calibration, x);
      return valueOf(p90) - valueOf(p10);
    };
    // ± 1.28 standard deviations of (x − 100) / 10.
    expect(width(180)).toBeGreaterThan(16);
    expect(width(180)).toBeLessThan(26);
    expect(width(120)).toBeLessThan(8);
  });
});

describe('a calibration', () => {
  test('is plain JSON: it answers the same after a trip through a file', () => {
    const calibration = calibrateIntervals(join(ladder(120, 'a'), ladder(30, 'b')));
    const reread = JSON.parse(JSON.stringify(calibration)) as typeof calibration;
    expect(reread).toEqual(calibration);
    expect(predictInterval(reread, 33, 'b')).toEqual(predictInterval(calibration, 33, 'b'));
  });

  test('does not depend on the order of the outages, with a constant spread', () => {
    const input = join(ladder(20, 'a'), ladder(15, 'b'));
    const reversed = {
      ...input,
      predicted: Array.from(input.predicted).toReversed(),
      actual: Array.from(input.actual).toReversed(),
      classes: (input.classes ?? []).toReversed(),
    };
    expect(calibrateIntervals(reversed)).toEqual(calibrateIntervals(input));
  });

  test('leaves out outages that were never predicted', () => {
    const input = ladder(10);
    const withHoles = join(input, { ...ladder(5), predicted: new Float64Array(5).fill(NaN) });
    expect(calibrateIntervals(withHoles).overall).toEqual(calibrateIntervals(input).overall);
  });

  test('refuses lengths that differ and durations the log scale has no place for', () => {
    expect(() => calibrateIntervals({ ...ladder(3), predicted: [1] })).toThrow(/predicted has 1/);
    expect(() => calibrateIntervals({ predicted: [1], actual: [-2], scale: 'log1p' })).toThrow(
      expect.objectContaining({ code: 'target-not-positive' }),
    );
  });
});

test('of more classes than a file may hold, the largest are kept: it opens again', () => {
  const large = Array.from({ length: MAX_CLASSES }, (_, i) => ladder(2, `plant ${i}`));
  const calibration = calibrateIntervals(join(ladder(1, 'a'), ...large, ladder(1, 'z')));
  expect(calibration.classes).toHaveLength(MAX_CLASSES);
  expect(calibration.classes.every(({ scores }) => scores.n === 2)).toBe(true);
  expect(v.parse(intervalCalibrationSchema, calibration)).toEqual(calibration);
  const bound = predictInterval(calibration, 50, 'z').p90;
  expect(bound).toMatchObject({ basis: 'alike', n: 2 * MAX_CLASSES + 2 });
});
