import { randomUUID } from 'node:crypto';
import type { HeaderReader } from './answering/keys.ts';

/** `00-TRACE-SPAN-FLAGS` of W3C Trace Context; a trace of noughts is none. */
const traceparent = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/u;
const usableId = /^[\w.:-]{1,128}$/u;

/** The trace that a request belongs to: the caller's, else one of its own. */
export function findTrace(header: string | null): string {
  return traceparent.exec(header ?? '')?.[1] ?? randomUUID().replaceAll('-', '');
}

/** The id that a caller gave its request, where it is one that a log can hold. */
export function findRequestId(headers: HeaderReader): string | null {
  const given = headers.get('x-amzn-sagemaker-inference-id') ?? headers.get('x-request-id');
  return given !== null && usableId.test(given) ? given : null;
}
