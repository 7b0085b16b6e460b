import { applyHorizon, type Horizon } from '#data/known-when.ts';
import { planFeatures } from '#data/feature-plan.ts';
import { resolveHorizon } from '#data/history/resolve-horizon.ts';
import type { OutageSet } from '#data/outages.ts';
import { findRoleColumn, type TableWithRoles } from '#data/role-columns.ts';
import type { HorizonReason, SplitSettings, TrainingDefaults, TrainingSettings } from './contract.ts';
import { canJudgeByTime } from './judge-by-time.ts';

export type PlanningHorizon = Extract<Horizon, { kind: 'plan' }>;

/** The horizon of training for planning with the lead that suits the file, or why there is none. */
export function findPlanning({
  table,
  roles,
}: TableWithRoles): PlanningHorizon | { readonly kind: 'none'; readonly reason: HorizonReason } {
  if (!findRoleColumn({ table, roles }, 'start', 'date')) return { kind: 'none', reason: 'no-start' };
  const horizon = resolveHorizon(table, roles, { kind: 'plan', leadDays: null }) as PlanningHorizon;
  const isAnythingKnown = planFeatures(table, applyHorizon(table, roles, horizon), horizon).length > 0;
  return isAnythingKnown ? horizon : { kind: 'none', reason: 'nothing-before' };
}

/** The outages, and what planning makes of them. */
export interface PlanningFacts {
  readonly horizon: PlanningHorizon;
  readonly outages: Pick<OutageSet, 'start' | 'target' | 'unit'>;
  /** Columns that are known only at the start. */
  readonly knownLater: readonly string[];
  /** There are features from the past. */
  readonly hasPast: boolean;
}

/**
 * Whether to train for planning where nobody said: `near` where something is that is not known months ahead, and enough
 * outages were over by then; else the reason why not.
 */
export function judgePlanning(
  { horizon, outages, knownLater, hasPast }: PlanningFacts,
  settings: Pick<TrainingSettings, 'folds' | 'split'>,
): HorizonReason {
  if (knownLater.length === 0 && !hasPast) return 'nothing-near';
  return horizon.leadDays >= 1 && canJudgeByTime(outages, settings, horizon) ? 'near' : 'too-few-before';
}

/**
 * The settings for a file that cannot have all of them: a choice that was made for another one, and that this one cannot
 * follow, is left open.
 */
export function withinReach(
  settings: TrainingSettings,
  { hasStart, groups }: { readonly hasStart: boolean; readonly groups: readonly string[] },
): TrainingSettings {
  const { horizon, split } = settings;
  const isBeyond =
    (split.kind === 'time' && !hasStart) || (split.kind === 'group' && !groups.includes(split.column));
  return {
    ...settings,
    ...(horizon.kind === 'plan' && !hasStart && { horizon: { kind: 'auto' } }),
    ...(isBeyond && { split: { kind: 'auto', testShare: split.testShare } }),
  };
}

/** What the settings come to with some roles, as far as can be told before the training. */
export interface ForeseenBasis {
  readonly horizon: Horizon['kind'];
  readonly split: SplitSettings['kind'];
}

export function foreseeBasis(
  { horizon, split }: Pick<TrainingSettings, 'horizon' | 'split'>,
  defaults: TrainingDefaults,
): ForeseenBasis {
  const kind = horizon.kind === 'auto' ? defaults.horizon.kind : horizon.kind;
  if (split.kind !== 'auto') return { horizon: kind, split: split.kind };
  return { horizon: kind, split: defaults.byTime[kind] ? 'time' : 'random' };
}
