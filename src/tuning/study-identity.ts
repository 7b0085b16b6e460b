import { AppError } from '#base/errors.ts';
import type { Study } from './contract.ts';
import type { SearchSpace } from './search-space.ts';
import type { TrialEvent } from './trial-log.ts';

/** Of space, method, seed, starts, folds and data; what it says of them can be read back. */
export function identifyStudy({ data, method, seed, space, starts }: Study): string {
  return JSON.stringify([data, method, seed, space, starts]);
}

/** Throws `other-study` for the log of another study. */
export function checkStudy(events: readonly TrialEvent[], study: string): void {
  const begun = events.find((event) => event.kind === 'begun');
  if (!begun || begun.study === study) return;
  throw new AppError('other-study', `the log is of another study (${begun.study})`);
}

/** The space and the number of starts of the study whose log this is; null before it begun. */
export function readStudyHead(
  events: readonly TrialEvent[],
): { readonly space: SearchSpace; readonly nStarts: number } | null {
  const begun = events.find((event) => event.kind === 'begun');
  if (!begun) return null;
  const [, , , space, starts] = JSON.parse(begun.study) as [
    unknown,
    unknown,
    unknown,
    SearchSpace,
    unknown[],
  ];
  return { space, nStarts: starts.length };
}
