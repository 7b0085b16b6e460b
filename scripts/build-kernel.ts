/**
 * npm run build:kernel
 *
 * Writes what the AssemblyScript side of the kernel's memory map is (src/engine/assembly/generated), compiles
 * src/engine/assembly to WebAssembly and writes the bytes (src/engine/kernel/kernel-bytes.ts).
 *
 * All of it is committed, with a hash of the source that the bytes come from, so that tests, the command line and the
 * page use the same ones without a build step. `build-kernel.test.ts` fails when they have drifted.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ANY_BIN,
  binningFields,
  type Fields,
  growingFields,
  lossNumbers,
  MAP_ADDRESS,
  N_CELLS,
  NODE_BYTES,
  nodeFloat,
  nodeInt,
  PREDICTION_NODE_BYTES,
  predictionFields,
  predictionNode,
  SMALL_TREE_NODES,
} from '#engine/kernel/memory-map.ts';

const engine = fileURLToPath(new URL('../src/engine/', import.meta.url));
const flags = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
const notice = '// Written by `npm run build:kernel`. Do not edit.\n\n';

/** SHA-256 of the compiler's flags and of all source files, in order of name. */
export function hashKernelSource(): string {
  const hash = createHash('sha256').update(flags.join(' '));
  const names = readdirSync(`${engine}assembly`, { encoding: 'utf8', recursive: true });
  for (const name of names.filter((each) => each.endsWith('.ts')).sort())
    hash.update(`\n${name}\n`).update(readFileSync(`${engine}assembly/${name}`));
  return hash.digest('hex');
}

/** Path below src/engine and text of each generated AssemblyScript file. */
export function generateAssembly(): ReadonlyMap<string, string> {
  const losses = scalePlaces(lossNumbers, 1);
  const node = { ...scalePlaces(nodeInt, 4), ...scalePlaces(nodeFloat, 8), NODE_BYTES };
  const finished = { ...scalePlaces(predictionNode, 4), NODE_BYTES: PREDICTION_NODE_BYTES };
  return new Map(
    [
      ['binning-memory', writeFields(binningFields) + writeConstants({ N_CELLS }, 'i32')],
      ['growing-memory', writeFields(growingFields) + writeConstants(losses, 'i32')],
      ['node-record', writeConstants(node, 'usize')],
      [
        'prediction-memory',
        writeFields(predictionFields) +
          writeConstants(finished, 'usize') +
          writeConstants({ ANY_BIN }, 'u32') +
          writeConstants({ SMALL_TREE_NODES }, 'i32'),
      ],
    ].map(([name, text]) => [`assembly/generated/${name}.ts`, notice + text]),
  );
}

function writeFields(fields: Fields): string {
  const entries = Object.entries(fields);
  const declarations = entries.map(([name, type]) =>
    type === 'bool' ? `export let ${name}: bool = false;` : `export let ${name}: ${type} = 0;`,
  );
  const reads = entries.map(([name, type], k) => {
    const read = `load<f64>(${MAP_ADDRESS + 8 * k})`;
    return `  ${name} = ${type === 'bool' ? `${read} != 0` : type === 'f64' ? read : `<${type}>${read}`};`;
  });
  return [...declarations, '', 'export function readMap(): void {', ...reads, '}', ''].join('\n');
}

function writeConstants(values: Readonly<Record<string, number>>, type: string): string {
  return Object.entries(values)
    .map(([name, value]) => `export const ${name}: ${type} = ${value};\n`)
    .join('');
}

/** `leftChild: 4` → `LEFT_CHILD: 4 · size`. */
function scalePlaces(places: Readonly<Record<string, number>>, size: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(places).map(([name, place]) => [toConstantName(name), size * place]),
  );
}

function toConstantName(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase();
}

/** By a variable: its own declarations would change what arrays are in all the project's types. */
const compilerName: string = 'assemblyscript/asc';

/** The part of the compiler's interface that is used here. */
interface Compiler {
  readonly main: (
    args: readonly string[],
    api: {
      readonly writeFile: (name: string, contents: string | Uint8Array) => void;
      readonly stderr: { readonly write: (text: string | Uint8Array) => void };
    },
  ) => Promise<{ readonly error: Error | null }>;
}

async function compileKernel(): Promise<string> {
  const { default: asc } = (await import(compilerName)) as { default: Compiler };
  let bytes: Uint8Array | null = null;
  const messages: string[] = [];
  const { error } = await asc.main([`${engine}assembly/index.ts`, ...flags, '-o', 'kernel.wasm'], {
    writeFile: (_, contents) => {
      bytes = Buffer.from(contents);
    },
    stderr: { write: (text) => messages.push(String(text)) },
  });
  if (error || !bytes) throw new Error(`${error?.message}\n${messages.join('')}`);
  return Buffer.from(bytes).toString('base64');
}

if (basename(process.argv[1] ?? '') === 'build-kernel.ts') {
  for (const [path, text] of generateAssembly()) writeFileSync(engine + path, text);
  const bytes = await compileKernel();
  writeFileSync(
    `${engine}kernel/kernel-bytes.ts`,
    `${notice}/** SHA-256 of assembly/ and the flags that these bytes were compiled from and with. */
export const kernelSourceHash =
  '${hashKernelSource()}';

/** The WebAssembly kernel, base64. */
export const kernelBytes =
  '${bytes}';
`,
  );
}
