import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { findLoss } from '../../loss.ts';
import { defaultSettings, lossNames, type BoostingSettings } from '../../settings.ts';
import { createLossFormulas } from './loss.ts';

const lossOf = (loss: BoostingSettings['loss']) =>
  createLossFormulas(findLoss({ ...defaultSettings, loss, quantile: 0.8, huberDelta: 1.5 }));

const rng = createRng(11);
const n = 200;
const target = Float64Array.from({ length: n }, () => 0.5 + 5 * rng.nextFloat());
const raw = Float64Array.from({ length: n }, () => 3 * rng.nextFloat());
const weights = Float64Array.from({ length: n }, () => 1 + rng.nextBelow(3));

describe.each(lossNames)('%s', (name) => {
  const loss = lossOf(name);
  // (target − raw)² has gradient 2 (raw − target); the engine halves it so that the hessian is 1.
  const factor = name === 'squaredError' ? 2 : 1;

  it('has the gradient that finite differences of the loss give', () => {
    const gradients = new Float64Array(n);
    loss.computeGradients(raw, target, null, gradients, new Float64Array(n));
    const step = 1e-6;
    for (let i = 0; i < n; i++) {
      const at = (value: number) =>
        loss.computeMean(Float64Array.of(value), Float64Array.of(target[i]!), null);
      const slope = (at(raw[i]! + step) - at(raw[i]! - step)) / (2 * step);
      expect(factor * gradients[i]!).toBeCloseTo(slope, 4);
    }
  });

  it('weighs samples as if they were repeated', () => {
    const repeated = (values: Float64Array) =>
      Float64Array.from(
        Array.from(values).flatMap((value, i) => Array.from({ length: weights[i]! }, () => value)),
      );
    expect(loss.computeMean(raw, target, weights)).toBeCloseTo(
      loss.computeMean(repeated(raw), repeated(target), null),
      9,
    );
  });

  it('has a leaf value that no nearby constant beats', () => {
    if (!loss.findLeafValue) return;
    const residuals = target.map((value, i) => value - raw[i]!);
    const best = loss.findLeafValue(residuals.slice(), null);
    const meanAt = (shift: number) =>
      loss.computeMean(
        raw.map((value) => value + shift),
        target,
        null,
      );
    // Huber's leaf value is one step from the median (Friedman 2001), not the exact minimum.
    const slack = name === 'huber' ? 0.01 : 1e-4;
    for (const shift of [-0.3, -0.03, 0.03, 0.3])
      expect(meanAt(best)).toBeLessThan(meanAt(best + shift) + slack);
  });
});

describe.each(['squaredError', 'gamma', 'logistic'] as const)('%s', (name) => {
  it('has the hessian that finite differences of its gradient give', () => {
    const loss = lossOf(name);
    const gradientAt = (shift: number) => {
      const out = new Float64Array(n);
      const shifted = raw.map((value) => value + shift);
      loss.computeGradients(shifted, target, null, out, new Float64Array(n));
      return out;
    };
    const hessians = new Float64Array(n);
    loss.computeGradients(raw, target, null, new Float64Array(n), hessians);
    const up = gradientAt(1e-5);
    const down = gradientAt(-1e-5);
    hessians.forEach((hessian, i) => expect(hessian).toBeCloseTo((up[i]! - down[i]!) / 2e-5, 4));
  });
});

describe('huber', () => {
  it('renews its delta as the 0.9 quantile of the residuals', () => {
    const loss = createLossFormulas(findLoss({ ...defaultSettings, loss: 'huber' }));
    const residuals = Float64Array.from({ length: 101 }, (_, i) => i);
    const gradients = new Float64Array(101);
    loss.prepareIteration?.(new Float64Array(101), residuals);
    loss.computeGradients(new Float64Array(101), residuals, null, gradients, null);
    expect(Math.max(...gradients.map(Math.abs))).toBeCloseTo(90, 12);
  });
});
