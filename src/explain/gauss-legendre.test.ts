import { expect, test } from 'vitest';
import { findGaussLegendre } from './gauss-legendre.ts';

test('three points are those of the textbook', () => {
  const { points, weights } = findGaussLegendre(3);
  const side = Math.sqrt(3 / 5) / 2;
  [0.5 - side, 0.5, 0.5 + side].forEach((point, i) => expect(points[i]).toBeCloseTo(point, 15));
  [5 / 18, 8 / 18, 5 / 18].forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 15));
});

test('n points integrate every power up to 2n − 1, up to the longest path there can be', () => {
  for (const n of [1, 2, 3, 5, 8, 16, 32]) {
    const { points, weights } = findGaussLegendre(n);
    for (let power = 0; power < 2 * n; power++) {
      const integral = points.reduce((sum, point, q) => sum + weights[q]! * point ** power, 0);
      expect(integral * (power + 1)).toBeCloseTo(1, 12);
    }
  }
});
