/**
 * Compiles src/engine/kernel/assembly to WebAssembly, once with a memory of its own (kernel-bytes.ts) and once
 * on a memory that threads share (team/shared-kernel-bytes.ts), and writes the bytes.
 *
 * They are committed, with a hash of the source that they come from, so that tests, the command line
 * and the page all use the same ones without a build step; a unit test compares the hash.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = 'src/engine/kernel/assembly';
const flags = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
const sharedFlags = ['--enable', 'threads', '--importMemory', '--sharedMemory'];
// Pages of 64 KiB: 2 GiB, where signed addresses end.
const sharedSizes = ['--initialMemory', '1', '--maximumMemory', '32768'];
const allSharedFlags = [...flags, ...sharedFlags, ...sharedSizes];

/** SHA-256 of the compiler's flags and of all source files, in order of name. Run from the project's root. */
export function hashKernelSource() {
  const hash = createHash('sha256').update([...flags, ...allSharedFlags].join(' '));
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) hash.update(`\n${name}\n`).update(readFileSync(`${folder}/${name}`));
  return hash.digest('hex');
}

async function compileKernel(options) {
  const { default: asc } = await import('assemblyscript/asc');
  let bytes;
  const messages = [];
  const { error } = await asc.main([`${folder}/index.ts`, ...options, '-o', 'kernel.wasm'], {
    writeFile: (_, contents) => (bytes = contents),
    stderr: { write: (text) => messages.push(text) },
  });
  if (error) throw new Error(`${error.message}\n${messages.join('')}`);
  return Buffer.from(bytes).toString('base64');
}

async function writeKernel(target, name, comment, options) {
  const lines = [
    '// Written by `npm run build:kernel`. Do not edit.',
    '',
    '/** SHA-256 of assembly/*.ts and the flags that these bytes were compiled from and with. */',
    `export const ${name}SourceHash =`,
    `  '${hashKernelSource()}';`,
    '',
    `/** ${comment} */`,
    `export const ${name}Bytes =`,
    `  '${await compileKernel(options)}';`,
    '',
  ];
  writeFileSync(target, lines.join('\n'));
}

if (process.argv[1]?.endsWith('build-kernel.mjs')) {
  await writeKernel('src/engine/kernel/kernel-bytes.ts', 'kernel', 'The WebAssembly kernel, base64.', flags);
  await writeKernel(
    'src/engine/kernel/team/shared-kernel-bytes.ts',
    'sharedKernel',
    'The same on a memory from outside that threads share, base64.',
    allSharedFlags,
  );
}
