import { exactExp } from './exact-math.ts';

/** Φ(z), to some 1e-7 of itself: W. J. Cody's form as in Press et al., Numerical Recipes (1992), 6.2. */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const tail =
    t *
    exactExp(
      -x * x -
        1.26551223 +
        t *
          (1.00002368 +
            t *
              (0.37409196 +
                t *
                  (0.09678418 +
                    t *
                      (-0.18628806 +
                        t *
                          (0.27886807 +
                            t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))),
    );
  return z > 0 ? 1 - tail / 2 : tail / 2;
}
