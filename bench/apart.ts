/**
 * npm run bench:apart [-- --only caiso]
 *
 * On sets that had no part in choosing any setting, with everything left at default: the model that training proposes,
 * with and without the past among its features, beside scikit-learn's HistGradientBoostingRegressor on log(1 + target)
 * over the same five random folds (columns known at the start). The sets are the files of ../shared/data cut by fuel,
 * kind of work, kind of outage and series, and planted worlds of different kinds. Absent files are left out.
 */
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import type { Table } from '#data/table.ts';
import { chooseModel } from '#evaluation/selection.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { listCandidates } from '#models/candidates.ts';
import { presets } from '#models/hyperparameters.ts';
import { compareSpecs } from '#training/comparison.ts';
import { type AccuracyCase, readCase } from './accuracy/cases.ts';
import { plantedWorlds, plantWorld } from './accuracy/planted-worlds.ts';
import { scoreSklearn } from './accuracy/sklearn.ts';

const at = process.argv.indexOf('--only');
const only = at < 0 ? '' : (process.argv[at + 1] ?? '');
const SEED = 1;
const context = createSilentContext(Date.now);

const cut = (file: string, target: string, column: string, labels: readonly string[]): AccuracyCase[] =>
  labels.map((label) => ({ name: `${file.split('_')[0]} ${label}`, file, target, only: { column, label } }));

const entsoe = 'entsoe_fr_outages.csv';
const plants = 'caiso_plant_outages_2024.csv';
const french = 'arrets_tranche_2011_2023.csv';
const cases = [
  ...cut(entsoe, 'duration_hours', 'fuel', [
    'Hydro RoR',
    'Hydro Pumped',
    'Fossil Gas',
    'Hydro Reservoir',
    'Fossil Oil',
  ]),
  ...cut(entsoe, 'duration_hours', 'status', ['forced']),
  ...cut(plants, 'duration_hours', 'nature_of_work', [
    'TRANSMISSION_INDUCED',
    'ENVIRONMENTAL_RESTRICTIONS',
    'UNIT_TESTING',
  ]),
  ...cut(plants, 'duration_hours', 'outage_type', ['PLANNED']),
  ...cut(french, 'duree_jours', 'palier', ['CP1', "P'4", 'CP2', 'P4']),
];

interface Judged {
  readonly chosen: string;
  readonly mae: number;
}

async function judge(features: Table, target: Float64Array, unitFeature: string | null): Promise<Judged> {
  const { specs, blend } = listCandidates(target, { ...presets.default, seed: SEED, unitFeature });
  const folds = splitRandomFolds(target.length, 5, SEED);
  const { scores, weighted } = await compareSpecs({ specs, blend }, { features, target, folds }, context);
  return chooseModel(scores, weighted?.id);
}

async function tell(
  name: string,
  features: Table,
  withHistory: Table | null,
  target: Float64Array,
  unitFeature: string | null,
): Promise<void> {
  const theirs = scoreSklearn(features, target, splitRandomFolds(target.length, 5, SEED));
  const write = ({ chosen, mae }: Judged) =>
    `${mae.toFixed(3)}${theirs === null ? '' : ` (${(mae / theirs).toFixed(3)})`} ${chosen}`;
  const plain = await judge(features, target, unitFeature);
  const past = withHistory && (await judge(withHistory, target, unitFeature));
  const reference = theirs === null ? 'not at hand' : theirs.toFixed(3);
  console.log(
    `${name} (${target.length}): scikit-learn ${reference}; ${write(plain)}${past ? `; with the past ${write(past)}` : ''}`,
  );
}

for (const each of cases.filter(({ name }) => name.includes(only))) {
  const read = await readCase(each);
  if (!read) continue;
  const { outages, withHistory, unitFeature } = read;
  await tell(each.name, outages.features, withHistory, outages.target, unitFeature);
}
for (const world of plantedWorlds.filter((name) => name.includes(only))) {
  const { features, target } = plantWorld(world, createRng(SEED));
  await tell(world, features, null, target, 'Tranche');
}
