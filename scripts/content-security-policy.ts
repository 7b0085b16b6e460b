import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { rewritePage } from './rewrite-page.ts';

/**
 * Writes the Content-Security-Policy into the built page, with the hash of each inline script.
 *
 * A worker made from a blob inherits this policy, so `connect-src 'none'` holds for the whole
 * product: the browser itself proves that no data leave the machine.
 */
export function contentSecurityPolicy(): Plugin {
  return rewritePage('content-security-policy', (html) =>
    html.replace('<meta charset="UTF-8" />', (meta) => `${meta}\n    ${policyTag(html)}`),
  );
}

function policyTag(html: string): string {
  const hashes = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/gu)].map(
    ([, code]) =>
      `'sha256-${createHash('sha256')
        .update(code ?? '', 'utf8')
        .digest('base64')}'`,
  );
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(' ')} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    "connect-src 'none'",
    'img-src data: blob:',
    'font-src data:',
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
  return `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
}
