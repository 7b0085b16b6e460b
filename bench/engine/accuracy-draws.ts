import { fitBoostingToEnd } from '#engine/boosting.ts';
import { defaultSettings } from '#engine/settings.ts';
import { largeFits, rootMeanSquare } from './cases.ts';
import type { Figure } from './figure.ts';
import { generateBenchmark } from './data.ts';
import type { Libraries } from './libraries.ts';

/**
 * In one draw of the data it is chance which library first splits on x5 or x6, which have no effect of their
 * own; that moves the error by several percent. So the ratios are of several draws.
 */
const N_DRAWS = { '10,000 × 10': 20, '100,000 × 20': 8, '1,000,000 × 28': 5 } as const;

/** Reports mean, standard error and range of our test error ÷ each library's over draws of each case. */
export function compareAccuracy(
  libraries: Libraries,
  isWanted: (name: string) => boolean,
  report: (figure: Figure) => void,
): void {
  for (const { name, nSamples, nFeatures, nIterations } of largeFits) {
    const title = `accuracy ${name}`;
    if (!isWanted(title)) continue;
    const ratios = new Map<string, number[]>();
    for (let draw = 0; draw < N_DRAWS[name]; draw++) {
      const train = generateBenchmark(nSamples, nFeatures, 100 + 2 * draw);
      const test = generateBenchmark(Math.min(nSamples, 100_000), nFeatures, 101 + 2 * draw);
      const ensemble = fitBoostingToEnd({ ...train, init: 'mean' }, { ...defaultSettings, nIterations });
      const ours = rootMeanSquare(ensemble, test);
      for (const [library, { rmse }] of Object.entries(libraries.score(train, test, nIterations))) {
        if (rmse === undefined) continue;
        ratios.set(library, [...(ratios.get(library) ?? []), ours / rmse]);
      }
    }
    for (const [library, values] of ratios)
      reportSpread(`${title}: test RMSE, ours ÷ ${library}`, values, report);
  }
}

function reportSpread(name: string, values: readonly number[], report: (figure: Figure) => void): void {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1);
  report({ name: `${name}, mean of ${n} draws`, value: mean, unit: '' });
  report({ name: `${name}, standard error`, value: Math.sqrt(variance / n), unit: '' });
  report({ name: `${name}, lowest`, value: Math.min(...values), unit: '' });
  report({ name: `${name}, highest`, value: Math.max(...values), unit: '' });
}
