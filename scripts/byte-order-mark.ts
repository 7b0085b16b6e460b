import type { Plugin } from 'vite';

/**
 * Puts a byte-order mark before the built page. It outranks the charset that a host declares: read as windows-1252 the
 * page's scripts would have other hashes than its policy admits, and nothing would start.
 */
export function byteOrderMark(): Plugin {
  return {
    name: 'byte-order-mark',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
          const html = typeof file.source === 'string' ? file.source : new TextDecoder().decode(file.source);
          file.source = `\uFEFF${html}`;
        }
      },
    },
  };
}
