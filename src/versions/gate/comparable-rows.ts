import type { GateQuestion } from './question.ts';

/** Outages that neither model was trained on and both answer, by position, and how many were left out for what. */
export interface ComparableRows {
  readonly rows: readonly number[];
  readonly learntByOld: number;
  readonly learntByNew: number;
  /** A model says nothing of them, or it is not known whether it was trained on them. */
  readonly unanswered: number;
}

export function findComparable({ actual, old, new: challenger }: GateQuestion): ComparableRows {
  const rows: number[] = [];
  let [learntByOld, learntByNew, unanswered] = [0, 0, 0];
  for (let row = 0; row < actual.length; row++) {
    const learnt = [old.learnt[row], challenger.learnt[row]];
    if (learnt[0] === true) learntByOld++;
    if (learnt[1] === true) learntByNew++;
    if (learnt.includes(true)) continue;
    const said = [actual[row], old.predicted[row], challenger.predicted[row]];
    const isKnown = learnt.every((each) => each === false) && said.every(Number.isFinite);
    if (isKnown) rows.push(row);
    else unanswered++;
  }
  return { rows, learntByOld, learntByNew, unanswered };
}
