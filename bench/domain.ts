/**
 * npm run bench:domain [-- --only french]
 *
 * Does the distance from the past outages rank errors? On real files, with the features training makes and everything
 * left at default: each fold's outages are measured against a model and an index that had not seen them. Printed, as
 * means over the folds: Spearman's rank correlation of distance and absolute error (on the learnt scale, so that
 * long outages do not count for more), in how many folds it is above chance (95 %), and the mean error of the
 * farthest tenth over that of all.
 */
import { createSilentContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { selectRows, type Table } from '#data/table.ts';
import { type Fold, splitRandomFolds, splitTimeFolds } from '#evaluation/splits.ts';
import { calibrateDomain } from '#explain/domain-calibration.ts';
import type { DomainValidation } from '#explain/domain-distance.ts';
import { indexOutages } from '#explain/leaf-proximity.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { createSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import { toScale } from '#models/target-scale.ts';
import { accuracyCases, readCase } from './accuracy/cases.ts';

const SEED = 1;
const context = createSilentContext(() => performance.now());
const models: readonly ModelName[] = ['quantile-forest', 'gradient-boosting-log'];

async function validate(
  name: ModelName,
  features: Table,
  target: Float64Array,
  fold: Fold,
): Promise<DomainValidation> {
  const spec = createSpec(name, { seed: SEED });
  const { scale } = spec;
  const pick = (rows: Int32Array) => Float64Array.from(rows, (row) => target[row] as number);
  const training = selectRows(features, fold.trainRows);
  const test = selectRows(features, fold.testRows);
  const model = await fitModel(spec, training, pick(fold.trainRows), {}, context);
  const predicted = toScale(model.predict(test), scale);
  const errors = toScale(pick(fold.testRows), scale).map((value, i) =>
    Math.abs(value - (predicted[i] as number)),
  );
  const { validation } = await calibrateDomain(indexOutages(model, training), test, errors, context);
  return validation;
}

function print(label: string, found: readonly DomainValidation[]): void {
  const correlation = mean(found.map(({ rankCorrelation }) => rankCorrelation ?? NaN));
  const bound = mean(found.map(({ chanceBound }) => chanceBound));
  const ratio = mean(found.map(({ farthestTenthRatio }) => farthestTenthRatio ?? NaN));
  const nAbove = found.filter(({ ranksErrors }) => ranksErrors).length;
  console.log(
    `  ${label.padEnd(40)} rank correlation ${correlation.toFixed(3)} (chance ${bound.toFixed(3)}), above it in ` +
      `${nAbove} of ${found.length} folds; farthest tenth ${ratio.toFixed(2)} × the error`,
  );
}

const at = process.argv.indexOf('--only');
const only = at < 0 ? '' : (process.argv[at + 1] ?? '');

for (const each of accuracyCases) {
  if (!each.name.startsWith(only)) continue;
  const read = await readCase(each);
  if (!read) {
    console.log(`${each.name}: ../shared/data/${each.file} is absent, skipped`);
    continue;
  }
  const { target, start, features } = read.outages;
  const used = read.withHistory ?? features;
  console.log(`${each.name}: ${target.length} outages`);
  const splits = [
    { name: 'random', folds: splitRandomFolds(target.length, 5, SEED) },
    ...(start ? [{ name: 'time-ordered', folds: splitTimeFolds(start, 5) }] : []),
  ];
  for (const { name, folds } of splits) {
    for (const model of models) {
      const found: DomainValidation[] = [];
      for (const fold of folds) found.push(await validate(model, used, target, fold));
      print(`${name} folds, ${model}`, found);
    }
  }
}
