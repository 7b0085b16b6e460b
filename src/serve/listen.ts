import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { AppError } from '#base/errors.ts';

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  /** Clients must show a certificate that this one signed. */
  readonly clientCa?: string;
}

export interface Listening {
  readonly server: Server;
  readonly port: number;
  /** From now on each answer closes its connection, so that clients come back elsewhere. */
  readonly closeBehind: () => void;
}

type Answer = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 55_000;
/** Longer than the 60 s that balancers keep theirs: the side that closes first must not be this one. */
const KEEP_ALIVE = 65_000;

/** Answers requests at a port (0: any). Throws `port-unavailable`, `file-unreadable` for the files of TLS. */
export async function listen(
  app: { readonly fetch: Answer },
  at: { readonly host: string; readonly port: number; readonly tls?: TlsFiles },
): Promise<Listening> {
  let isClosing = false;
  const answer = getRequestListener((request, bindings) => app.fetch(request, bindings as HttpBindings));
  const server = createListener(at.tls);
  server.headersTimeout = HEADERS_TIMEOUT;
  server.requestTimeout = REQUEST_TIMEOUT;
  server.keepAliveTimeout = KEEP_ALIVE;
  server.on('request', (request, response) => {
    if (isClosing) response.shouldKeepAlive = false;
    void answer(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (thrown: NodeJS.ErrnoException) => {
      const place = `${at.host}:${at.port}`;
      reject(new AppError('port-unavailable', `${place}: ${thrown.message}`, { name: place }));
    });
    server.listen(at.port, at.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { server, port, closeBehind: () => (isClosing = true) };
}

function createListener(tls: TlsFiles | undefined): Server {
  if (!tls) return createServer();
  const read = (path: string) => {
    try {
      return readFileSync(path);
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      throw new AppError('file-unreadable', `${path}: ${message}`, { name: path, message });
    }
  };
  const { cert, key, clientCa } = tls;
  return createSecureServer({
    cert: read(cert),
    key: read(key),
    minVersion: 'TLSv1.2',
    ...(clientCa !== undefined && { ca: read(clientCa), requestCert: true, rejectUnauthorized: true }),
  });
}
