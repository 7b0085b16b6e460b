/**
 * npm run bench:accuracy [-- --only french] [--split random,time,year] [--neural yes]
 *
 * Mean absolute errors of all models with everything left at default, on real files, beside scikit-learn's
 * HistGradientBoostingRegressor on log(1 + target) over the SAME folds (columns known at the start only).
 * `random`: five folds. `time`: five blocks, each predicted from all before it. `year`: each year from 2015
 * predicted from the years before. Prints errors, ratios, and what history, scale, start and blend bring.
 */
import { createRequire } from 'node:module';
import { createSilentContext } from '#base/job-context.ts';
import type { Table } from '#data/table.ts';
import { chooseModel } from '#evaluation/selection.ts';
import { type Fold, splitRandomFolds, splitTimeFolds } from '#evaluation/splits.ts';
import { createNeuralSpec, listCandidates } from '#models/candidates.ts';
import { presets } from '#models/hyperparameters.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { compareSpecs } from '#training/comparison.ts';
import { accuracyCases, readCase } from './accuracy/cases.ts';
import { scoreSklearn } from './accuracy/sklearn.ts';

const SEED = 1;

function readOption(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

function makeFolds(split: string, nSamples: number, start: Float64Array | null): readonly Fold[] {
  if (split === 'random') return splitRandomFolds(nSamples, 5, SEED);
  if (!start) return [];
  if (split === 'time') return splitTimeFolds(start, 5);
  const years = start.map((instant) => new Date(instant).getUTCFullYear());
  const last = Math.max(...years);
  const rows = Int32Array.from(years, (_, row) => row);
  return Array.from({ length: Math.max(0, last - 2014) }, (_, i) => ({
    trainRows: rows.filter((row) => (years[row] as number) < 2015 + i),
    testRows: rows.filter((row) => years[row] === 2015 + i),
    repeat: 0,
  })).filter((fold) => fold.testRows.length > 0 && fold.trainRows.length > 50);
}

/** By CommonJS: as ES modules tsx takes tfjs's folder `gradients/` for its file `gradients.js`. */
function requireNeural(): typeof import('#models/neural.ts') {
  return createRequire(import.meta.url)('../src/models/neural.ts') as typeof import('#models/neural.ts');
}

interface Scored {
  readonly chosen: string;
  readonly mae: number;
  readonly models: readonly { readonly name: ModelName; readonly mae: number }[];
}

/** What each part changes of the error, all else equal: "log scale −20.7 %". A dash where a model is missing. */
function tellContributions(plain: Scored | undefined, history: Scored | undefined): string {
  const of = (scored: Scored | undefined, ...names: readonly ModelName[]) =>
    Math.min(...(scored?.models ?? []).filter(({ name }) => names.includes(name)).map(({ mae }) => mae));
  const change = (before: number, after: number) =>
    Number.isFinite(before) && Number.isFinite(after) ? `${((after / before - 1) * 100).toFixed(1)} %` : '–';
  const log = of(plain, 'gradient-boosting-log');
  const single = of(plain, 'gradient-boosting-log', 'gradient-boosting-linear-init-log', 'quantile-forest');
  return [
    `log scale ${change(of(plain, 'gradient-boosting'), log)}`,
    `linear start ${change(log, of(plain, 'gradient-boosting-linear-init-log'))}`,
    `forest ${change(log, of(plain, 'quantile-forest'))}`,
    `blend ${change(single, of(plain, 'blend'))}`,
    `history ${change(plain?.mae ?? NaN, history?.mae ?? NaN)} (of the proposed model)`,
  ].join(', ');
}

/** Errors by model name, with the model that would be proposed. */
async function score(
  features: Table,
  target: Float64Array,
  folds: readonly Fold[],
  unitFeature: string | null,
): Promise<Scored> {
  const { specs, blend } = listCandidates(target, { ...presets.default, seed: SEED, unitFeature });
  const context = createSilentContext(Date.now);
  const neural = readOption('neural') ? requireNeural() : null;
  const all = neural ? [...specs, createNeuralSpec(target, SEED)] : specs;
  const options = neural ? { fitNeural: neural.fitNeural } : {};
  const folded = { features, target, folds };
  const { scores, weighted } = await compareSpecs({ specs: all, blend }, folded, context, options);
  const { chosen, mae } = chooseModel(scores, weighted?.id);
  const models = scores.map(({ name, metrics }) => ({ name, mae: metrics.meanAbsoluteError }));
  return { chosen, mae, models };
}

for (const each of accuracyCases) {
  if (!each.name.startsWith(readOption('only') ?? '')) continue;
  const read = await readCase(each);
  if (!read) {
    console.log(`${each.name}: ../shared/data/${each.file} is absent, skipped`);
    continue;
  }
  const { outages, withHistory, unitFeature } = read;
  const { target, features } = outages;
  const names = features.columns.map((column) => column.name);
  console.log(
    `\n${each.name}: ${target.length} outages, in ${outages.unit}s; known at the start: ${names.join(', ')}`,
  );
  for (const split of (readOption('split') ?? 'random,time').split(',')) {
    const folds = makeFolds(split, target.length, outages.start);
    if (folds.length < 2) continue;
    const theirs = scoreSklearn(features, target, folds);
    const ratio = (mae: number) => (theirs === null ? '' : ` (${(mae / theirs).toFixed(3)})`);
    console.log(`${split} folds: scikit-learn ${theirs === null ? 'not at hand' : theirs.toFixed(3)}`);
    const found: Partial<Record<'plain' | 'history', Scored>> = {};
    for (const [label, table] of [
      ['known at the start', features],
      ['with history', withHistory],
    ] as const) {
      if (!table) continue;
      const scored = await score(table, target, folds, unitFeature);
      found[label === 'with history' ? 'history' : 'plain'] = scored;
      const { chosen, mae, models } = scored;
      console.log(`  ${label}: chosen ${chosen} ${mae.toFixed(3)}${ratio(mae)}`);
      for (const model of models) console.log(`    ${model.name} ${model.mae.toFixed(3)}${ratio(model.mae)}`);
    }
    console.log(`  each part's share: ${tellContributions(found.plain, found.history)}`);
  }
}
