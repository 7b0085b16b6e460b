import type { CellRow, CellValue } from '#data/cell.ts';
import type { Instant } from '#base/instant.ts';
import type { PredictionInterval } from '#evaluation/intervals/prediction-interval.ts';
import type { CellsFrom } from '#inference/open-cells.ts';

/** A scenario that was given a name, to stand beside others. */
export interface NamedScenario {
  readonly id: string;
  readonly name: string;
  readonly cells: CellRow;
}

/** So many scenarios can be read side by side. */
export const MOST_SCENARIOS = 12;

/** What a planner expects of more of a lever. */
export const leverDirections = ['shortens', 'lengthens'] as const;
export type LeverDirection = (typeof leverDirections)[number];

/** What a planner says of a column that can be chosen. Plain data: it is kept, and written in files. */
export interface LeverSpec {
  /** The column of the file. */
  readonly column: string;
  /** Of numbers and dates (milliseconds since 1970); absent: what training saw. */
  readonly min?: number;
  readonly max?: number;
  /** From one value to the next; in days for a date. Absent: 1 for whole numbers and dates, else a twentieth of the range. */
  readonly step?: number;
  /** Of a category, or instead of min, max and step: the values to choose from. */
  readonly values?: readonly (number | string)[];
  /** Of each unit that the value moves away from the present one, either way; of a date each day. */
  readonly cost?: number;
  /** Of each unit of the value and each unit of the duration: a person, a day. Of numbers alone. */
  readonly costPerTime?: number;
  /** Of any change at all. */
  readonly switchCost?: number;
  /** It stays as it is. Absent: it moves; on the screen, unless its effect looks like selection. */
  readonly frozen?: boolean;
  /** What more of it is expected to do; absent: no opinion. */
  readonly expected?: LeverDirection;
}

/** What a planner asks for, as it is kept with the case: all of a request but the case. */
export interface PlanningSettings extends Pick<
  PlanRequest,
  'levers' | 'objective' | 'timeCost' | 'costLevel'
> {
  /** With `isTarget` a target is kept instead, and `least` made small. */
  readonly isTarget: boolean;
  /** In the unit of the duration; null where none is given yet. */
  readonly atMost: number | null;
  /** Instead, the day to be over by. Absent: none. */
  readonly end?: Instant;
  readonly least: PlanTarget['least'];
}

export const planObjectives = ['p50', 'p80', 'cost'] as const;
export type PlanObjective = (typeof planObjectives)[number];

/** A P80 to keep, or an end to be reached with 8 chances in 10, and what is then made small. */
export interface PlanTarget {
  readonly atMost: { readonly duration: number } | { readonly end: Instant };
  readonly least: 'change' | 'cost';
}

export interface PlanRequest {
  /** The present case, one cell an input of the model. */
  readonly cells: CellRow;
  readonly from: CellsFrom;
  readonly levers: readonly LeverSpec[];
  readonly objective: PlanObjective;
  /** What a unit of the duration costs. */
  readonly timeCost: number;
  /** The level that costs are counted at; with a target it is the P80. */
  readonly costLevel: 'p50' | 'p80';
  readonly target: PlanTarget | null;
  /** All plans that no other one beats in both what the levers cost and the P80. */
  readonly wantsFront: boolean;
  /** The proof may take so long. */
  readonly maxSeconds: number;
}

/** The level that a request makes small, or counts costs at. */
export function levelOfRequest({
  objective,
  costLevel,
  target,
}: Pick<PlanRequest, 'objective' | 'costLevel' | 'target'>): 'p50' | 'p80' {
  if (target !== null) return 'p80';
  return objective === 'cost' ? costLevel : objective;
}

/** A case with what the model says of it. */
export interface Plan {
  readonly cells: CellRow;
  readonly interval: PredictionInterval;
  readonly p50: number | null;
  readonly p80: number | null;
  /** What the levers cost, at the cost level. */
  readonly leverCost: number | null;
  /** And the duration. */
  readonly totalCost: number | null;
}

export interface FrontPlan {
  readonly cells: CellRow;
  readonly leverCost: number;
  readonly p80: number;
}

/** Why a lever is not moved any farther. */
export const bindingReasons = ['frozen', 'bound', 'support', 'cost', 'flat', 'best'] as const;
export type BindingReason = (typeof bindingReasons)[number];

export interface Binding {
  readonly column: string;
  readonly from: CellValue;
  readonly to: CellValue;
  readonly reason: BindingReason;
}

export interface PlanSupport {
  /** The class; null: all outages together. */
  readonly label: string | null;
  /** Its past outages that tell, and those set about as the plan is in every lever that it moves. */
  readonly n: number;
  readonly nNear: number;
  /** Columns whose planned value none of them reached. */
  readonly beyond: readonly string[];
  /** The bounds in use, of levers of numbers and dates. */
  readonly bounds: readonly { readonly column: string; readonly min: number; readonly max: number }[];
}

export interface PlanAnswer {
  /** `optimal`: proven. `gap`: the search was ended before. `infeasible`: proven that no plan keeps the target. */
  readonly status: 'optimal' | 'gap' | 'infeasible';
  /** What was made small, at the plan; for a target the P80. */
  readonly value: number | null;
  /** No plan within the bounds has less (of a target: no plan that keeps it asks for less, see `effort`). Null: not known. */
  readonly bound: number | null;
  readonly gap: number | null;
  /** Of a target: what was made small. */
  readonly effort: number | null;
  /** The best reachable one where the target is out of reach; null where the model announces nothing within the bounds. */
  readonly plan: Plan | null;
  readonly base: Plan;
  /** Of the present case over the plan. */
  readonly gain: { readonly duration: number | null; readonly cost: number | null };
  readonly binding: readonly Binding[];
  /** Values of levers that lie outside of what was learnt, and were left out. */
  readonly nOutside: number;
  /** By the outages of the case's class that the model's file keeps. */
  readonly support: PlanSupport;
  readonly front: { readonly plans: readonly FrontPlan[]; readonly isComplete: boolean } | null;
  readonly nPoints: number;
  readonly nNodes: number;
  readonly seconds: number;
}
