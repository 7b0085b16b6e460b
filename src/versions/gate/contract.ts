import type { Estimate } from '#evaluation/bootstrap.ts';
import type { PairedTest } from '#evaluation/paired-mean.ts';

/**
 * What may be said of a challenger against the champion, on outages that neither was trained on:
 *
 * - `proven-better`: the 95 % bound of the mean difference lies below 0;
 * - `not-worse`: smaller errors, not proven; surely not worse than the tolerance;
 * - `cannot-tell`: smaller errors, but too few outages to exclude that it is worse;
 * - `not-better`: its mean absolute or its mean squared error is not smaller. This is refused.
 *
 * `overlap` and `too-few` are no verdict: outages that a model was trained on are no judges, and fewer than
 * `MIN_GATE_ROWS` say nothing.
 */
export const gateVerdicts = [
  'proven-better',
  'not-worse',
  'cannot-tell',
  'not-better',
  'overlap',
  'too-few',
] as const;
export type GateVerdict = (typeof gateVerdicts)[number];

/** Fewer differences have no bound at 5 %: all of 5 signs alike are chance in 1 case of 32. */
export const MIN_GATE_ROWS = 10;

/** Errors of one model over the outages of the gate, in the target's unit (`mse` in its square). */
export interface GateErrors {
  readonly mae: number;
  readonly mse: number;
  /** Mean of actual − predicted: positive when outages end later. */
  readonly bias: number;
  /** Mean pinball loss at 10, 50, 80 and 90 %, over the outages to which both models give all four levels; null: none. */
  readonly pinball: number | null;
}

export interface CoverageGuard {
  readonly kind: 'coverage';
  readonly level: 'P80' | 'P10–P90';
  readonly held: number;
  readonly n: number;
  /** Of the champion, on the outages to which it gives the level; null: on none. */
  readonly oldShare: number | null;
  /** Shares between which chance would put it. */
  readonly low: number;
  readonly high: number;
  /** Within them, or as near to the promise as the champion. */
  readonly holds: boolean;
}

export interface ClassGuard {
  readonly kind: 'class';
  readonly label: string;
  readonly n: number;
  /** New − old, mean absolute error. */
  readonly difference: number;
  /** That the class does not lose, corrected for the number of classes (Holm). */
  readonly p: number;
  readonly holds: boolean;
}

export interface BiasGuard {
  readonly kind: 'bias';
  readonly old: number;
  readonly new: number;
  readonly tolerance: number;
  readonly holds: boolean;
}

export type Guardrail = CoverageGuard | ClassGuard | BiasGuard;

/** What the gate found: plain, so that the log keeps it. */
export interface GateReport {
  readonly verdict: GateVerdict;
  /** What a machine may do by itself: proven better, and every guardrail holds. */
  readonly deploy: boolean;
  /** Outages compared. */
  readonly n: number;
  readonly unit: string;
  readonly old: GateErrors | null;
  readonly new: GateErrors | null;
  /** New − old mean absolute error; each bound alone holds with 95 %. */
  readonly difference: Estimate | null;
  /** Which test was the most prudent: signs of single outages, or units as a whole. */
  readonly test: PairedTest | null;
  readonly nUnits: number | null;
  /** In the target's unit: what the new model may err more without counting as worse. */
  readonly tolerance: number | null;
  /** Outages it takes to prove a gain of the tolerance's size, four times in five; null where differences do not vary. */
  readonly needed: number | null;
  readonly guardrails: readonly Guardrail[];
  readonly rows: {
    /** Of the file. */
    readonly read: number;
    /** With a known duration. */
    readonly finished: number;
    readonly underWay: number;
    /** Left out: the file tells them again. Absent: none. */
    readonly repeated?: number;
    /** Left out: a model was trained on them. */
    readonly learntByOld: number;
    readonly learntByNew: number;
    /** Left out: a model says nothing of them. */
    readonly unanswered: number;
  };
  readonly seed: number;
  /**
   * Whose predictions were compared, where it was not the two models': `test`, the challenger's fit without these outages;
   * `recipes`, such fits of both, as both models have learnt them.
   */
  readonly basis?: GateBasis;
}

export const gateBases = ['test', 'recipes'] as const;
export type GateBasis = (typeof gateBases)[number];
