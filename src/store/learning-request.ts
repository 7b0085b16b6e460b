import type { Instant } from '#base/instant.ts';
import type { LearningRequest, OutageRequest } from '#training/contract.ts';
import type { Preparation } from '#jobs/dataset/contract.ts';
import type { AppState } from './state.ts';

/** The open data's outages by some roles: those asked for, or those of a model. */
export function createOutageRequest(
  { roles }: Pick<OutageRequest, 'roles'>,
  { dataset }: Pick<AppState, 'dataset'>,
  today: Instant,
): OutageRequest {
  const unit = dataset?.unit;
  return { roles, today, ...(unit && { unit }) };
}

/** What to learn from the open data: with the roles and settings of now, or those of a training. */
export function createLearningRequest(
  { roles, settings }: Pick<LearningRequest, 'roles' | 'settings'>,
  state: Pick<AppState, 'dataset'>,
  today: Instant,
): LearningRequest {
  return { ...createOutageRequest({ roles }, state, today), settings };
}

/** What training settings can ask of a file. */
export function listReach({ canSplitByTime, roles }: Preparation) {
  const groups = roles.flatMap(({ role, column }) => (role === 'group' ? [column] : []));
  return { hasStart: canSplitByTime, groups };
}
