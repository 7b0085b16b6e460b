/** A rule ∫₀¹ f(t) dt ≈ Σ weights[q] · f(points[q]); points ascending, strictly inside (0, 1). */
export interface QuadratureRule {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The Gauss–Legendre rule with `n` points, exact for polynomials of degree up to 2n − 1.
 *
 * The points are the roots of the Legendre polynomial, which lie between those of the one before it:
 * each is bisected to the last bit, so that only + − × ÷ decide them. O(n³), for n of some tens.
 */
export function findGaussLegendre(n: number): QuadratureRule {
  let roots: number[] = [];
  for (let degree = 1; degree <= n; degree++) {
    const borders = [-1, ...roots, 1];
    roots = Array.from({ length: degree }, (_, i) => bisectRoot(degree, borders[i], borders[i + 1]));
  }
  const points = Float64Array.from(roots, (x) => (1 + x) / 2);
  const weights = Float64Array.from(roots, (x) => {
    const slope = (n * (x * evaluateLegendre(n, x) - evaluateLegendre(n - 1, x))) / (x * x - 1);
    return 1 / ((1 - x * x) * slope * slope);
  });
  return { points, weights };
}

function bisectRoot(degree: number, from: number, to: number): number {
  let low = from;
  let high = to;
  const isRising = evaluateLegendre(degree, high) > 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (evaluateLegendre(degree, middle) > 0 === isRising) high = middle;
    else low = middle;
  }
}

/** Pₙ(x) by Bonnet's recursion. */
function evaluateLegendre(degree: number, x: number): number {
  let before = 0;
  let value = 1;
  for (let k = 1; k <= degree; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return value;
}
