import type { Instant } from '#base/instant.ts';
import { type DurationUnit, msPerDurationUnit } from '#data/duration-unit.ts';
import { listHandicaps, payAnswer, type ShareAnswer } from './bets.ts';
import { type Announcement, type FollowedOutage, LEVELS } from './contract.ts';
import type { Observation } from './detector.ts';

/** An outage under way or over, with what was announced of it: all that is judged. In milliseconds. */
export interface JudgedOutage {
  readonly announcement: Announcement;
  readonly start: Instant;
  /** Null while it goes on. */
  readonly lasted: number | null;
  /** The announced levels, without those that are not carried. */
  readonly levels: readonly { readonly share: number; readonly duration: number }[];
}

/** Whether an outage had ended when one of its levels passed; known then, and not before. */
export interface DueAnswer extends ShareAnswer {
  readonly outage: JudgedOutage;
  readonly at: Instant;
  readonly isFirst: boolean;
}

/** Those that have begun, in the unit of their announcement; without levels there is nothing to judge. */
export function listJudged(outages: readonly FollowedOutage[], unit: DurationUnit): readonly JudgedOutage[] {
  const ms = msPerDurationUnit(unit);
  return outages.flatMap(({ announcement, state }): JudgedOutage[] => {
    if (state.kind !== 'running' && state.kind !== 'ended') return [];
    const levels = LEVELS.flatMap((share, i) => {
      const level = announcement.levels[i] ?? null;
      // Of equal levels the last one says all: nothing is promised of those below it.
      const isLast = level !== (announcement.levels[i + 1] ?? null);
      return level === null || !isLast ? [] : [{ share, duration: level * ms }];
    });
    if (levels.length === 0) return [];
    return [
      { announcement, start: state.start, lasted: state.kind === 'ended' ? state.lasted : null, levels },
    ];
  });
}

/**
 * What has become known up to an instant, in the order in which it did: of each outage, level by level, whether it ended
 * between the two, asked when start + level passes. By end date those would come first that ended early; so nothing waits
 * and nothing is left out, and given all that is known each answer is a draw with the announced probability.
 */
export function answerDue(outages: readonly JudgedOutage[], until: Instant): readonly DueAnswer[] {
  const answers = outages.flatMap((outage) => answerOutage(outage, until));
  return answers.sort((a, b) => a.at - b.at || compareOutages(a.outage, b.outage) || a.from - b.from);
}

function answerOutage(outage: JudgedOutage, until: Instant): DueAnswer[] {
  const answers: DueAnswer[] = [];
  let from = 0;
  for (const { share, duration } of outage.levels) {
    const at = outage.start + duration;
    if (at > until) break;
    const hasEnded = outage.lasted !== null && outage.lasted <= duration;
    answers.push({ outage, at, from, to: share, hasEnded, isFirst: from === 0 });
    if (hasEnded) break;
    from = share;
  }
  return answers;
}

/** By their ids, so that the order of a file says nothing. */
function compareOutages(a: JudgedOutage, b: JudgedOutage): number {
  return a.announcement.id < b.announcement.id ? -1 : 1;
}

/**
 * Errors of the calibration that are no winning bet. For a proof: with one, 9 % of histories whose levels rest on 60 past
 * outages alarm within 350; a watch need not be as sure.
 */
export const HANDICAP = { watch: 1, proof: 1.5 } as const;

/** Each answer on its own: sound where outages know nothing of each other. */
export function observeSingly(answers: readonly DueAnswer[], nErrors: number): readonly Observation[] {
  return answers.map((answer) => {
    const factors = payAnswer(answer);
    const { nCalibration } = answer.outage.announcement;
    const handicaps = answer.isFirst ? listHandicaps(Math.max(1, nCalibration), nErrors) : null;
    return {
      at: answer.at,
      nOpened: answer.isFirst ? 1 : 0,
      factors: handicaps ? factors.map((factor, i) => factor * (handicaps[i] ?? 1)) : factors,
    };
  });
}

/**
 * The outages of a group in a month as one bet, on the mean of theirs: sound however much these share, a strike or a lack of
 * parts. Only months that are over by `until`. An outage without a group is one of its own.
 */
export function observeMonthly(
  answers: readonly DueAnswer[],
  until: Instant,
  nErrors: number,
  groupOf: (announcement: Announcement) => string | null,
): readonly Observation[] {
  const batches = new Map<string, Map<string, Observation>>();
  const single = observeSingly(answers, nErrors);
  for (const [i, { outage, at }] of answers.entries()) {
    const own = single[i];
    const month = monthOf(at);
    if (month >= monthOf(until) || !own) break;
    const { id } = outage.announcement;
    const key = JSON.stringify([month, groupOf(outage.announcement) ?? { id }]);
    const batch = batches.get(key) ?? new Map<string, Observation>();
    batches.set(key, batch);
    const before = batch.get(id);
    const factors = before ? own.factors.map((factor, k) => factor * (before.factors[k] ?? 1)) : own.factors;
    batch.set(id, { at, factors, nOpened: own.nOpened + (before?.nOpened ?? 0) });
  }
  // A batch is known when its month is over; of one month they follow each other in the order of their first answers.
  return [...batches.values()]
    .map((batch) => meanOf([...batch.values()]))
    .sort((a, b) => monthOf(a.at) - monthOf(b.at));
}

function meanOf(observations: readonly Observation[]): Observation {
  const [first] = observations;
  return {
    at: Math.max(...observations.map(({ at }) => at)),
    nOpened: observations.reduce((sum, { nOpened }) => sum + nOpened, 0),
    factors: (first?.factors ?? []).map(
      (_, k) => observations.reduce((sum, { factors }) => sum + (factors[k] ?? 1), 0) / observations.length,
    ),
  };
}

function monthOf(instant: Instant): number {
  const date = new Date(instant);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
