import { proposeByModel } from '#tuning/bayesian-proposer.ts';
import type { SeenTrial } from '#tuning/proposer.ts';
import type { SearchSpace } from '#tuning/search-space.ts';

interface TestFunction {
  readonly name: string;
  readonly least: number;
  readonly space: SearchSpace;
  readonly valueAt: (x: readonly number[]) => number;
}

function box(bounds: readonly (readonly [number, number])[]): SearchSpace {
  return {
    dimensions: bounds.map(([min, max], i) => ({
      kind: 'number',
      name: `x${i}`,
      min,
      max,
      step: (max - min) / 1000,
      scale: 'linear',
    })),
  };
}

/** Hartmann's six-dimensional function (Dixon & Szegö 1978). */
const hartmann = {
  alpha: [1, 1.2, 3, 3.2],
  a: [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
  ],
  p: [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
  ],
};

export const testFunctions: readonly TestFunction[] = [
  {
    name: 'Branin',
    least: 0.397887,
    space: box([
      [-5, 10],
      [0, 15],
    ]),
    valueAt: ([x = 0, y = 0]) =>
      (y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6) ** 2 +
      10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) +
      10,
  },
  {
    name: 'Hartmann-6',
    least: -3.32237,
    space: box(Array.from({ length: 6 }, () => [0, 1] as const)),
    valueAt: (x) =>
      -hartmann.alpha.reduce((sum, alpha, i) => {
        const exponent = x.reduce(
          (inner, each, j) => inner + (hartmann.a[i]?.[j] ?? 0) * (each - (hartmann.p[i]?.[j] ?? 0)) ** 2,
          0,
        );
        return sum + alpha * Math.exp(-exponent);
      }, 0),
  },
];

/** The lowest value that Bayesian optimisation finds in so many trials. */
export function searchFunction(
  space: SearchSpace,
  valueAt: TestFunction['valueAt'],
  nTrials: number,
  seed: number,
): number {
  const seen: SeenTrial[] = [];
  for (let t = 0; t < nTrials; t++) {
    const configuration = proposeByModel(space, seed, t, seen);
    if (configuration === null) break;
    const x = space.dimensions.map(({ name }) => Number(configuration[name]));
    seen.push({ configuration, value: valueAt(x) });
  }
  return Math.min(...seen.map(({ value }) => value));
}
