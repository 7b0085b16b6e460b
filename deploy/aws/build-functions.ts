import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { build } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));
const out = `${folder}dist`;
export const functionNames = ['preprocess', 'validate', 'promote'] as const;

/**
 * `dist/NAME/index.mjs` and `dist/NAME.zip` of each handler: the same bytes for the same sources. AWS's client is not in it: the
 * runtime brings it.
 */
export async function buildFunctions(): Promise<Readonly<Record<(typeof functionNames)[number], string>>> {
  rmSync(out, { recursive: true, force: true });
  for (const name of functionNames) {
    mkdirSync(`${out}/${name}`, { recursive: true });
    await build({
      configFile: false,
      root: `${folder}../..`,
      logLevel: 'error',
      build: {
        ssr: `${folder}functions/${name}.ts`,
        outDir: `${out}/${name}`,
        target: 'node22',
        minify: true,
        rolldownOptions: { output: { entryFileNames: 'index.mjs', codeSplitting: false } },
      },
      ssr: { noExternal: true, external: ['@aws-sdk/client-s3', '@aws-sdk/client-sagemaker'] },
    });
    const bytes = readFileSync(`${out}/${name}/index.mjs`);
    writeFileSync(`${out}/${name}.zip`, zipSync({ 'index.mjs': [bytes, { mtime: '1980-01-01', level: 9 }] }));
  }
  const paths = functionNames.map((name) => [name, `${out}/${name}.zip`] as const);
  return Object.fromEntries(paths) as Record<(typeof functionNames)[number], string>;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, path] of Object.entries(await buildFunctions()))
    console.log(`${name}: ${(readFileSync(path).length / 1000).toFixed(0)} kB`);
}
