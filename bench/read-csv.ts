/**
 * npm run bench:csv [-- --rows 1000000]
 *
 * Reads a generated file of rows × 28 columns of numbers (236 MB at 1,000,000 rows) from disk into a typed
 * table, and with pandas.read_csv in the same run where python3 has pandas. Prints seconds (of the clock
 * and of the processor) and their ratio as JSON.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import type { ByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';

const nColumns = 28;
const rowsAt = process.argv.indexOf('--rows');
const nRows = rowsAt < 0 ? 1_000_000 : Number(process.argv[rowsAt + 1]);
const path = join(tmpdir(), `tranche-bench-${nRows}.csv`);

function writeFile(): void {
  const file = openSync(path, 'w');
  const rng = createRng(1);
  writeSync(file, `${Array.from({ length: nColumns - 1 }, (_, i) => `x${i}`).join(',')},y\n`);
  for (let row = 0; row < nRows; row += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, nRows - row) }, () =>
      Array.from({ length: nColumns }, () => rng.nextNormal().toFixed(5)).join(','),
    );
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
}

const source: ByteSource = {
  name: path,
  get size() {
    return statSync(path).size;
  },
  async *chunks() {
    const file = openSync(path, 'r');
    try {
      for (;;) {
        const bytes = new Uint8Array(1 << 20);
        const n = readSync(file, bytes);
        if (n === 0) return;
        yield bytes.subarray(0, n);
      }
    } finally {
      closeSync(file);
    }
  },
};

interface Timing {
  readonly seconds: number;
  readonly processorSeconds: number;
}

async function timeOurs(): Promise<Timing> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const { table } = await readTable(
    source,
    {},
    createSilentContext(() => performance.now()),
  );
  const { user, system } = process.cpuUsage(before);
  if (table.nRows !== nRows) throw new Error(`read ${table.nRows} rows of ${nRows}`);
  return { seconds: (performance.now() - startedAt) / 1000, processorSeconds: (user + system) / 1e6 };
}

const script = `
import json, resource, sys, time
import pandas
a = time.perf_counter()
u = resource.getrusage(resource.RUSAGE_SELF)
frame = pandas.read_csv(sys.argv[1])
v = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": time.perf_counter() - a, "processorSeconds": v.ru_utime + v.ru_stime - u.ru_utime - u.ru_stime}))
`;

function timePandas(): Timing | null {
  const { status, stdout } = spawnSync('python3', ['-c', script, path], { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Timing) : null;
}

writeFile();
try {
  const runs: { ours: Timing; pandas: Timing | null }[] = [];
  for (let run = 0; run < 3; run++) runs.push({ ours: await timeOurs(), pandas: timePandas() });
  const best = (of: (run: (typeof runs)[number]) => number | undefined) =>
    Math.min(...runs.map((run) => of(run) ?? Infinity));
  const ours = best((run) => run.ours.seconds);
  const pandas = best((run) => run.pandas?.seconds);
  const oursProcessor = best((run) => run.ours.processorSeconds);
  const pandasProcessor = best((run) => run.pandas?.processorSeconds);
  console.log(
    JSON.stringify({
      bytes: source.size,
      nRows,
      nColumns,
      seconds: { ours, pandas: Number.isFinite(pandas) ? pandas : 'no pandas here' },
      processorSeconds: { ours: oursProcessor, pandas: Number.isFinite(pandas) ? pandasProcessor : null },
      ratio: Number.isFinite(pandas) ? ours / pandas : null,
      processorRatio: Number.isFinite(pandas) ? oursProcessor / pandasProcessor : null,
      peakMegabytes: process.resourceUsage().maxRSS / 1000,
    }),
  );
} finally {
  rmSync(path);
}
