import type { RidgeState } from '#models/ridge.ts';

/** What one feature adds to a linear start. `missing`: where it is not known, or a code without an entry. */
export type LinearTerm =
  | {
      readonly kind: 'number';
      readonly feature: number;
      /** Adds `coefficient · ((x − mean) · inverse)`. */
      readonly coefficient: number;
      readonly mean: number;
      readonly inverse: number;
      readonly missing: number;
    }
  | {
      readonly kind: 'category';
      readonly feature: number;
      readonly byCode: readonly number[];
      readonly missing: number;
    };

/** The terms that a linear model sums after its intercept, in its order. */
export function listLinearTerms({ design, coefficients }: RidgeState): readonly LinearTerm[] {
  const coefficientOf = (column: number) => (column < 0 ? 0 : coefficients[column]);
  return design.terms.map((term, feature): LinearTerm => {
    const missing = coefficientOf(term.missingColumn);
    if (term.column < 0) {
      return { kind: 'category', feature, byCode: term.codeColumns.map(coefficientOf), missing };
    }
    const { mean, inverseDeviation: inverse } = term;
    return { kind: 'number', feature, coefficient: coefficientOf(term.column), mean, inverse, missing };
  });
}
