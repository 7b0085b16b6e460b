import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '#data/table.ts';
import type { Fold } from '#evaluation/splits.ts';

/**
 * Mean absolute error of scikit-learn's HistGradientBoostingRegressor (defaults) on log(1 + target) over
 * the same folds; categories as codes in order of label. Null where the Python that PYTHON names (else
 * /usr/bin/python3) has no scikit-learn.
 */
export function scoreSklearn(features: Table, target: Float64Array, folds: readonly Fold[]): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-accuracy-'));
  try {
    const path = join(folder, 'folds.json');
    const data = {
      columns: features.columns.map((column) => {
        if (column.type !== 'category') return Array.from(column.values, (v) => (Number.isNaN(v) ? null : v));
        const sorted = [...column.categories].sort();
        const rank = new Map(sorted.map((label, i) => [label, i]));
        return Array.from(column.codes, (code) => (code < 0 ? null : rank.get(column.categories[code]!)!));
      }),
      target: Array.from(target),
      folds: folds.map((fold) => ({ train: Array.from(fold.trainRows), test: Array.from(fold.testRows) })),
    };
    writeFileSync(path, JSON.stringify(data));
    const script = new URL('../../scripts/reference/hist_gradient_boosting.py', import.meta.url).pathname;
    const run = spawnSync(process.env['PYTHON'] ?? '/usr/bin/python3', [script, path], {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
    return run.status === 0 ? Number(run.stdout) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
