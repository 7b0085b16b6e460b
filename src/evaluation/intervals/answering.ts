import type { IntervalCalibration } from './calibration.ts';
import type { OrderStatistics } from './order-statistic.ts';
import type { RareCategory } from './rare-categories.ts';

/** Whose past outages an answer rests on: those of its class, of all small classes like it, or all there are. */
export type Basis = 'class' | 'alike' | 'overall';

/** What a case belongs to: a label of the class column, or before that its rarest category. Nullish: not known. */
export type CaseClass = string | RareCategory | null | undefined;

/** A class, and how many of its outages were judged. */
export interface ClassSize {
  readonly label: string;
  readonly n: number;
}

/** The past outages that answer for a case. */
export interface Answering {
  readonly scores: OrderStatistics;
  readonly basis: Basis;
  readonly ofClass?: ClassSize;
  /** Those of its class are unlike all others, and too few to answer alone. */
  readonly isUnlike?: true;
}

const NONE: OrderStatistics = { n: 0, values: [] };

/**
 * A class never met is answered like those with few outages where these are answered together, else not at all; a case
 * without one by all outages. O(classes).
 */
export function findAnswering(calibration: IntervalCalibration, caseClass: CaseClass): Answering {
  const { overall, alike, classes, rule } = calibration;
  if (caseClass === null || caseClass === undefined) return { scores: overall, basis: 'overall' };
  if (typeof caseClass !== 'string') return answerByOwn(caseClass.label, caseClass.scores);
  // Without any classes nothing is asked by class.
  const met = classes.find(({ label }) => label === caseClass);
  if (!met && (rule === 'whole-ranks' || classes.length === 0)) return { scores: overall, basis: 'overall' };
  const { label, scores, answer } = met ?? { label: caseClass, scores: NONE, answer: 'alike' };
  if (answer === 'own' || alike === null) return answerByOwn(label, scores);
  const ofClass = { label, n: scores.n };
  return { scores: alike, basis: 'alike', ofClass, ...(answer === 'unlike' && { isUnlike: true }) };
}

function answerByOwn(label: string, scores: OrderStatistics): Answering {
  return { scores, basis: 'class', ofClass: { label, n: scores.n } };
}
