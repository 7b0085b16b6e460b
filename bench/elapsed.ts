/**
 * How much longer, on the French shutdowns: P50, P80 and P90 of outages that have lasted 5, 20 and 60 days, each fold's
 * outages by a calibration on the others: `npm run bench:elapsed`. Printed, of the n outages that reached as far: how many
 * kept each level, and the mean P80 of the time left; and the same of what a planner has without it, the P80 said at the
 * start. Absent without ../shared/data.
 */
import { createSilentContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { calibrateIntervals, forecastOf, type ForecastOutages } from '#evaluation/intervals/calibration.ts';
import { selectOutages } from '#evaluation/intervals/coverage.ts';
import { type IntervalBound, isClaimed, predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { calibrateElapsed, forecastForElapsed, predictElapsed } from '#evaluation/intervals/remaining.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { createSpec } from '#models/model-spec.ts';
import { forecastOutOfFold } from '#training/calibration.ts';
import { accuracyCases, readCase } from './accuracy/cases.ts';

const [french] = accuracyCases;
const read = french && (await readCase(french));
if (!read) {
  console.log('../shared/data is absent, skipped');
  process.exit(0);
}
const context = createSilentContext(() => performance.now());
const { target } = read.outages;
const features = read.withHistory ?? read.outages.features;
const folds = splitRandomFolds(target.length, 5, 1);
const nobody = { actual: new Float64Array(0), predicted: new Float64Array(0) };
const models: readonly ModelName[] = ['gradient-boosting-hazard', 'quantile-forest', 'gradient-boosting-log'];
const valueOf = (bound: IntervalBound) => (isClaimed(bound) ? bound.value : NaN);

for (const name of models) {
  const { outages, foldOf } = await forecastOutOfFold(
    createSpec(name, { seed: 1 }),
    { features, target, folds },
    context,
  );
  for (const elapsed of [5, 20, 60]) print(name, elapsed, outages, foldOf);
}

function print(name: ModelName, elapsed: number, outages: ForecastOutages, foldOf: Int32Array): void {
  const held = { p50: 0, p80: 0, p90: 0, plain: 0 };
  const left: number[] = [];
  const { quantiles } = outages;
  const forecasts = { predicted: Float64Array.from(outages.predicted), ...(quantiles && { quantiles }) };
  for (const fold of folds.keys()) {
    const others = Array.from(foldOf.keys()).filter((row) => foldOf[row] !== fold);
    const known = selectOutages(outages, others);
    const calibration = calibrateElapsed(known, nobody);
    const plain = calibrateIntervals({ ...known, scale: 'log1p' });
    for (const row of Array.from(foldOf.keys()).filter((each) => foldOf[each] === fold)) {
      const actual = outages.actual[row] ?? NaN;
      if (calibration === null || !(actual > elapsed)) continue;
      const forecast = forecastForElapsed(calibration, forecasts, row);
      const answer = predictElapsed(calibration, forecast, elapsed);
      left.push(valueOf(answer.p80) - elapsed);
      for (const level of ['p50', 'p80', 'p90'] as const) {
        if (actual <= valueOf(answer[level])) held[level] += 1;
      }
      if (actual <= valueOf(predictInterval(plain, forecastOf(plain, outages, row)).p80)) held.plain += 1;
    }
  }
  const n = left.length;
  const share = (count: number) => `${((100 * count) / n).toFixed(1)} %`;
  console.log(
    `${name}, ${elapsed} days elapsed, n ${n}: P50 held ${share(held.p50)}, P80 ${share(held.p80)}, ` +
      `P90 ${share(held.p90)}; P80 of the time left ${mean(left).toFixed(1)} days on average; ` +
      `the P80 of the start held ${share(held.plain)}`,
  );
}
