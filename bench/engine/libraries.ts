import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import type { Samples } from './data.ts';

/** What another library takes for a fit, and how far it is off on the test samples. */
export interface Timing {
  readonly fitMs: number;
  readonly binMs?: number;
  readonly rmse?: number;
}

export type Timings = Readonly<Record<string, Timing>>;

/** scikit-learn and LightGBM on the numbers that ours are timed on; all single-threaded but GridSearchCV. */
export interface Libraries {
  /** A case of a large fit, as `large` of scripts/reference/time_boosting.py; LightGBM's command line too. */
  readonly timeLarge: (train: Samples, test: Samples, nIterations: number) => Timings;
  /** Root mean squared errors only: `fitMs` is of one fit. */
  readonly score: (train: Samples, test: Samples, nIterations: number) => Timings;
  readonly timeSample: (samples: Samples) => Timings;
  readonly timeGrid: (samples: Samples) => Timings;
  /** Deletes the files that the numbers were handed over in. */
  readonly close: () => void;
}

/**
 * The Python that PYTHON names, else python3, with scikit-learn and where it has one lightgbm; LightGBM's
 * command line where LIGHTGBM names one. What is not at hand is left out, saying so.
 */
export function openLibraries(isProcessorTime: boolean): Libraries {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-bench-'));

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

  function runPython(...options: string[]): Timings {
    const python = process.env['PYTHON'] ?? 'python3';
    const script = ['scripts/reference/time_boosting.py', ...options, isProcessorTime ? 'cpu' : 'wall'];
    const { status, stdout, stderr } = spawnSync(python, script, {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
    if (status === 0) return JSON.parse(stdout) as Timings;
    const why = (stderr ?? '').trim().split('\n').at(-1);
    console.log(`skipped: ${python} with scikit-learn did not run (${why})`);
    return {};
  }

  function runOn(kind: string, train: Samples, test: Samples, nIterations: number): Timings {
    const trainPath = writeRows('train', train);
    const testPath = writeRows('test', test);
    return runPython(kind, trainPath, testPath, `${train.features.columns.length}`, `${nIterations}`);
  }

  /** LightGBM's own command line on a CSV of the same rows; its log gives the seconds of each iteration. */
  function runLightGbm(samples: Samples, nIterations: number): Timings {
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
    const options = [
      'task=train',
      'objective=l2',
      `data=${path}`,
      `num_trees=${nIterations}`,
      'num_leaves=31',
    ];
    options.push('learning_rate=0.1', 'min_data_in_leaf=20', 'max_bin=255', 'num_threads=1', 'verbosity=1');
    options.push(`output_model=${join(folder, 'model.txt')}`);
    const { stdout } = spawnSync(program, options, { encoding: 'utf8', maxBuffer: 1e9 });
    const seconds = [...stdout.matchAll(/([\d.]+) seconds elapsed, finished iteration/gu)].at(-1)?.[1];
    return seconds ? { 'LightGBM command line': { fitMs: 1000 * Number(seconds) } } : {};
  }

  return {
    timeLarge: (train, test, nIterations) => ({
      ...runOn('large', train, test, nIterations),
      ...runLightGbm(train, nIterations),
    }),
    score: (train, test, nIterations) => runOn('accuracy', train, test, nIterations),
    timeSample: (samples) => runPython('sample', writeRows('sample', samples), '-', '4', '100'),
    timeGrid: (samples) => runPython('grid', writeRows('sample', samples), '-', '4', '-'),
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** PartWorkers out their time, and ours as a share of it, for the case that is called `name`. */
export function compareWith(
  theirs: Timings,
  name: string,
  ours: Timing,
  report: (figure: Figure) => void,
): void {
  for (const [library, timing] of Object.entries(theirs)) {
    report({ name: `${name}: ${library}`, value: timing.fitMs, unit: 'ms' });
    report({ name: `${name}: ours ÷ ${library}`, value: ours.fitMs / timing.fitMs, unit: '' });
    if (timing.rmse !== undefined && ours.rmse !== undefined) {
      report({ name: `${name}: test RMSE, ours ÷ ${library}`, value: ours.rmse / timing.rmse, unit: '' });
    }
  }
}
