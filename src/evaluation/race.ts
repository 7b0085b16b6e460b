import { mean, sampleDeviation } from '#base/statistics.ts';
import type { SpecId } from '#models/model-spec.ts';
import { WORST_FACTOR } from './stacking.ts';

/** Standard deviations that leave 1 % of a normal on one side. */
const DEVIATIONS = 2.326;

/** Mean absolute errors over the n outages that all candidates of a race were compared on so far. */
export interface RaceStand {
  readonly n: number;
  readonly leader: SpecId;
  readonly leaderMae: number;
  readonly lost: readonly { readonly id: SpecId; readonly mae: number }[];
}

/**
 * Which candidates cannot win any more, by their absolute errors, outage by outage in one order, with so many outages to
 * come. One has lost when both hold:
 *
 * 1. It errs by a quarter more than the leader: as it is, no blend would take it (`stacking.ts`).
 * 2. Were it truly as good as the leader, the outages to come would put it ahead in the end with a chance below 1 %
 *    (stochastic curtailment: Lan, Simon & Halperin 1982; sums of paired differences taken as normal).
 *
 * Null without candidates. O(candidates × outages).
 */
export function judgeRace(errors: ReadonlyMap<SpecId, Float64Array>, nToCome: number): RaceStand | null {
  const means = [...errors].map(([id, own]) => ({ id, mae: mean(own), own }));
  const [leader] = means.toSorted((a, b) => a.mae - b.mae);
  if (!leader) return null;
  const lost = means.filter(({ mae, own }) => {
    const behind = own.map((error, i) => error - leader.own[i]);
    const swing = DEVIATIONS * sampleDeviation(behind) * Math.sqrt(nToCome);
    return mae > WORST_FACTOR * leader.mae && own.length * mean(behind) > swing;
  });
  return {
    n: leader.own.length,
    leader: leader.id,
    leaderMae: leader.mae,
    lost: lost.map(({ id, mae }) => ({ id, mae })),
  };
}
