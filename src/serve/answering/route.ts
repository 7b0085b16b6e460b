import * as v from 'valibot';
import type { CancelSignal } from '#base/job-context.ts';
import { shorten } from './read-case.ts';
import type { HeaderReader } from './keys.ts';
import { RequestError } from './request-error.ts';
import type { Service } from './service.ts';

/** One request, as a route sees it. */
export interface Call {
  readonly headers: HeaderReader;
  readonly params: Readonly<Record<string, string>>;
  readonly query: (name: string) => string | undefined;
  readonly id: string;
  /** It came from this machine. */
  readonly isLocal: boolean;
  /** The whole body. Throws 413. */
  readonly readBody: () => Promise<Uint8Array>;
  /** Aborted once nobody waits any more, or the time is up. */
  readonly signal: CancelSignal;
  /** For the log: figures and names, never data. */
  readonly tell: (facts: Readonly<Record<string, string | number>>) => void;
}

/** What is answered, before it is a response: that is made once, with what every answer bears. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** One row of the service's table: what is asked, what is answered, and by which statuses. The document is made of these. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With `{name}` for what varies. */
  readonly path: string;
  readonly summary: string;
  /** Of JSON; absent: no body. */
  readonly body?: v.GenericSchema;
  /** Other media types of the body and of the answer. */
  readonly media?: readonly string[];
  /** Of JSON; absent: no body. */
  readonly answer?: v.GenericSchema;
  /** Beside 200, and what any route may answer (401, 500, 503). */
  readonly statuses: readonly number[];
  /** Needs no key: probes have none. */
  readonly isOpen?: true;
  readonly handle: (call: Call, service: Service) => Reply | Promise<Reply>;
}

/** A route of JSON in and JSON out, its body read by the schema. */
export function jsonRoute<Body extends v.GenericSchema>(
  route: Pick<Route, 'path' | 'summary' | 'answer' | 'statuses'> & {
    readonly body: Body;
    readonly handle: (body: v.InferOutput<Body>, call: Call, service: Service) => unknown;
  },
): Route {
  const { handle, statuses, ...rest } = route;
  return {
    ...rest,
    method: 'POST',
    statuses: [...new Set([...statuses, 400, 413, 415])],
    handle: async (call, service) => {
      const type = call.headers.get('content-type') ?? '';
      if (!/^application\/(?:[\w.-]+\+)?json\b/iu.test(type)) {
        throw new RequestError(
          415,
          'content-type',
          `content-type must be application/json, got "${shorten(type)}"`,
        );
      }
      return json(await handle(parseJson(route.body, await call.readBody()), call, service));
    },
  };
}

/** What the bytes of a body hold, of the schema. Throws 400 with the place that does not fit. */
export function parseJson<Schema extends v.GenericSchema>(
  schema: Schema,
  bytes: Uint8Array,
): v.InferOutput<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : '';
    throw new RequestError(400, 'json', `the body is not JSON: ${shorten(problem)}`);
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  // As it came: a schema passes over names like `constructor`, which a column may have.
  if (parsed.success) return value;
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue);
  throw new RequestError(
    400,
    'body',
    `${place === null ? 'the body' : shorten(place)}: ${shorten(issue.message)}; /openapi.json describes it`,
  );
}

export function json(value: unknown, status = 200): Reply {
  return text(JSON.stringify(value), 'application/json', status);
}

export function text(body: string, type: string, status = 200): Reply {
  return { status, headers: { 'content-type': type }, body };
}

export function empty(status: number): Reply {
  return { status, headers: {}, body: null };
}
