import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundSteps } from './decision-note.ts';

const change = fc.double({ min: -300, max: 300, noNaN: true });

describe('the reasons of a note', () => {
  it('add up to the last digit, each within a tenth or two of what it is', () => {
    fc.assert(
      fc.property(change, fc.array(change, { minLength: 1, maxLength: 9 }), (base, changes) => {
        const answer = changes.reduce((sum, each) => sum + each, base);
        const steps = changes.map((each, i) => ({ label: `step ${i}`, change: each }));
        const told = roundSteps(base, steps, answer);
        const tenths = (value: number) => Math.round(value * 10);
        const sum = told.steps.reduce((total, step) => total + tenths(step.change), tenths(told.base));
        expect(sum - tenths(told.total)).toBeCloseTo(0, 9);
        expect(Math.abs(told.total - answer)).toBeLessThanOrEqual(0.05 + 1e-9);
        for (const step of told.steps) {
          const exact = changes[Number(step.label.slice(5))] ?? NaN;
          expect(Math.abs(step.change - exact)).toBeLessThanOrEqual(0.1 + 1e-9);
        }
      }),
    );
  });

  it('leave out what comes to nothing', () => {
    const steps = [
      { label: 'a', change: 4 },
      { label: 'b', change: 0.01 },
    ];
    expect(roundSteps(20, steps, 24.01)).toEqual({ base: 20, steps: [{ label: 'a', change: 4 }], total: 24 });
  });
});
