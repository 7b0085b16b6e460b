import assert from 'node:assert/strict';
import type { ServedModel } from '../answering/served-model.ts';

/** A service that checks are run on, however it is reached. */
export interface CheckTarget {
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** The port that is watched. */
  readonly watch: (path: string, init?: RequestInit) => Promise<Response>;
  /** Sends bytes as they are, and gives what came back within a second; null where there is no socket. */
  readonly send: ((text: string) => Promise<string>) | null;
  /** The model that is served there, opened here: its answers are to be the same. */
  readonly served: ServedModel;
}

export interface ServiceCheck {
  readonly id: `S${number}`;
  readonly title: string;
  readonly needsSocket: boolean;
  readonly run: (target: CheckTarget) => Promise<void>;
}

/** An answer that was read, as checks look at it. */
export interface Read {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // The shape is what is checked.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: () => any;
}

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export async function ask({ fetch }: CheckTarget, { path, method, headers, body }: Asked): Promise<Read> {
  const response = await fetch(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(headers && { headers: { ...headers } }),
    ...(body !== undefined && { body: body as BodyInit }),
  });
  const text = await response.text();
  assert.ok(
    response.status < 500 || response.status === 503 || response.status === 507,
    `${response.status} ${text}`,
  );
  assert.ok(!/\n\s+at |\.ts:|node:internal/u.test(text), `a stack leaks: ${text}`);
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: () => JSON.parse(text) as unknown,
  };
}

/** A request as it is made for JSON, and for CSV. */
export function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Asked {
  return { path, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
}

export function csv(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Asked {
  return { path: '/invocations', body, headers: { 'content-type': 'text/csv', ...headers } };
}

/** The checks of a part of the contract, numbered from `first`. */
export function numberFrom(
  first: number,
  checks: readonly Omit<ServiceCheck, 'id'>[],
): readonly ServiceCheck[] {
  return checks.map((check, i) => ({ ...check, id: `S${first + i}` }));
}

export function check(
  title: string,
  run: ServiceCheck['run'],
  needsSocket = false,
): Omit<ServiceCheck, 'id'> {
  return { title, run, needsSocket };
}

/** A request and what must come of it: the status, and what a good answer holds or a refusal names. */
export function row(
  title: string,
  asked: Asked,
  status: number,
  look: RegExp | ((read: Read, target: CheckTarget) => void) = () => {},
): Omit<ServiceCheck, 'id'> {
  return check(title, async (target) => {
    const read = await ask(target, asked);
    assert.equal(read.status, status, `${read.status}: ${read.text.slice(0, 300)}`);
    if (status >= 400) {
      const told = read.json() as { error: unknown; code: unknown; id: unknown };
      assert.deepEqual([typeof told.error, typeof told.code, typeof told.id], ['string', 'string', 'string']);
      assert.equal(told.id, read.headers.get('x-request-id'));
    }
    if (look instanceof RegExp) assert.match(read.text, look);
    else look(read, target);
  });
}
