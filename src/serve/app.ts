import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { toAppError } from '#base/errors.ts';
import { describeRefusal } from './answering/error-status.ts';
import { type HeaderReader, readKey } from './answering/keys.ts';
import { writeOpenApi } from './openapi-document.ts';
import type { Pressure } from './pressure.ts';
import { shorten } from './answering/read-case.ts';
import { RequestError } from './answering/request-error.ts';
import { type Call, json, type Reply, type Route } from './answering/route.ts';
import { routeTable } from './route-table.ts';
import type { Service } from './answering/service.ts';
import { findRequestId, findTrace } from './trace.ts';

/** A request may take so long, in milliseconds: SageMaker gives up after 60 s. */
const MAX_TIME = 55_000;
const RETRY_AFTER_SECONDS = '1';

type Env = { readonly Bindings: Partial<HttpBindings> };

/** The service as a function of requests: on a port, behind a function of a cloud, or in a test without either. */
export function createApp(service: Service, pressure: Pressure): Hono<Env> {
  const app = new Hono<Env>();
  let nInFlight = 0;

  /** Runs what answers, with all that every answer has: a key checked, an id, a trace, a line in the log, a figure. */
  function guard(route: Pick<Route, 'path' | 'isOpen'>, handle: (call: Call) => Reply | Promise<Reply>) {
    return async (c: Context<Env>): Promise<Response> => {
      const started = performance.now();
      const headers = readHeaders(c);
      const id = findRequestId(headers) ?? randomUUID();
      const facts: Record<string, string | number> = {};
      let reply: Reply;
      service.metrics.inFlight.set(++nInFlight);
      try {
        if (route.isOpen !== true) {
          const owner = checkKey(service, headers);
          if (owner !== null) facts['key'] = owner;
          if (service.slots.list().length > 0 && pressure.isTooHigh(nInFlight)) {
            throw new RequestError(503, 'busy', 'more requests than can be answered in time');
          }
        }
        reply = await handle(
          createCall(c, headers, id, service, started, (more) => Object.assign(facts, more)),
        );
      } catch (thrown) {
        reply = refuse(thrown, id, service);
      } finally {
        service.metrics.inFlight.set(--nInFlight);
      }
      const { status, body } = reply;
      const seconds = (performance.now() - started) / 1000;
      const { method } = c.req;
      service.metrics.duration.observe({ route: route.path, method, status }, seconds);
      service.log.request(status, () => ({
        route: route.path,
        method,
        status,
        ms: Math.round(seconds * 1e5) / 100,
        id,
        trace: findTrace(headers.get('traceparent')),
        ...facts,
      }));
      return new Response(body, {
        status,
        headers: {
          ...reply.headers,
          'x-request-id': id,
          ...(status === 503 && { 'retry-after': RETRY_AFTER_SECONDS }),
        },
      });
    };
  }

  for (const route of routeTable) {
    const path = route.path.replaceAll(/\{(\w+)\}/gu, ':$1');
    app.on(
      route.method,
      path,
      guard(route, (call) => route.handle(call, service)),
    );
  }
  app.get(
    '/openapi.json',
    guard({ path: '/openapi.json', isOpen: true }, () => json(writeOpenApi(service.keys() !== null))),
  );
  const { page } = service;
  if (page !== null) {
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    };
    app.get(
      '/',
      guard({ path: '/', isOpen: true }, () => ({ status: 200, headers, body: page })),
    );
  }
  const known = new Map<string, Set<string>>();
  for (const { path, method } of app.routes) known.set(path, (known.get(path) ?? new Set()).add(method));
  for (const [path, methods] of known) {
    const allow = [...methods].join(', ');
    app.all(
      path,
      guard({ path, isOpen: true }, ({ id }) => {
        const { headers, ...refused } = json({ error: `only ${allow} here`, code: 'method', id }, 405);
        return { ...refused, headers: { ...headers, allow } };
      }),
    );
  }
  app.notFound(
    guard({ path: 'other', isOpen: true }, ({ id }) =>
      json({ error: 'nothing here; /openapi.json lists what there is', code: 'not-found', id }, 404),
    ),
  );
  return app;
}

/** The owner of the key, or null where none is asked for. Throws 401. */
function checkKey(service: Service, headers: HeaderReader): string | null {
  const keys = service.keys();
  if (keys === null) return null;
  const owner = keys.findOwner(readKey(headers) ?? '');
  if (owner !== null) return owner;
  throw new RequestError(401, 'key', 'a key is asked for, as x-api-key or as a bearer token');
}

function refuse(thrown: unknown, id: string, { log }: Service): Reply {
  const { status, code, message } = describeRefusal(thrown);
  if (status === 500) {
    const { message: cause } = toAppError(thrown);
    log.event('fault', { id, cause, stack: thrown instanceof Error ? thrown.stack : undefined });
  }
  return json({ error: message, code, id }, status);
}

/** Node's own, where there are: making the standard's of them costs as much as a prediction. */
function readHeaders(c: Context<Env>): HeaderReader {
  const given = c.env?.incoming?.headers;
  if (given === undefined) return c.req.raw.headers;
  return {
    get: (name) => {
      const value = given[name];
      return value === undefined ? null : String(value);
    },
  };
}

function createCall(
  c: Context<Env>,
  headers: HeaderReader,
  id: string,
  { settings }: Service,
  started: number,
  tell: Call['tell'],
): Call {
  const { incoming } = c.env ?? {};
  return {
    headers,
    params: c.req.param() as Readonly<Record<string, string>>,
    query: (name) => c.req.query(name),
    id,
    isLocal: incoming === undefined || isLoopback(incoming.socket.remoteAddress ?? ''),
    readBody: () => readBody(c, headers, settings.maxBodyBytes),
    signal: {
      get aborted() {
        return performance.now() - started > MAX_TIME || incoming?.socket.destroyed === true;
      },
    },
    tell,
  };
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/u, '');
  return address === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/** The body, and no more of it than the limit. Throws 413. */
async function readBody(c: Context<Env>, headers: HeaderReader, limit: number): Promise<Uint8Array> {
  const { raw } = c.req;
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') {
    throw new RequestError(
      415,
      'content-encoding',
      `bodies are not unpacked: content-encoding "${shorten(encoding)}"`,
    );
  }
  const refuseSize = () => new RequestError(413, 'too-large', `the body has more than ${limit} bytes`);
  if (Number(headers.get('content-length') ?? 0) > limit) throw refuseSize();
  const { incoming } = c.env ?? {};
  if (incoming === undefined) {
    const bytes = new Uint8Array(await raw.arrayBuffer());
    if (bytes.length > limit) throw refuseSize();
    return bytes;
  }
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let nBytes = 0;
    incoming.on('data', (piece: Buffer) => {
      nBytes += piece.length;
      if (nBytes > limit) {
        incoming.pause();
        reject(refuseSize());
      } else pieces.push(piece);
    });
    incoming.on('end', () => resolve(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)));
    incoming.on('error', () => reject(new RequestError(400, 'body', 'the body broke off')));
  });
}
