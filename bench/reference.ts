/**
 * npm run bench:reference [-- PART] [--cpu]
 *
 * Runs `npm run bench`'s cases and, in the same run and on the same numbers, scikit-learn (and the lightgbm
 * module where it has one) of the Python that PYTHON names, else python3; and LightGBM's command line where
 * LIGHTGBM names one. One thread each but for GridSearchCV(n_jobs=-1). Prints ratios: ours ÷ theirs.
 * --cpu: processor time instead of the clock's; the grid then on one process there as here.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeFits, runCases, type Figure } from './engine/cases.ts';
import { isProcessorTime, readClock, wantedPart } from './engine/clock.ts';
import { generateBenchmark, generateOutages, type Samples } from './engine/data.ts';
import { formatFigure, saveFigures } from './engine/table.ts';

interface Timing {
  fitMs: number;
  binMs?: number;
  rmse?: number;
}

const folder = mkdtempSync(join(tmpdir(), 'tranche-bench-'));
const figures: Figure[] = [];

function keep(figure: Figure): void {
  figures.push(figure);
  console.log(formatFigure(figure));
}

/** Rows of float64: features, then target. Written in parts, as a whole could pass the limit of a buffer. */
function writeRows(name: string, { features, target }: Samples): string {
  const path = join(folder, name);
  const width = features.columns.length + 1;
  writeFileSync(path, '');
  for (let start = 0; start < target.length; start += 50_000) {
    const n = Math.min(50_000, target.length - start);
    const rows = new Float64Array(n * width);
    for (let i = 0; i < n; i++) {
      features.columns.forEach((column, f) => (rows[i * width + f] = column[start + i]!));
      rows[i * width + width - 1] = target[start + i]!;
    }
    writeFileSync(path, new Uint8Array(rows.buffer), { flag: 'a' });
  }
  return path;
}

function runPython(...options: string[]): Record<string, Timing> {
  const python = process.env['PYTHON'] ?? 'python3';
  const script = ['scripts/reference/time_boosting.py', ...options, isProcessorTime ? 'cpu' : 'wall'];
  const { status, stdout, stderr } = spawnSync(python, script, {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  if (status === 0) return JSON.parse(stdout) as Record<string, Timing>;
  console.log(
    `skipped: ${python} with scikit-learn did not run (${(stderr ?? '').trim().split('\n').at(-1)})`,
  );
  return {};
}

/** LightGBM's own command line on a CSV of the same rows; its log gives the seconds of each iteration. */
function runLightGbm(samples: Samples, nIterations: number): Record<string, Timing> {
  const program = process.env['LIGHTGBM'];
  if (!program) return {};
  const path = join(folder, 'train.csv');
  writeFileSync(path, '');
  for (let start = 0; start < samples.target.length; start += 10_000) {
    const lines = Array.from(samples.target.subarray(start, start + 10_000), (value, i) =>
      [value, ...samples.features.columns.map((column) => column[start + i])].join(','),
    );
    writeFileSync(path, `${lines.join('\n')}\n`, { flag: 'a' });
  }
  const options = ['task=train', 'objective=l2', `data=${path}`, `num_trees=${nIterations}`, 'num_leaves=31'];
  options.push('learning_rate=0.1', 'min_data_in_leaf=20', 'max_bin=255', 'num_threads=1', 'verbosity=1');
  options.push(`output_model=${join(folder, 'model.txt')}`);
  const { stdout } = spawnSync(program, options, { encoding: 'utf8', maxBuffer: 1e9 });
  const seconds = [...stdout.matchAll(/([\d.]+) seconds elapsed, finished iteration/gu)].at(-1)?.[1];
  return seconds ? { 'LightGBM command line': { fitMs: 1000 * Number(seconds) } } : {};
}

function compare(our: string, theirs: Record<string, Timing>, ours: Timing): void {
  for (const [name, timing] of Object.entries(theirs)) {
    keep({ name: `${our}: ${name}`, value: timing.fitMs, unit: 'ms' });
    keep({ name: `${our}: ours ÷ ${name}`, value: ours.fitMs / timing.fitMs, unit: '' });
    if (timing.rmse !== undefined && ours.rmse !== undefined) {
      keep({ name: `${our}: test RMSE, ours ÷ ${name}`, value: ours.rmse / timing.rmse, unit: '' });
    }
  }
}

const valueOf = (start: string): number => figures.find(({ name }) => name.startsWith(start))?.value ?? NaN;

runCases(readClock, wantedPart, keep);
const sample = writeRows('sample', generateOutages(800, 42));
if ('sample'.includes(wantedPart)) {
  compare('sample', runPython('sample', sample, '-', '4', '100'), { fitMs: valueOf('sample: ') });
}
if ('grid'.includes(wantedPart)) {
  compare('grid', runPython('grid', sample, '-', '4', '-'), { fitMs: valueOf('grid: ') });
}
for (const { name, nSamples, nFeatures, nIterations } of largeFits) {
  if (!name.includes(wantedPart)) continue;
  const train = generateBenchmark(nSamples, nFeatures, 1);
  const trainPath = writeRows('train', train);
  const testPath = writeRows('test', generateBenchmark(Math.min(nSamples, 100_000), nFeatures, 2));
  const theirs = {
    ...runPython('large', trainPath, testPath, `${nFeatures}`, `${nIterations}`),
    ...runLightGbm(train, nIterations),
  };
  compare(name, theirs, { fitMs: valueOf(`${name}: fit`), rmse: valueOf(`${name}: test RMSE`) });
}
rmSync(folder, { recursive: true });
saveFigures('reference', `Node ${process.version}`, figures);
