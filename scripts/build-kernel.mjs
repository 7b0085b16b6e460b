/**
 * Compiles src/engine/kernel/assembly to WebAssembly and writes its bytes into kernel-bytes.ts.
 *
 * The bytes are committed, with a hash of the source that they come from, so that tests, the command line
 * and the page all use the same ones without a build step; a unit test compares the hash.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = 'src/engine/kernel/assembly';
const target = 'src/engine/kernel/kernel-bytes.ts';
const flags = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

/** SHA-256 of the compiler's flags and of all source files, in order of name. Run from the project's root. */
export function hashKernelSource() {
  const hash = createHash('sha256').update(flags.join(' '));
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) hash.update(`\n${name}\n`).update(readFileSync(`${folder}/${name}`));
  return hash.digest('hex');
}

async function compileKernel() {
  const { default: asc } = await import('assemblyscript/asc');
  let bytes;
  const messages = [];
  const { error } = await asc.main([`${folder}/index.ts`, ...flags, '-o', 'kernel.wasm'], {
    writeFile: (_, contents) => (bytes = contents),
    stderr: { write: (text) => messages.push(text) },
  });
  if (error) throw new Error(`${error.message}\n${messages.join('')}`);
  return Buffer.from(bytes).toString('base64');
}

if (process.argv[1]?.endsWith('build-kernel.mjs')) {
  const lines = [
    '// Written by `npm run build:kernel`. Do not edit.',
    '',
    '/** SHA-256 of assembly/*.ts and the flags that these bytes were compiled from and with. */',
    'export const kernelSourceHash =',
    `  '${hashKernelSource()}';`,
    '',
    '/** The WebAssembly kernel, base64. */',
    'export const kernelBytes =',
    `  '${await compileKernel()}';`,
    '',
  ];
  writeFileSync(target, lines.join('\n'));
}
