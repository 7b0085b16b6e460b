import type { Direction } from '#data/roles.ts';
import type { Encoder } from './encoder.ts';
import type { RidgeState } from './ridge.ts';

/** What a person knows: the more of a feature, the shorter or the longer an outage lasts, all else equal. */
export interface ExpectedDirection {
  readonly feature: string;
  readonly direction: Direction;
}

/** By feature: +1, the duration may only rise with it; −1, only fall; 0, it is free. As the engine takes them. */
export type Constraints = readonly (-1 | 0 | 1)[];

/** Null where nothing is expected of a number among the features; what is no feature here is free. */
export function findConstraints(
  expected: readonly ExpectedDirection[] | undefined,
  { features }: Encoder,
): Constraints | null {
  const constraints = features.map(({ name, type }) => {
    const found = type === 'number' ? expected?.find(({ feature }) => feature === name) : undefined;
    if (!found) return 0;
    return found.direction === 'longer' ? 1 : -1;
  });
  return constraints.some((constraint) => constraint !== 0) ? constraints : null;
}

/**
 * A linear model that keeps the constraints: what acts the other way has no effect, as long as there is such a feature.
 * One fit, and one more for each that is left out.
 */
export function fitWithin(
  constraints: Constraints | null,
  fit: (without: ReadonlySet<number>) => RidgeState,
  without: ReadonlySet<number>,
): RidgeState {
  const state = fit(without);
  const contrary = (constraints ?? []).flatMap((constraint, feature) => {
    const column = state.design.terms[feature]?.column ?? -1;
    return constraint * (state.coefficients[column] ?? 0) < 0 && !without.has(feature) ? [feature] : [];
  });
  if (contrary.length === 0) return state;
  return fitWithin(constraints, fit, new Set([...without, ...contrary]));
}
