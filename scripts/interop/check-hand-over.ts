import { spawn } from 'node:child_process';
import { openSync, readdirSync, readFileSync, writeSync, closeSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import type { Table } from '#data/table.ts';
import { computeMetrics } from '#evaluation/metrics.ts';
import { openModelFile } from '#models/open-model-file.ts';
import { createSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import { runMain } from '../../src/cli/testing/run-main.ts';

interface Line {
  readonly what: string;
  readonly figure: string;
  readonly isKept: boolean;
}

const N_NUMBERS = 24;
const N_CATEGORIES = 4;
const ROUNDS = 40;
/** A checkpoint is kept as often. */
const ROUNDS_AT_ONCE = 10;

/**
 * A training of 28 columns handed to XGBoost on two worker processes and taken back: its error against that of our own
 * engine with the same settings, and the same again with a worker killed after the first checkpoint.
 */
export async function checkHandOver(folder: string, nRows: number): Promise<readonly Line[]> {
  const learnt = drawOutages(nRows, 1);
  const fresh = drawOutages(20_000, 2);
  const [file, holdout] = [join(folder, 'learn.csv'), join(folder, 'holdout.csv')];
  writeCsvFile(file, learnt);
  writeCsvFile(holdout, fresh);
  const boosting = { nIterations: ROUNDS, nIterNoChange: 0 };
  const own = await fitModel(
    createSpec('gradient-boosting', { boosting }),
    learnt.features,
    learnt.target,
    {},
    createSilentContext(),
  );
  const ownError = computeMetrics(fresh.target, own.predict(fresh.features)).rootMeanSquaredError;

  const lines: Line[] = [];
  for (const isKilled of [false, true]) {
    const out = join(folder, isKilled ? 'killed' : 'whole');
    const script = join(out, 'train_xgboost_dask.py');
    await call(
      'export-training',
      file,
      '--target',
      'duree',
      '--out',
      out,
      '--rounds',
      String(ROUNDS),
      '--rows-per-part',
      String(Math.ceil(nRows / 4)),
    );
    const startedAt = Date.now();
    const { output, code } = await runTraining(script, out, isKilled);
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    const imported = join(folder, 'imported.json');
    const what = `hand-over of ${nRows} × ${N_NUMBERS + N_CATEGORIES} to two workers${isKilled ? ', one killed' : ''}`;
    if (code !== 0) {
      lines.push({ what, figure: output.slice(-400), isKept: false });
      continue;
    }
    await call('import', out, '--holdout', holdout, '--target', 'duree', '--out', imported);
    const { model } = openModelFile(readFileSync(imported, 'utf8'));
    const error = computeMetrics(fresh.target, model.predict(fresh.features)).rootMeanSquaredError;
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as {
      readonly restarts: number;
      readonly rounds: number;
    };
    const grown = [...output.matchAll(/^(\d+) of \d+ rounds/gmu)].map(([, rounds]) => Number(rounds));
    const lost = grown.reduce(
      (most, rounds, i) => Math.max(most, (grown[i - 1] ?? 0) + ROUNDS_AT_ONCE - rounds),
      0,
    );
    const ratio = error / ownError - 1;
    const figure = `RMSE ${error.toFixed(4)}, ours ${ownError.toFixed(4)} (${(100 * ratio).toFixed(2)} %), ${report.rounds} rounds, ${report.restarts} restarts, at most ${lost} rounds lost, ${seconds} s`;
    lines.push({
      what,
      figure,
      isKept:
        ratio <= 0.01 &&
        report.rounds === ROUNDS &&
        lost <= ROUNDS_AT_ONCE &&
        (!isKilled || report.restarts > 0),
    });
    rmSync(out, { recursive: true });
  }
  return lines;
}

async function call(...argv: readonly string[]): Promise<void> {
  const { code, error } = await runMain(...argv);
  if (code !== 0) throw new Error(`${argv[0]}: ${error}`);
}

/** Kills a worker process once the first checkpoint is there. */
function runTraining(
  script: string,
  out: string,
  kills: boolean,
): Promise<{ output: string; code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn('/usr/bin/python3', [script, out, '--local', '2'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let isDone = !kills;
    const watch = setInterval(() => {
      if (isDone || !existsSync(join(out, 'checkpoint.json')) || child.pid === undefined) return;
      const victim = findWorker(child.pid);
      if (victim === null) return;
      isDone = true;
      process.kill(victim, 'SIGKILL');
    }, 100);
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString('utf8')));
    child.stderr.on('data', (piece: Buffer) => (output += piece.toString('utf8')));
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ output, code });
    });
  });
}

/** A process of the cluster that holds data: started by the script's own process, and named by what spawns it. */
function findWorker(parent: number): number | null {
  // Of any of its threads.
  const children = readdirSync(`/proc/${parent}/task`).flatMap((thread) =>
    readFileSync(`/proc/${parent}/task/${thread}/children`, 'utf8').trim().split(' ').map(Number),
  );
  const workers = children.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('spawn_main');
    } catch {
      return false;
    }
  });
  return workers.at(-1) ?? null;
}

interface Drawn {
  readonly features: Table;
  readonly target: Float64Array;
}

function drawOutages(nRows: number, seed: number): Drawn {
  const rng = createRng(seed);
  const numbers = Array.from({ length: N_NUMBERS }, (_, i) => ({
    type: 'number' as const,
    name: `n${i}`,
    values: Float64Array.from({ length: nRows }, () =>
      rng.nextFloat() < 0.02 ? NaN : Math.round(1e4 * rng.nextFloat()) / 1e4,
    ),
  }));
  const categories = Array.from({ length: N_CATEGORIES }, (_, i) => {
    const labels = Array.from({ length: 4 + 2 * i }, (__, code) => `c${String(code).padStart(2, '0')}`);
    return {
      type: 'category' as const,
      name: `k${i}`,
      categories: labels,
      codes: Int32Array.from({ length: nRows }, () => rng.nextBelow(labels.length)),
    };
  });
  const at = (i: number, row: number) => numbers[i]?.values[row] || 0;
  const target = Float64Array.from({ length: nRows }, (_, row) => {
    const shape =
      10 * Math.sin(3 * at(0, row) * at(1, row)) +
      20 * (at(2, row) - 0.5) ** 2 +
      10 * at(3, row) +
      5 * at(4, row);
    return (
      Math.round(1e3 * (20 + shape + 3 * ((categories[0]?.codes[row] ?? 0) % 2) + rng.nextNormal())) / 1e3
    );
  });
  return { features: { nRows, columns: [...numbers, ...categories] }, target };
}

function writeCsvFile(path: string, { features, target }: Drawn): void {
  const file = openSync(path, 'w');
  writeSync(file, `${features.columns.map(({ name }) => name).join(',')},duree\n`);
  for (let from = 0; from < target.length; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, target.length - from) }, (_, i) => {
      const cells = features.columns.map((column) => {
        if (column.type === 'category') return column.categories[column.codes[from + i] ?? -1] ?? '';
        const value = column.values[from + i] ?? NaN;
        return Number.isNaN(value) ? '' : String(value);
      });
      return `${cells.join(',')},${target[from + i]}`;
    });
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
}
