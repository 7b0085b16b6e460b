/**
 * What is proposed when planning, on the planned outages of two public files: `npm run bench:planned`. By time, mean absolute
 * errors in hours, what the proposed one is off the best by (a paired difference with its 90 % interval), and how often its
 * levels held. Absent without ../shared/data.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { main } from '#cli/main.ts';

type Row = Readonly<Record<string, string>>;

const isNuclear = (row: Row) =>
  row['status'] === 'planned' && row['fuel'] === 'Nuclear' && Number(row['duration_hours']) < 2 * 365 * 24;
const worlds: readonly (readonly [string, string, string, (row: Row) => boolean])[] = [
  ['ENTSO-E nuclear', 'entsoe_fr_outages.csv', '180', isNuclear],
  [
    'ENTSO-E nuclear, full, a day or more',
    'entsoe_fr_outages.csv',
    '180',
    (row) => isNuclear(row) && Number(row['available_mw']) === 0 && Number(row['duration_hours']) >= 24,
  ],
  ['California', 'caiso_plant_outages_2024.csv', '30', (row) => row['outage_type'] === 'PLANNED'],
];

interface Report {
  readonly chosen: string;
  readonly models: readonly {
    name: string;
    mae: number;
    toBest: { mae: number; low: number; high: number } | null;
  }[];
  readonly coverage: { p80: number; p10p90: number; n: number } | null;
}

const folder = mkdtempSync(join(tmpdir(), 'tranche-planned-'));
for (const [name, file, lead, isIn] of worlds) {
  const path = `../shared/data/${file}`;
  if (!existsSync(path)) {
    console.log(`${path} is absent, skipped`);
    continue;
  }
  const { data } = Papa.parse<Row>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: true });
  const kept = data.filter(isIn);
  const subset = join(folder, 'planned.csv');
  writeFileSync(subset, Papa.unparse(kept));
  let [out, error] = ['', ''];
  const code = await main(
    ['train', subset, '--target', 'duration_hours', '--horizon', 'plan', '--lead', lead, '--json'],
    {
      out: (text) => void (out += text),
      error: (text) => void (error += text),
    },
  );
  if (code !== 0) throw new Error(error);
  const { chosen, models, coverage } = JSON.parse(out) as Report;
  console.log(`${name}: ${kept.length} lines, proposed ${chosen}`);
  for (const { name: model, mae, toBest } of [...models].sort((a, b) => a.mae - b.mae)) {
    const off =
      toBest && `, ${[toBest.mae, toBest.low, toBest.high].map((each) => each.toFixed(2)).join(' ')}`;
    console.log(`  ${model} ${mae.toFixed(2)}${off ?? ''}`);
  }
  console.log(`  P80 ${coverage?.p80.toFixed(3)}, P10–P90 ${coverage?.p10p90.toFixed(3)} on ${coverage?.n}`);
}
rmSync(folder, { recursive: true });
