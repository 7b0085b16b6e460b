import type { Plugin } from 'vite';

/** A step of the build that makes another text of the built page, after all that come before it. */
export function rewritePage(name: string, rewrite: (html: string) => string): Plugin {
  return {
    name,
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
          file.source = rewrite(
            typeof file.source === 'string' ? file.source : new TextDecoder().decode(file.source),
          );
        }
      },
    },
  };
}
