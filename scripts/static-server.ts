import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export interface StaticServer {
  /** `http://127.0.0.1:4173/`. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves a directory below `basePath` ('/' or '/some/path/') to this machine only. Without a free `port` it takes any.
 * `onRequest` sees every request's path: the tests prove with it that a loaded page asks for nothing more.
 */
export async function serveDirectory(
  directory: string,
  options: {
    readonly port?: number;
    readonly basePath?: string;
    readonly onRequest?: (path: string) => void;
    /** Beside and above its own: what a host may add. */
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<StaticServer> {
  const { port = 0, basePath = '/', onRequest, headers = {} } = options;
  const server = createServer((request, response) => {
    const path = readPath(request.url ?? '/');
    onRequest?.(path ?? '');
    void answer(path).then(({ status, file }) => {
      if (file === null) {
        response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(String(status));
        return;
      }
      response.writeHead(status, {
        'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
        'cache-control': 'no-cache',
        ...headers,
      });
      createReadStream(file).pipe(response);
    });
  });

  async function answer(path: string | null): Promise<{ status: number; file: string | null }> {
    if (path === null) return { status: 400, file: null };
    if (!path.startsWith(basePath)) return { status: 404, file: null };
    const relative = normalize(path.slice(basePath.length)) || '.';
    if (relative.startsWith('..') || relative.includes(`..${sep}`)) return { status: 403, file: null };
    const file = join(directory, relative === '.' ? 'index.html' : relative);
    const isFile = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    return isFile ? { status: 200, file } : { status: 404, file: null };
  }

  await listen(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${taken}${basePath}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The decoded path of a request; null where it is no path. */
function readPath(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return null;
  }
}

async function listen(server: Server, port: number): Promise<void> {
  const tryPort = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await tryPort(port).catch((thrown: unknown) => {
    if ((thrown as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0) throw thrown;
    return tryPort(0);
  });
}
