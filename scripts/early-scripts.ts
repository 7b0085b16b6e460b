import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { readPageScript } from './page-script.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const earlyScript = /<script src="\/(src\/[^"]+\.ts)"><\/script>/gu;

/** Writes scripts that are no modules into the page, where they stand: they run while it is read, before all modules. */
export function earlyScripts(): Plugin {
  return {
    name: 'early-scripts',
    transformIndexHtml: {
      order: 'pre',
      async handler(html) {
        const codes = await Promise.all(
          Array.from(html.matchAll(earlyScript), async ([tag, path]) => ({
            tag,
            code: await readPageScript(`${root}${path}`),
          })),
        );
        return codes.reduce(
          (page, { tag, code }) => page.replace(tag, () => `<script>\n${code}</script>`),
          html,
        );
      },
    },
  };
}
