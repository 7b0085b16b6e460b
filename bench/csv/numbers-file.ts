import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '#base/random.ts';

export const nColumns = 28;

/** Writes nRows × 28 random numbers of five decimals (236 MB at 1,000,000 rows) and returns where. */
export function writeNumbersFile(nRows: number): string {
  const path = join(tmpdir(), `tranche-bench-${nRows}.csv`);
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
  return path;
}

export interface ReadTiming {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly peakMegabytes: number;
}

const script = `
import json, resource, sys, time
import pandas
a = time.perf_counter()
u = resource.getrusage(resource.RUSAGE_SELF)
frame = pandas.read_csv(sys.argv[1])
v = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": time.perf_counter() - a, "processorSeconds": v.ru_utime + v.ru_stime - u.ru_utime - u.ru_stime, "peakMegabytes": v.ru_maxrss / 1000}))
`;

/** The same file by pandas.read_csv, in the Python that PYTHON names, else python3; null without pandas. */
export function timePandas(path: string): ReadTiming | null {
  const python = process.env['PYTHON'] ?? 'python3';
  const { status, stdout } = spawnSync(python, ['-c', script, path], { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as ReadTiming) : null;
}
