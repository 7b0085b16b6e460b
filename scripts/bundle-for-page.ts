import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A module with all that it imports as one script, what it exports under `name`: for a page that is given scripts alone. */
export async function bundleForPage(entry: URL, name: string): Promise<string> {
  const outputs = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(entry), formats: ['iife'], name },
    },
  });
  const [chunk] = Array.isArray(outputs) ? outputs.flatMap(({ output }) => output) : [];
  if (chunk?.type !== 'chunk') throw new Error('vite gave no script');
  return chunk.code;
}
