import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { evaluateSpecs, groupByFit, type SharedFolds } from '#training/shared-folds.ts';
import { parseReferenceSplit } from '#training/testing/reference-split.ts';
import { listConfigurations } from '#tuning/search-space.ts';
import { readConfiguration, referenceGrid, toSpec } from '#tuning/settings-space.ts';

const folder = new URL('../../../../shared/data/', import.meta.url);
const readText = (path: string, base: URL | string = folder) => readFileSync(new URL(path, base), 'utf8');

interface GridSearch {
  readonly folds: number;
  readonly seed: number;
  readonly points: readonly {
    readonly params: {
      readonly n_estimators: number;
      readonly learning_rate: number;
      readonly max_depth: number;
      readonly subsample: number;
    };
    readonly mae: number;
  }[];
}

// Made by `npm run bench:tuning-reference -- fixture` with scikit-learn 1.2.1; the data folder stands beside the project.
describe.skipIf(!existsSync(folder))('the reference grid on the sample (../shared/data)', () => {
  it('has the errors of scikit-learn’s GridSearchCV within 3 %, the least within 2 %, and its best point among our best', async () => {
    const there = JSON.parse(readText('fixtures/grid-search.json', import.meta.url)) as GridSearch;
    const { part, reference } = parseReferenceSplit(
      readText('arrets_synthetiques_1000.csv'),
      readText('reference/arrets_synthetiques_1000.json'),
    );
    const samples = part(reference.train_rows.toSorted((a, b) => a - b));
    const folds = splitRandomFolds(samples.target.length, there.folds, there.seed);
    const shared: SharedFolds = { ...samples, folds };
    const specs = [...listConfigurations(referenceGrid)].map((configuration) =>
      toSpec(readConfiguration(referenceGrid, configuration), 1),
    );
    const errors = new Map<string, number[]>(specs.map(({ id }) => [id, []]));
    for (const group of groupByFit(specs)) {
      for (const [fold, { testRows }] of folds.entries()) {
        const forecasts = await evaluateSpecs(group, shared, fold, createSilentContext());
        group.forEach(({ id }, i) => {
          const own = Array.from(testRows, (row, at) =>
            Math.abs((samples.target[row] ?? NaN) - (forecasts[i]?.predicted[at] ?? NaN)),
          );
          errors.get(id)?.push(mean(own));
        });
      }
    }
    const ours = [...listConfigurations(referenceGrid)].map((configuration, i) => ({
      configuration,
      mae: mean(errors.get(specs[i]?.id ?? '') ?? []),
    }));
    expect(there.points).toHaveLength(ours.length);
    const ofPoint = ({ params }: GridSearch['points'][number]) =>
      ours.find(
        ({ configuration }) =>
          configuration['nIterations'] === params.n_estimators &&
          configuration['learningRate'] === params.learning_rate &&
          configuration['maxDepth'] === params.max_depth &&
          configuration['subsample'] === params.subsample,
      )?.mae ?? NaN;
    const ratios = there.points.map((point) => ofPoint(point) / point.mae);
    // Half of the points draw their outages by chance, ours otherwise than theirs.
    expect(Math.max(...ratios.map((ratio) => Math.abs(ratio - 1)))).toBeLessThan(0.03);
    const least = Math.min(...ours.map(({ mae }) => mae));
    const [best] = there.points.toSorted((a, b) => a.mae - b.mae);
    expect(Math.abs(least / (best?.mae ?? NaN) - 1)).toBeLessThan(0.02);
    expect(best && ofPoint(best)).toBeLessThan(1.01 * least);
  });
});
