import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { listCandidates } from '#models/candidates.ts';
import { presets } from '#models/hyperparameters.ts';
import { fitModel } from '#models/regressor.ts';
import { meanAbsoluteError } from '#evaluation/metrics.ts';
import { chooseModel } from '#evaluation/selection.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { compareSpecs } from './comparison.ts';
import { parseReferenceSplit } from './testing/reference-split.ts';

const folder = new URL('../../../shared/data/', import.meta.url);
const context = createSilentContext();
const readText = (path: string) => readFileSync(new URL(path, folder), 'utf8');
const readSample = () =>
  parseReferenceSplit(
    readText('arrets_synthetiques_1000.csv'),
    readText('reference/arrets_synthetiques_1000.json'),
  );

// The data folder stands beside the project; these tests are skipped where it is absent.
describe.skipIf(!existsSync(folder))("the sample's reference split (../shared/data)", () => {
  test('the reference preset scores what scikit-learn scored: 1.803 within 2 %', async () => {
    const { train, held } = readSample();
    const { specs } = listCandidates(train.target, { ...presets.reference, seed: 1 });
    const spec = specs.find(({ name }) => name === 'gradient-boosting')!;
    const model = await fitModel(spec, train.features, train.target, {}, context);
    const error = meanAbsoluteError(held.target, model.predict(held.features));
    expect(Math.abs(error / 1.803 - 1)).toBeLessThan(0.02);
  });

  test('with nothing touched, the model that is proposed reaches 1.58 (noise alone: 1.559)', async () => {
    const { train, held, reference } = readSample();
    const candidates = listCandidates(train.target, { ...presets.default, seed: 1 });
    const folds = splitRandomFolds(train.target.length, 5, 1);
    const comparison = await compareSpecs(candidates, { ...train, folds }, context);
    const { chosen } = chooseModel(comparison.scores);
    const spec = comparison.specs.find(({ id }) => id === chosen)!;
    const model = await fitModel(spec, train.features, train.target, {}, context);
    const error = meanAbsoluteError(held.target, model.predict(held.features));
    expect(error).toBeLessThan(1.58);
    expect(error).toBeGreaterThan(0.95 * reference.noise_floor.mae);
    // Boosting from a linear start keeps what the start knew.
    const boosted = candidates.specs.find(({ name }) => name === 'gradient-boosting-linear-init')!;
    const other = await fitModel(boosted, train.features, train.target, {}, context);
    expect(meanAbsoluteError(held.target, other.predict(held.features))).toBeLessThan(1.6);
  });
});
