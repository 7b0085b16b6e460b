/**
 * `tune` beside scikit-learn's searches, in one run, two processes or threads each (npm run bench:tuning-reference [-- grid|random|fixture [SETTINGS]]):
 * `grid`: the reference grid of 54 points, five folds, on 800 outages of the sample; GridSearchCV over GradientBoostingRegressor.
 * `random`: 100 settings or as many as asked for, five folds, on the French shutdowns with their past; RandomizedSearchCV over HistGradientBoostingRegressor.
 * `fixture`: what GridSearchCV finds on the sample's reference split, for the tests. Absent without ../shared/data, or the
 * Python that PYTHON names (else /usr/bin/python3) with scikit-learn.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '#data/table.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { parseReferenceSplit } from '#training/testing/reference-split.ts';
import { accuracyCases, readCase } from './accuracy/cases.ts';

const [, , part = 'all', nRandom = '100'] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'tranche-search-'));
const shared = new URL('../../shared/data/', import.meta.url);
const fixture = new URL('../src/jobs/tuning/fixtures/grid-search.json', import.meta.url);
const N_FOLDS = 5;

interface Found {
  readonly seconds: number;
  readonly cpu: number;
  readonly best: object;
  readonly points: readonly { readonly params: object; readonly mae: number }[];
}

function searchThere(kind: 'grid' | 'random', features: Table, target: Float64Array): Found | null {
  const path = join(folder, 'data.json');
  const folds = splitRandomFolds(target.length, N_FOLDS, 1).map(({ testRows }) => Array.from(testRows));
  const columns = features.columns.map((column) =>
    Array.from(column.type === 'category' ? column.codes : column.values, (value) =>
      Number.isNaN(value) || (column.type === 'category' && value < 0) ? null : value,
    ),
  );
  writeFileSync(path, JSON.stringify({ columns, target: Array.from(target), folds }));
  const script = new URL('../scripts/reference/search_settings.py', import.meta.url).pathname;
  const python = process.env['PYTHON'] ?? '/usr/bin/python3';
  const { status, stdout, stderr } = spawnSync(python, [script, kind, path, nRandom], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1' },
    maxBuffer: 1 << 26,
  });
  if (status === 0) return JSON.parse(stdout) as Found;
  console.log(`skipped: ${python} with scikit-learn did not run (${stderr.trim().split('\n').at(-1)})`);
  return null;
}

/** The whole command: seconds on the clock, and of all its threads. */
function searchHere(args: readonly string[]) {
  const command = ['node', 'scripts/cli.mjs', 'tune', ...args, '--workers', '2', '--json'];
  const { stdout, stderr, status } = spawnSync(
    'bash',
    ['-c', `TIMEFORMAT='%R %U %S'; time "$@" 2>/dev/null`, 'bash', ...command],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  );
  if (status !== 0) throw new Error(stderr);
  const [seconds = NaN, user = NaN, system = NaN] = stderr.trim().split(' ').map(Number);
  const { trials, best } = JSON.parse(stdout) as {
    readonly trials: readonly { readonly folds: readonly number[]; readonly secondMae: number | null }[];
    readonly best: { readonly tried: object; readonly mae: number };
  };
  const nFits = trials.reduce(
    (sum, { folds, secondMae }) => sum + folds.length + (secondMae === null ? 0 : N_FOLDS),
    0,
  );
  return { seconds, cpu: user + system, nTrials: trials.length, nFits, best };
}

function tell(name: string, here: ReturnType<typeof searchHere>, there: Found | null): void {
  const line = (who: string, seconds: number, cpu: number) =>
    console.log(`${name}, ${who}: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of processors`);
  line(`tune (${here.nTrials} trials, ${here.nFits} fits; the whole command)`, here.seconds, here.cpu);
  console.log(`  best ${JSON.stringify(here.best.tried)}: ${here.best.mae.toFixed(3)}`);
  if (!there) return;
  const nFits = there.points.length * N_FOLDS;
  const least = Math.min(...there.points.map(({ mae }) => mae));
  line(`scikit-learn (${there.points.length} points, ${nFits} fits)`, there.seconds, there.cpu);
  console.log(`  best ${JSON.stringify(there.best)}: ${least.toFixed(3)}`);
  const perFit = (there.cpu / nFits / (here.cpu / here.nFits)).toFixed(1);
  console.log(
    `  ${(there.seconds / here.seconds).toFixed(1)} × by the clock, ${(there.cpu / here.cpu).toFixed(1)} × by processor time, ${perFit} × a fit`,
  );
}

try {
  if (!existsSync(shared)) console.log(`${shared.pathname} is absent, skipped`);
  else {
    if (part === 'all' || part === 'grid' || part === 'fixture') {
      const { part: select, reference } = parseReferenceSplit(
        readFileSync(new URL('arrets_synthetiques_1000.csv', shared), 'utf8'),
        readFileSync(new URL('reference/arrets_synthetiques_1000.json', shared), 'utf8'),
      );
      const { features, target } = select(reference.train_rows.toSorted((a, b) => a - b));
      const there = searchThere('grid', features, target);
      if (part !== 'fixture') {
        const sample = new URL('arrets_synthetiques_1000.csv', shared).pathname;
        tell(
          'grid',
          searchHere([sample, '--target', 'Durée', '--method', 'grid', '--preset', 'reference']),
          there,
        );
      } else if (there) {
        const { best, points } = there;
        writeFileSync(fixture, `${JSON.stringify({ folds: N_FOLDS, seed: 1, best, points })}\n`);
      }
    }
    if (part === 'all' || part === 'random') {
      const [french] = accuracyCases;
      const read = french && (await readCase(french));
      if (read) {
        const { outages, withHistory } = read;
        const features = withHistory ?? outages.features;
        const there = searchThere('random', features, outages.target);
        const path = new URL(french.file, shared).pathname;
        const args = [
          path,
          '--target',
          french.target,
          '--method',
          'random',
          '--trials',
          nRandom,
          '--split',
          'random',
        ];
        tell(`random (${outages.target.length} × ${features.columns.length})`, searchHere(args), there);
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
