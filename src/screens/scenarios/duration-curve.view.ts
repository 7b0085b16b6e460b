import type { FormFeature, PastFacts } from '#inference/contract.ts';
import type { Scenario } from '#store/state.ts';

/** Fewer dots show no shape. */
const LEAST_DOTS = 4;

/** Whose past durations stand under the curve: the unit's, else those of the class it has most of; null for too few. */
export function choosePast(past: readonly PastFacts[]): PastFacts | null {
  const [unit, ...classes] = past;
  const most = classes.toSorted((a, b) => b.durations.length - a.durations.length)[0];
  const chosen = unit && unit.durations.length >= LEAST_DOTS ? unit : most;
  return chosen && chosen.durations.length >= LEAST_DOTS ? chosen : null;
}

/** Up to where the axis goes to show them: all but the longest fortieth, which would leave no room for the rest. */
export function findFarthest(durations: readonly number[]): number {
  const sorted = durations.toSorted((a, b) => a - b);
  return sorted[Math.ceil(0.975 * sorted.length) - 1] ?? NaN;
}

/** The duration that was announced: asked for in the form, or that of the past outage the case is; null for none. */
export function findAnnounced(
  features: readonly FormFeature[],
  { cells, origin }: Pick<Scenario, 'cells' | 'origin'>,
): number | null {
  const cell = cells[features.findIndex(({ role, type }) => role === 'announced' && type === 'number')];
  const announced = typeof cell === 'number' ? cell : (origin?.announced ?? null);
  return announced !== null && announced > 0 ? announced : null;
}
