import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serveDirectory } from '../scripts/static-server.ts';

/** The built page of the tree that these specs are in. */
const dist = fileURLToPath(new URL('../dist', import.meta.url));

export const onDisk = pathToFileURL(`${dist}/index.html`).href;

/** A served copy of the built page, and the path of every request that reached the server. */
export interface Site {
  readonly address: string;
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Serves the built page below `basePath`, which a browser may be sent to with or without its last slash.
 */
export async function serveSite(basePath = '/'): Promise<Site> {
  const requests: string[] = [];
  const { address, close } = await serveDirectory(dist, {
    basePath,
    onRequest: (path) => requests.push(path),
  });
  return { address, requests, close };
}

export function requireBuild(): void {
  if (!existsSync(`${dist}/index.html`)) throw new Error('dist/index.html is missing: run npm run build');
}
