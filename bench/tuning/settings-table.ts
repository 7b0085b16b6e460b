import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gather, range } from '#base/arrays.ts';
import { createSilentContext } from '#base/job-context.ts';
import { createRng, shuffleInPlace } from '#base/random.ts';
import { mean } from '#base/statistics.ts';
import { selectRows } from '#data/table.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { canUseLogScale } from '#models/target-scale.ts';
import { evaluateSpec, type SharedFolds } from '#training/shared-folds.ts';
import { proposeAtRandom } from '#tuning/random-proposer.ts';
import type { SeenTrial } from '#tuning/proposer.ts';
import type { Configuration } from '#tuning/search-space.ts';
import { createSettingsSpace, listStarts, readConfiguration, toSpec } from '#tuning/settings-space.ts';
import { accuracyCases, readCase } from '../accuracy/cases.ts';

/** Mean absolute errors of the first configurations of one list, by file: what a search is replayed on, without a fit. */
export type SettingsTable = Readonly<
  Record<string, { readonly nRows: number; readonly mae: readonly number[] }>
>;

const path = new URL('./settings-table.json', import.meta.url);
const SEED = 1;
const N_FOLDS = 5;
const MAX_ROWS = 2100;
const SAVED_EVERY = 10;

export const tableSpace = createSettingsSpace({ isFew: false, isLogScaleOffered: true });

/** The starts, then a scrambled Sobol sequence. */
export function listTabulated(count: number): readonly Configuration[] {
  const starts = listStarts(tableSpace);
  const seen: SeenTrial[] = starts.map((configuration) => ({ configuration, value: NaN }));
  for (let t = 0; seen.length < count; t++) {
    const configuration = proposeAtRandom(tableSpace, SEED, t, seen);
    if (configuration) seen.push({ configuration, value: NaN });
  }
  return seen.slice(0, count).map(({ configuration }) => configuration);
}

export function readSettingsTable(): SettingsTable {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SettingsTable) : {};
}

/**
 * Evaluates `count` configurations on each real file (2,100 outages at most, five shuffled folds), those that the table has not yet, and
 * keeps it after every ten. A second or so of one core each.
 */
export async function tabulateSettings(count: number): Promise<void> {
  const context = createSilentContext(() => performance.now());
  const configurations = listTabulated(count);
  const tasks = [];
  for (const each of accuracyCases) {
    const read = await readCase(each);
    if (!read) console.log(`${each.file} is absent, skipped`);
    else
      tasks.push({
        name: each.name,
        shared: shareFolds(read.withHistory ?? read.outages.features, read.outages.target),
      });
  }
  for (let from = 0; from < count; from += SAVED_EVERY) {
    for (const { name, shared } of tasks) {
      const table = readSettingsTable();
      const mae = [...(table[name]?.mae ?? [])];
      for (const configuration of configurations.slice(mae.length, from + SAVED_EVERY)) {
        const spec = toSpec(readConfiguration(tableSpace, configuration), SEED);
        const errors: number[] = [];
        for (const [fold, { testRows }] of shared.folds.entries()) {
          const { predicted } = await evaluateSpec(spec, shared, fold, context);
          testRows.forEach((row, i) =>
            errors.push(Math.abs((shared.target[row] ?? NaN) - (predicted[i] ?? NaN))),
          );
        }
        mae.push(Number(mean(errors).toPrecision(6)));
      }
      writeFileSync(path, `${JSON.stringify({ ...table, [name]: { nRows: shared.target.length, mae } })}\n`);
    }
    console.log(`${Math.min(count, from + SAVED_EVERY)} of ${count}`);
  }
}

function shareFolds(features: Parameters<typeof selectRows>[0], target: Float64Array): SharedFolds {
  if (!canUseLogScale(target)) throw new TypeError('the table searches the logarithmic scale too');
  const order = range(target.length);
  shuffleInPlace(order, createRng(SEED));
  const rows = Int32Array.from(order).slice(0, MAX_ROWS).sort();
  return {
    features: selectRows(features, rows),
    target: gather(target, rows),
    folds: splitRandomFolds(rows.length, N_FOLDS, SEED),
  };
}
