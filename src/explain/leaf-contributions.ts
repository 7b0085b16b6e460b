import { MAX_DEPTH } from '#engine/settings.ts';
import { findGaussLegendre, type QuadratureRule } from './gauss-legendre.ts';

/** Shapley values of one leaf: `prepare` for its path, then `evaluate` for each pattern of tests passed. */
export interface LeafContributions {
  /** The leaf's value and, for each of the `length` distinct features of its path, its share of the cover. */
  readonly prepare: (value: number, length: number, coverShares: Float64Array) => void;
  /** For tests passed (`isPassing[p]` = 1) or not, writes the contribution of path feature p to `outContributions[p]`. */
  readonly evaluate: (isPassing: Uint8Array, outContributions: Float64Array) => void;
}

/**
 * The contribution of feature j is value · (o_j − z_j) · ∫₀¹ Π_{i≠j} (z_i·(1−t) + o_i·t) dt, with z the cover's
 * share and o = 1 where the tests are passed: Shapley's weights k!·m!/(k+m+1)! are ∫ t^k·(1−t)^m dt. The
 * integrand is a polynomial of degree length − 1, on which the rule is exact, and all its terms are
 * positive: nothing cancels, however long the path. O(length²/2) each; allocates nothing.
 */
export function createLeafContributions(): LeafContributions {
  const rules: QuadratureRule[] = [];
  const maxPoints = Math.ceil(MAX_DEPTH / 2);
  // By feature and point: the factor z(1−t) + o·t, and (o − z) over it, for o = 0 and o = 1.
  const factorOff = new Float64Array(MAX_DEPTH * maxPoints);
  const factorOn = new Float64Array(MAX_DEPTH * maxPoints);
  const ratioOff = new Float64Array(maxPoints);
  const ratioOn = new Float64Array(MAX_DEPTH * maxPoints);
  const weights = new Float64Array(maxPoints);
  let nPoints = 0;
  let nFeatures = 0;

  function prepare(value: number, length: number, coverShares: Float64Array): void {
    nFeatures = length;
    nPoints = Math.ceil(length / 2);
    const rule = (rules[nPoints] ??= findGaussLegendre(nPoints));
    for (let q = 0; q < nPoints; q++) {
      const t = rule.points[q];
      weights[q] = value * rule.weights[q];
      ratioOff[q] = -1 / (1 - t);
      for (let p = 0; p < length; p++) {
        const z = coverShares[p];
        factorOff[p * maxPoints + q] = z * (1 - t);
        factorOn[p * maxPoints + q] = z * (1 - t) + t;
        ratioOn[p * maxPoints + q] = (1 - z) / (z * (1 - t) + t);
      }
    }
  }

  function evaluate(isPassing: Uint8Array, outContributions: Float64Array): void {
    outContributions.fill(0, 0, nFeatures);
    for (let q = 0; q < nPoints; q++) {
      let product = weights[q];
      for (let p = 0; p < nFeatures; p++) {
        product *= (isPassing[p] === 1 ? factorOn : factorOff)[p * maxPoints + q];
      }
      for (let p = 0; p < nFeatures; p++) {
        const ratio = isPassing[p] === 1 ? ratioOn[p * maxPoints + q] : ratioOff[q];
        outContributions[p] = outContributions[p] + product * ratio;
      }
    }
  }

  return { prepare, evaluate };
}
