import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { exactExp, exactExpm1, exactLog, exactLog1p } from './exact-math.ts';

const relativeError = (got: number, want: number) =>
  want === got ? 0 : Math.abs(got - want) / Math.abs(want);

describe('exact-math', () => {
  it('agrees with Math.exp and Math.log to a few last bits over the whole range', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -700, max: 700, noNaN: true }),
        (x) => relativeError(exactExp(x), Math.exp(x)) < 1e-14,
      ),
    );
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: 1e308, noNaN: true }), (x) => {
        const want = Math.log(x);
        return Math.abs(exactLog(x) - want) <= 1e-15 * Math.max(1, Math.abs(want));
      }),
    );
  });

  it('keeps its accuracy near zero', () => {
    for (const x of [1e-12, -1e-9, 1e-6, 1e-4, 0.3]) {
      expect(relativeError(exactLog1p(x), Math.log1p(x))).toBeLessThan(1e-14);
      expect(relativeError(exactExpm1(x), Math.expm1(x))).toBeLessThan(1e-11);
    }
  });

  it('log1p and expm1 undo one another on durations', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e5, noNaN: true }),
        (days) => Math.abs(exactExpm1(exactLog1p(days)) - days) <= 1e-11 * Math.max(1, days),
      ),
    );
  });

  it('has the limits of the functions it stands for', () => {
    expect(exactExp(0)).toBe(1);
    expect(exactExp(1000)).toBe(Infinity);
    expect(exactExp(-1000)).toBe(0);
    expect(exactLog(1)).toBe(0);
    expect(exactLog(0)).toBe(-Infinity);
    expect(exactLog(-1)).toBeNaN();
    expect(exactLog(NaN)).toBeNaN();
  });
});
