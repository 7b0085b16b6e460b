import { expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { factorise, findInverseTrace, solveFactorised } from './cholesky.ts';

const width = 12;
const rng = createRng(3);
const root = Array.from({ length: width }, () => Float64Array.from({ length: width }, rng.nextNormal));
/** R Rᵀ + 0.5: positive definite. */
const matrix = Float64Array.from({ length: width * width }, (_, cell) => {
  const [a, b] = [root[Math.floor(cell / width)]!, root[cell % width]!];
  return a.reduce((sum, value, i) => sum + value * b[i]!, cell % (width + 1) === 0 ? 0.5 : 0);
});
const multiply = (x: Float64Array) =>
  x.map((_, row) => x.reduce((sum, value, i) => sum + matrix[row * width + i]! * value, 0));

test('the solution solves the equations, and the trace is that of the inverse', () => {
  const factor = factorise(matrix, width);
  const right = Float64Array.from({ length: width }, rng.nextNormal);
  multiply(solveFactorised(factor, right)).forEach((value, i) => expect(value).toBeCloseTo(right[i]!, 9));
  const units = Array.from({ length: width }, (_, i) => new Float64Array(width).with(i, 1));
  const trace = units.reduce((sum, unit, i) => sum + solveFactorised(factor, unit)[i]!, 0);
  expect(findInverseTrace(factor)).toBeCloseTo(trace, 9);
});

test('a matrix that is not positive definite is refused', () => {
  expect(() =>
    factorise(
      matrix.map((value) => -value),
      width,
    ),
  ).toThrow(expect.objectContaining({ code: 'internal' }));
});
