import { gather } from '#base/arrays.ts';
import type { Horizon } from '#data/known-when.ts';
import type { OutageSet } from '#data/outages.ts';
import { splitTimeFolds, splitTimeHoldout } from '#evaluation/splits.ts';
import { MINIMUM_ROWS } from '#models/regressor.ts';
import type { TrainingSettings } from './contract.ts';
import { embargo, findEnds } from './embargo.ts';

/** Outages to learn from that make a comparison worth the name: what twenty leave when a fifth of them judges. */
const MIN_LEARNT = 16;
/** Folds, and outages in them, that make a choice between models one. */
const MIN_FOLDS = 2;
const MIN_COMPARED = 10;

/**
 * Whether the outages that came later can judge what the others teach: enough of them have a start, on enough different
 * days, and enough were over in time. Where not, a split by time would be refused, or mean nothing. O(n log n).
 */
export function canJudgeByTime(
  set: Pick<OutageSet, 'start' | 'target' | 'unit'>,
  { folds, split }: Pick<TrainingSettings, 'folds' | 'split'>,
  horizon: Horizon,
): boolean {
  const { start } = set;
  if (start === null) return false;
  const dated = start.filter((instant) => !Number.isNaN(instant));
  const testShare = split.kind === 'rows' ? 0.2 : split.testShare;
  if (2 * dated.length < start.length || new Set(dated).size <= folds || !(testShare > 0 && testShare < 1))
    return false;
  const ends = findEnds(set);
  const { trainRows } = embargo(splitTimeHoldout(start, { testShare }), start, ends, horizon);
  if (trainRows.length < Math.max(MIN_LEARNT, folds + 1)) return false;
  const [starts, over] = [gather(start, trainRows), gather(ends, trainRows)];
  const usable = splitTimeFolds(starts, folds)
    .map((fold) => embargo(fold, starts, over, horizon))
    .filter((fold) => fold.trainRows.length >= MINIMUM_ROWS);
  const nCompared = usable.reduce((sum, { testRows }) => sum + testRows.length, 0);
  return usable.length >= MIN_FOLDS && nCompared >= MIN_COMPARED;
}
