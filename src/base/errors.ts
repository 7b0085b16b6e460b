/**
 * What can go wrong, as codes. A front end words each for its own users (`src/language/`, and the
 * exit code in `src/cli/`); the core only says which, and with what values.
 */
export const errorCodes = [
  'internal',
  'cancelled',
  // engine and models
  'invalid-setting',
  'length-mismatch',
  'target-not-finite',
  'target-not-positive',
  'target-constant',
  'weight-invalid',
  'too-few-rows',
  'too-many-categories',
  'no-feature',
  'no-webassembly',
  'model-file-invalid',
  'model-file-too-new',
  'model-file-altered',
  'model-file-too-slow',
  'model-too-large',
  'model-columns-missing',
  'training-outdated',
  'training-interrupted',
  'result-invalid',
  'result-too-new',
  'recipe-invalid',
  // reading
  'file-empty',
  'file-unreadable',
  'file-not-text',
  'file-damaged',
  'workbook-not-read',
  'workbook-locked',
  'workbook-damaged',
  'workbook-too-large',
  'unknown-sheet',
  'file-too-large',
  'file-is-image',
  'file-is-pdf',
  'several-files',
  'nothing-in-common',
  'record-too-long',
  'file-no-rows',
  'file-header-only',
  'too-many-rows',
  'too-many-columns',
  'encoding-unknown',
  'no-numeric-column',
  'no-target',
  'column-not-read',
  'factors-no-start',
  'factors-no-date',
  'factors-no-values',
  'factors-no-match',
  'unknown-column',
  'elapsed-not-a-number',
  'elapsed-negative',
  'no-elapsed-calibration',
  // planning
  'levers-none',
  'levers-many',
  'levers-tied',
  'lever-unknown',
  'lever-repeated',
  'lever-crossed',
  'lever-step',
  'lever-values',
  'lever-cost',
  'lever-outside',
  'lever-file-invalid',
  'plan-no-levels',
  'plan-target',
  'plan-target-before-start',
  'unknown-dataset',
  'unknown-model',
  // follow-up
  'ledger-invalid',
  'ledger-too-new',
  'ledger-moved',
  'ledger-no-key',
  'ledger-empty',
  'outcomes-no-key',
  'replay-no-start',
  'replay-nothing-after',
  // versions
  'log-broken',
  'log-moved',
  'version-unknown',
  'version-not-allowed',
  'version-missing',
  'version-altered',
  'gate-not-passed',
  'gate-other-targets',
  'gate-other-unit',
  'gate-no-fingerprints',
  'signature-invalid',
  'project-invalid',
  'project-too-new',
  'project-altered',
  // writing files
  'output-unwritable',
  'output-full',
  // stores of artifacts
  'artifact-missing',
  'artifact-exists',
  'artifact-changed',
  'artifact-damaged',
  'store-unreachable',
  'store-locked',
  // serving
  'port-unavailable',
  'keys-invalid',
  // keeping
  'storage-unavailable',
  'storage-full',
  'storage-too-new',
  'out-of-memory',
  'worker-stopped',
  'work-under-way',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Values that a message is filled with: plain, so that they cross a worker's border unchanged. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

/** An error a person can act on. `message` is neutral English, for logs; screens use `code` and `details`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** Any thrown value as an `AppError`; what was not foreseen becomes `internal` and keeps its message. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError(isLackOfMemory(thrown) ? 'out-of-memory' : 'internal', message, { message });
}

/** As the engines word it for a typed array, for the memory of WebAssembly, and for a message to another thread. */
function isLackOfMemory(thrown: unknown): boolean {
  const isKind =
    thrown instanceof RangeError ||
    (thrown instanceof Error && /^(?:DataCloneError|InternalError)$/u.test(thrown.name));
  return (
    isKind && /allocat|out of memory|memory\.grow|failed to grow|could not be created/iu.test(thrown.message)
  );
}
