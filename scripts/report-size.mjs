/** Prints what `npm run build` made: one file, and its size as it is and compressed. */
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const files = readdirSync('dist', { recursive: true });
if (files.length !== 1 || files[0] !== 'index.html') {
  console.error(`dist/ must hold index.html alone, but holds: ${files.join(', ')}`);
  process.exit(1);
}
const html = readFileSync('dist/index.html');
const megabytes = (n) => `${(n / 1e6).toFixed(2)} MB`;
console.log(`dist/index.html: ${megabytes(html.length)} (${megabytes(gzipSync(html).length)} with gzip)`);
