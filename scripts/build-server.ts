import { existsSync, copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { readLockfile, writeSbom } from './write-sbom.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What stands beside the bundle is found by it: the page that the service gives at `/`. */
export const serverFolder = `${root}dist-server`;

/**
 * `dist-server/tranche.mjs`: the command line and the service as one file that Node runs without any package, with the page
 * beside it where that was built, and the list of the packages that it is made of (`sbom.cdx.json`). The same bytes for the same sources.
 */
export async function buildServer(folder = serverFolder): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: 'src/cli/bundle-entry.ts',
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: true,
      rollupOptions: {
        output: { entryFileNames: 'tranche.mjs', codeSplitting: false },
      },
    },
    ssr: { noExternal: true, target: 'node' },
  });
  writeFileSync(`${folder}/sbom.cdx.json`, writeSbom(readLockfile()));
  const page = `${root}dist/index.html`;
  if (existsSync(page)) copyFileSync(page, `${folder}/index.html`);
  return `${folder}/tranche.mjs`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = await buildServer();
  console.log(`${path}: ${(statSync(path).size / 1e6).toFixed(2)} MB`);
}
