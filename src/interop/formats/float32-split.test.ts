import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextFloat32, toDoubleThreshold, toSingleThreshold, writeFloat32 } from './float32-split.ts';

const single = fc.float({ noNaN: true, noDefaultInfinity: true });
const double = fc.double({ noNaN: true });

/** A double beside a number, within a few of its own last places or of a float32's. */
const beside = (x: number) =>
  fc.oneof(
    fc.integer({ min: -3, max: 3 }).map((steps) => x * (1 + steps * 2 ** -52)),
    fc.integer({ min: -3, max: 3 }).map((steps) => x * (1 + steps * 2 ** -25)),
    fc.constant((x + nextFloat32(x)) / 2),
    double,
  );

describe('thresholds', () => {
  it('of float32 become doubles that send every double to the same side', () => {
    const cases = single.chain((threshold) => fc.tuple(fc.constant(threshold), beside(threshold)));
    fc.assert(
      fc.property(cases, ([threshold, x]) => {
        expect(x <= toDoubleThreshold(threshold)).toBe(Math.fround(x) < threshold);
      }),
      { numRuns: 2000, examples: [[[0, -0]], [[0, -Number.MIN_VALUE]], [[2 ** -149, 2 ** -150]]] },
    );
  });

  it('of doubles become float32 that send every float32 to the same side', () => {
    const within = fc.double({ noNaN: true, min: -3e38, max: 3e38 });
    const cases = within.chain((threshold) =>
      fc.tuple(fc.constant(threshold), beside(threshold).map(Math.fround)),
    );
    fc.assert(
      fc.property(cases, ([threshold, x]) => {
        expect(x < toSingleThreshold(threshold)).toBe(x <= threshold);
      }),
      { numRuns: 2000 },
    );
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(
        single,
        (threshold) => toSingleThreshold(toDoubleThreshold(threshold)) === threshold || threshold === 0,
      ),
    );
  });
});

it('writes a float32 with an exponent and nine digits at most, to be read back', () => {
  fc.assert(
    fc.property(single, (x) => {
      const text = writeFloat32(x);
      expect(Math.fround(Number(text)) === x).toBe(true);
      expect(text).toMatch(/^-?\d(?:\.\d{1,8})?E-?\d+$/u);
    }),
  );
});
