import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveDirectory } from './static-server.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-serve-'));
  await writeFile(join(folder, 'index.html'), '<p>bonjour</p>');
});
afterAll(() => rm(folder, { recursive: true }));

/** Unlike `fetch`, leaves the path as it is. */
function get(
  address: string,
  path: string,
): Promise<{ status: number | undefined; type: string | undefined }> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, type: response.headers['content-type'] });
    })
      .on('error', reject)
      .end();
  });
}

describe('static server', () => {
  it('serves the page at its address, below a sub-path too, and nothing else', async () => {
    const server = await serveDirectory(folder, { basePath: '/outils/tranche/' });
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/outils\/tranche\/$/u);
    expect(await get(server.address, '/outils/tranche/')).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
    });
    expect((await get(server.address, '/')).status).toBe(404);
    expect((await get(server.address, '/outils/tranche/nowhere.js')).status).toBe(404);
    await server.close();
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/a/../../package.json', '/..%2fpackage.json', '/%'])(
    'never leaves its directory: %s',
    async (path) => {
      const server = await serveDirectory(folder);
      expect([400, 403, 404]).toContain((await get(server.address, path)).status);
      await server.close();
    },
  );

  it('takes another port when the wanted one is taken, and tells of each request', async () => {
    const seen: string[] = [];
    const first = await serveDirectory(folder, { onRequest: (path) => seen.push(path) });
    const second = await serveDirectory(folder, { port: Number(new URL(first.address).port) });
    expect(second.address).not.toBe(first.address);
    await get(first.address, '/index.html');
    expect(seen).toEqual(['/index.html']);
    await Promise.all([first.close(), second.close()]);
  });
});
