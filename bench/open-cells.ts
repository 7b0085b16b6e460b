/**
 * npm run bench:open-cells
 *
 * What an answer is worth with columns left open, on the French shutdowns: the last three of five blocks by time, each
 * answered by a forest fitted on all before it. A line a mask and way of answering: mean absolute error in days, and the
 * shares at or below P80 and within P10–P90. Some four minutes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { guessRoles } from '#data/guess-roles.ts';
import { atStart } from '#data/known-when.ts';
import { assignRole } from '#jobs/dataset/assign-role.ts';
import { createSpec } from '#models/model-spec.ts';
import { scoreOpenCellsByTime } from '#training/testing/open-cells-by-time.ts';
import { prepareTrainingSet } from '#training/training-set.ts';

const power = ['puissance_moy_24h_avant_pct', 'puissance_moy_7j_avant_pct', 'puissance_1h_avant_pct'];
const fleet = ['tranches_arretees_parc', 'tranches_arretees_site'];
const masks = { power, 'power and fleet': [...power, ...fleet], unit: ['tranche'] };

const url = new URL('../../shared/data/arrets_tranche_2011_2023.csv', import.meta.url);
if (!existsSync(url)) {
  console.log(`skipped: no ${url.pathname}`);
  process.exit(0);
}
const context = createSilentContext(() => performance.now());
const { table, ledger } = await readTable(createByteSource('french.csv', readFileSync(url)), {}, context);
const roles = assignRole(guessRoles(table), 'duree_jours', 'target');
const rowOrigins = Int32Array.from({ length: table.nRows }, (_, row) => row);
const source = { table, rowOrigins, roles, cleaning: [], ledger };
const set = prepareTrainingSet(
  source,
  { today: Date.UTC(2026, 10, 1) },
  { horizon: atStart, usesPast: true },
);
const spec = createSpec('quantile-forest', { scale: 'log1p' });
for (const [name, open] of Object.entries(masks)) {
  const scores = await scoreOpenCellsByTime(source, set, spec, open, { nBlocks: 5, blocks: 3 }, context);
  console.log(`${name} open, n ${scores.n}`);
  for (const [way, score] of Object.entries(scores)) {
    if (typeof score === 'number') continue;
    console.log(
      `  ${way.padEnd(8)} ${Object.values(score as object)
        .map((value: number) => value.toFixed(2))
        .join('  ')}`,
    );
  }
}
