import { AppError } from '#base/errors.ts';

/** L of A = L Lᵀ for a symmetric positive definite A: row-major, zero above the diagonal. */
export interface CholeskyFactor {
  readonly width: number;
  readonly lower: Float64Array;
}

/** Of the lower triangle of `matrix` (row-major). O(width³ / 6). Throws `internal` where it is not positive definite. */
export function factorise(matrix: Float64Array, width: number): CholeskyFactor {
  const lower = new Float64Array(width * width);
  for (let row = 0; row < width; row++) {
    const at = row * width;
    let squares = 0;
    for (let column = 0; column < row; column++) {
      const above = column * width;
      let sum = 0;
      for (let i = 0; i < column; i++) sum += lower[above + i] * lower[at + i];
      const value = (matrix[at + column] - sum) / lower[above + column];
      lower[at + column] = value;
      squares += value * value;
    }
    const pivot = matrix[at + row] - squares;
    if (!(pivot > 0))
      throw new AppError('internal', `the matrix is not positive definite at ${row}`, { row });
    lower[at + row] = Math.sqrt(pivot);
  }
  return { width, lower };
}

/** x of L x = `right`. O(width²). */
export function solveLower({ width, lower }: CholeskyFactor, right: Float64Array): Float64Array {
  const x = right.slice();
  for (let row = 0; row < width; row++) {
    const at = row * width;
    let value = x[row];
    for (let i = 0; i < row; i++) value -= x[i] * lower[at + i];
    x[row] = value / lower[at + row];
  }
  return x;
}

/** x of A x = `right`. O(width²). */
export function solveFactorised(factor: CholeskyFactor, right: Float64Array): Float64Array {
  const { width, lower } = factor;
  const x = solveLower(factor, right);
  for (let row = width - 1; row >= 0; row--) {
    let value = x[row];
    for (let i = row + 1; i < width; i++) value -= x[i] * lower[i * width + row];
    x[row] = value / lower[row * width + row];
  }
  return x;
}

/** trace(A⁻¹) = the sum of squares of L⁻¹, found column by column. O(width³ / 6). */
export function findInverseTrace({ width, lower }: CholeskyFactor): number {
  const column = new Float64Array(width);
  let trace = 0;
  for (let start = 0; start < width; start++) {
    for (let row = start; row < width; row++) {
      const at = row * width;
      let sum = row === start ? 1 : 0;
      for (let i = start; i < row; i++) sum -= lower[at + i] * column[i];
      const value = sum / lower[at + row];
      column[row] = value;
      trace += value * value;
    }
  }
  return trace;
}
