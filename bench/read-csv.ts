/**
 * npm run bench:csv [-- --rows 1000000]
 *
 * Reads a generated file of rows × 28 columns of numbers (236 MB at 1,000,000 rows) from disk into a typed
 * table, and with pandas.read_csv in the same run where python3 has pandas. Prints seconds (of the clock
 * and of the processor) and their ratio as JSON.
 */
import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { createSilentContext } from '#base/job-context.ts';
import type { ByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { nColumns, timePandas, writeNumbersFile, type ReadTiming } from './csv/numbers-file.ts';

const rowsAt = process.argv.indexOf('--rows');
const nRows = rowsAt < 0 ? 1_000_000 : Number(process.argv[rowsAt + 1]);
const path = writeNumbersFile(nRows);

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

async function timeOurs(): Promise<ReadTiming> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const { table } = await readTable(
    source,
    {},
    createSilentContext(() => performance.now()),
  );
  const { user, system } = process.cpuUsage(before);
  if (table.nRows !== nRows) throw new Error(`read ${table.nRows} rows of ${nRows}`);
  return {
    seconds: (performance.now() - startedAt) / 1000,
    processorSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
  };
}

try {
  const runs: { ours: ReadTiming; pandas: ReadTiming | null }[] = [];
  for (let run = 0; run < 3; run++) runs.push({ ours: await timeOurs(), pandas: timePandas(path) });
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
      peakMegabytes: { ours: runs.at(-1)?.ours.peakMegabytes, pandas: runs.at(-1)?.pandas?.peakMegabytes },
    }),
  );
} finally {
  rmSync(path);
}
