/**
 * Prints the SHA-256 of the model file that each of these trainings writes, that of its numbers alone (state, encoder
 * and reference rows, which another version of the format may file differently), the chosen model's errors and the
 * processor time: run it before and after a change that must not touch the models, and compare
 * (`npm run model-hashes [-- NAME …]`). Files that are absent are skipped, which is said. Some minutes in all.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '#cli/main.ts';

interface Training {
  readonly name: string;
  /** Of the folder of real files; absent for a sample that is generated. */
  readonly file?: string;
  readonly sample?: readonly string[];
  readonly options: readonly string[];
}

interface Report {
  readonly chosen: string;
  readonly models: readonly {
    readonly name: string;
    readonly mae: number;
    readonly test: { readonly mae: number };
  }[];
}

const trainings: readonly Training[] = [
  { name: 'sample', sample: ['--rows', '1000', '--seed', '42'], options: ['--target', 'Durée'] },
  {
    name: 'sample-reference-preset',
    sample: ['--rows', '1000', '--seed', '42'],
    options: ['--target', 'Durée', '--preset', 'reference'],
  },
  {
    name: 'fleet',
    sample: ['--kind', 'fleet', '--seed', '42'],
    options: ['--target', 'Durée (jours)'],
  },
  { name: 'french', file: 'arrets_tranche_2011_2023.csv', options: ['--target', 'duree_jours'] },
  {
    name: 'french-by-time',
    file: 'arrets_tranche_2011_2023.csv',
    options: ['--target', 'duree_jours', '--split', 'time'],
  },
  {
    name: 'french-cp1252',
    file: 'arrets_tranche_2011_2023_fr_cp1252.csv',
    options: ['--target', 'Durée (jours)'],
  },
  { name: 'californian', file: 'caiso_plant_outages_2024.csv', options: ['--target', 'duration_hours'] },
];
/** Those of the first hashes, unless a training says otherwise: the defaults hang on the file. */
const formerDefaults = ['--horizon', 'start', '--split', 'random'];
const realFiles = fileURLToPath(new URL('../../shared/data/', import.meta.url));
const asked = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'tranche-model-hashes-'));

function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function runCommand(...args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const failures: string[] = [];
  const exitCode = await main(args, {
    out: (text) => void printed.push(text),
    error: (text) => void failures.push(text),
  });
  if (exitCode !== 0) throw new Error(failures.join(''));
  return printed.join('');
}

async function hashTraining({ name, file, sample, options }: Training): Promise<void> {
  const path = file === undefined ? join(folder, `${name}.csv`) : join(realFiles, file);
  if (sample) await runCommand('generate', ...sample, '--out', path);
  if (!existsSync(path)) return console.log(`${name}: skipped, ${path} is absent`);
  const modelPath = join(folder, `${name}.json`);
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  const report = JSON.parse(
    await runCommand(
      'train',
      path,
      ...formerDefaults,
      ...options,
      '--workers',
      '1',
      '--model-out',
      modelPath,
      '--json',
    ),
  ) as Report;
  const { user, system } = process.cpuUsage(before);
  const seconds = [(user + system) / 1e6, (performance.now() - startedAt) / 1000].map((s) => s.toFixed(1));
  const text = readFileSync(modelPath, 'utf8');
  const { state, encoder, reference } = (JSON.parse(text) as { content: Record<string, unknown> }).content;
  const hash = hashText(text);
  const numbersHash = hashText(JSON.stringify({ state, encoder, reference }));
  const chosen = report.models.find((model) => model.name === report.chosen);
  console.log(
    `${name}: ${hash} numbers ${numbersHash} ${report.chosen} mae ${chosen?.mae} test ${chosen?.test.mae} (${seconds[0]} s of processor, ${seconds[1]} s of wall time)`,
  );
}

try {
  for (const training of trainings) {
    if (asked.length === 0 || asked.includes(training.name)) await hashTraining(training);
  }
} finally {
  rmSync(folder, { recursive: true });
}
