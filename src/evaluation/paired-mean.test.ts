import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { boundPairedMean, findPAbove, rejectByHolm } from './paired-mean.ts';

const draw = (n: number, seed: number, shift = 0) => {
  const rng = createRng(seed);
  return Float64Array.from({ length: n }, () => rng.nextNormal() + shift);
};

describe('bounds of a paired mean', () => {
  it('go with those of Student’s t where differences are normal', () => {
    const differences = draw(200, 1);
    const { value, low, high, deviation } = boundPairedMean(differences, null, createRng(2));
    const margin = (1.6525 * deviation) / Math.sqrt(200);
    expect(Math.abs(high - value - margin)).toBeLessThan(0.07 * margin);
    expect(Math.abs(value - low - margin)).toBeLessThan(0.07 * margin);
  });

  it('mirror: what is true of the differences is true of their opposites', () => {
    const differences = draw(60, 3, 0.2);
    const [one, other] = [differences, differences.map((d) => -d)].map((each) =>
      boundPairedMean(each, null, createRng(4)),
    );
    expect(other?.value).toBeCloseTo(-(one?.value ?? NaN), 12);
    expect(other?.high).toBeCloseTo(-(one?.low ?? NaN), 12);
  });

  it('are wider by whole units where the differences of a unit go together, and not where they do not', () => {
    const units = Int32Array.from({ length: 240 }, (_, i) => Math.floor(i / 8));
    const shared = draw(30, 5);
    const together = Float64Array.from(units, (unit) => shared[unit] ?? 0);
    const { high, test, deviation } = boundPairedMean(together, units, createRng(6));
    expect(test).not.toBe('sign-flip');
    expect(high).toBeGreaterThan(boundPairedMean(together, null, createRng(6)).high);
    expect(deviation).toBeGreaterThan(2);
    const few = units.map((unit) => unit % 10);
    const tenUnits = Float64Array.from(few, (unit) => shared[unit] ?? 0);
    expect(boundPairedMean(tenUnits, few, createRng(6)).test).not.toBe('sign-flip');
    const five = units.map((unit) => unit % 5);
    expect(boundPairedMean(together, five, createRng(6)).test).toBe('sign-flip');
  });

  it('are nothing but 0 where both models say the same', () => {
    const same = boundPairedMean(new Float64Array(50), null, createRng(7));
    expect(same).toMatchObject({ value: 0, low: 0, high: 0, deviation: 0 });
  });

  it('say the same as the one-sided p-value', () => {
    for (const shift of [0.05, 0.15, 0.3]) {
      const differences = draw(100, 8, shift);
      const { low } = boundPairedMean(differences, null, createRng(9));
      expect(low > 0).toBe(findPAbove(differences, createRng(9)) <= 0.05);
    }
  });
});

it('Holm stops at the first that does not stand', () => {
  expect(rejectByHolm([0.04, 0.01, 0.02])).toEqual([true, true, true]);
  expect(rejectByHolm([0.03, 0.03, 0.01])).toEqual([false, false, true]);
  expect(rejectByHolm([])).toEqual([]);
});
