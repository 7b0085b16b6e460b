import type { ErrorCode } from '#base/errors.ts';

/** What the shell is told; README.md lists them. */
export const exitCodes = { done: 0, internal: 1, usage: 2, badData: 3, badModel: 4 } as const;

const modelCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'model-file-invalid',
  'model-file-too-new',
  'model-file-altered',
  'model-columns-missing',
  'no-elapsed-calibration',
]);

export function exitCodeOf(code: ErrorCode): number {
  if (code === 'internal' || code === 'no-webassembly') return exitCodes.internal;
  if (code === 'invalid-setting') return exitCodes.usage;
  return modelCodes.has(code) ? exitCodes.badModel : exitCodes.badData;
}
