import type { ErrorCode } from '#base/errors.ts';

/** What the shell is told; README.md lists them. A signal's number is added to `signal`, as shells do. */
export const exitCodes = {
  done: 0,
  internal: 1,
  usage: 2,
  badData: 3,
  badModel: 4,
  unwritable: 5,
  full: 6,
  kept: 10,
  nothingNew: 11,
  locked: 12,
  signal: 128,
} as const;

const codes: Partial<Record<ErrorCode, number>> = {
  internal: exitCodes.internal,
  'no-webassembly': exitCodes.internal,
  'invalid-setting': exitCodes.usage,
  'signature-invalid': exitCodes.usage,
  'port-unavailable': exitCodes.usage,
  'keys-invalid': exitCodes.usage,
  'model-file-invalid': exitCodes.badModel,
  'model-file-too-new': exitCodes.badModel,
  'model-file-altered': exitCodes.badModel,
  'model-too-large': exitCodes.badModel,
  'model-columns-missing': exitCodes.badModel,
  'no-elapsed-calibration': exitCodes.badModel,
  'gate-other-targets': exitCodes.badModel,
  'gate-no-fingerprints': exitCodes.badModel,
  'project-invalid': exitCodes.badModel,
  'project-too-new': exitCodes.badModel,
  'project-altered': exitCodes.badModel,
  'gate-not-passed': exitCodes.badModel,
  'log-broken': exitCodes.badModel,
  'log-moved': exitCodes.badModel,
  'version-unknown': exitCodes.badModel,
  'version-not-allowed': exitCodes.badModel,
  'version-missing': exitCodes.badModel,
  'version-altered': exitCodes.badModel,
  'output-unwritable': exitCodes.unwritable,
  'output-full': exitCodes.full,
  'store-unreachable': exitCodes.unwritable,
  'store-locked': exitCodes.locked,
};

export function exitCodeOf(code: ErrorCode): number {
  return codes[code] ?? exitCodes.badData;
}
