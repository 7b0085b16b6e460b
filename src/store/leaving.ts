import type { AppState } from './state.ts';

/** Whether closing the page now loses work that takes long to do again, or that stands nowhere else. */
export function losesWork({ work, model }: Pick<AppState, 'work' | 'model'>): boolean {
  const isLong = work?.kind === 'training' || work?.kind === 'second-opinion';
  return isLong || (model !== null && !model.isSaved && !model.isInFile);
}
