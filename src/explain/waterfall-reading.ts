import type { Waterfall } from './waterfall.ts';

/** A step under this makes a case an ordinary one. In the target's unit. */
const NOTABLE_STEP = 0.05;
/** The second step is told beside the first where it is more than this fraction of it. */
const SECOND_TO_FIRST = 0.2;

/** The one thing to remember of a waterfall; null where nothing moves the case away from an ordinary one. */
export interface WaterfallReading {
  readonly course: 'longer' | 'shorter' | 'same';
  /** One or two steps, the largest first. */
  readonly main: Waterfall['steps'];
}

export function readWaterfall({ base, prediction, steps }: Waterfall): WaterfallReading | null {
  const [first, second] = steps;
  if (!first || Math.abs(first.contribution) < NOTABLE_STEP) return null;
  const total = prediction - base;
  const isTold = second && Math.abs(second.contribution) > SECOND_TO_FIRST * Math.abs(first.contribution);
  const isSame = Math.abs(total) < 0.5 * 10 ** -countStepDigits(steps);
  return {
    course: isSame ? 'same' : total > 0 ? 'longer' : 'shorter',
    main: isTold ? [first, second] : [first],
  };
}

/** Decimals that tell the steps from nothing: small ones take a second. */
export function countStepDigits(steps: Waterfall['steps']): 1 | 2 {
  return Math.abs(steps[0]?.contribution ?? 0) < 1 ? 2 : 1;
}
