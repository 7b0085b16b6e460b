import { type ErrorCode, toAppError } from '#base/errors.ts';
import { RequestError } from './request-error.ts';

/** What a client is told of an error. */
export interface ToldError {
  readonly status: number;
  readonly code: string;
  /** Nothing of the program where it is at fault: that stands in its log. */
  readonly message: string;
}

/** All that is not the request's fault; any other code is. */
const statuses: Partial<Record<ErrorCode, number>> = {
  internal: 500,
  'no-webassembly': 500,
  'out-of-memory': 503,
  cancelled: 503,
  'unknown-model': 404,
  'too-many-rows': 413,
  'file-too-large': 413,
};

export function describeRefusal(thrown: unknown): ToldError {
  if (thrown instanceof RequestError) return thrown;
  const { code, message } = toAppError(thrown);
  const status = statuses[code] ?? 400;
  return { status, code, message: status < 500 ? message : 'the service could not answer; its log says why' };
}
