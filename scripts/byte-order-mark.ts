import type { Plugin } from 'vite';
import { rewritePage } from './rewrite-page.ts';

/**
 * Puts a byte-order mark before the built page. It outranks the charset that a host declares: read as windows-1252 the
 * page's scripts would have other hashes than its policy admits, and nothing would start.
 */
export function byteOrderMark(): Plugin {
  return rewritePage('byte-order-mark', (html) => `\uFEFF${html}`);
}
