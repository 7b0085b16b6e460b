import { expect, test } from 'vitest';
import { createSilentContext, type JobContext, type Progress } from '#base/job-context.ts';
import { type Fold, splitRandomFolds, splitTimeFolds } from '#evaluation/splits.ts';
import { listCandidates } from '#models/candidates.ts';
import { presets } from '#models/hyperparameters.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { compareSpecs } from './comparison.ts';
import { splitHeats } from './race-heats.ts';

const context = createSilentContext();
const { features, target } = plantOutages(400, 0.2, 1);
const hyperparameters = { ...presets.default.hyperparameters, nIterations: 15, nIterNoChange: 0 };
const { specs } = listCandidates(target, { ...presets.default, hyperparameters, scale: 'identity', seed: 1 });
const raced = specs.filter(({ name }) =>
  ['median', 'linear', 'gradient-boosting', 'quantile-forest'].includes(name),
);
const folds = splitRandomFolds(400, 5, 1);
const outages = { features, target, folds };
// Fifteen slow trees are far behind the line that the outages were planted on.

test('who cannot win is stopped after two folds, with no score among the others, which stay as they are', async () => {
  const seen: Progress[] = [];
  const watched: JobContext = { ...context, onProgress: (progress) => void seen.push(progress) };
  const whole = await compareSpecs({ specs: raced }, outages, context);
  const race = await compareSpecs({ specs: raced, isRaced: true }, outages, watched);
  expect(whole.stopped).toBeNull();
  expect(race.stopped).toMatchObject({ nFolds: 2, leader: 'linear' });
  const out = race.stopped?.models.map(({ name }) => name) ?? [];
  expect(out).toContain('gradient-boosting');
  expect(out).not.toContain('median'); // plain ones are what the others are measured by
  const stays = ({ name }: { readonly name: string }) => !out.some((each) => each === name);
  expect(race.scores).toEqual(whole.scores.filter(stays));
  expect(race.specs).toEqual(whole.specs.filter(stays));
  expect(race.isComplete).toBe(true);
  expect(race.stopped?.n).toBe(160);
  const boosting = whole.scores.find(({ name }) => name === 'gradient-boosting');
  const early = [0, 1].flatMap((fold) => Array.from(folds[fold]?.testRows ?? []));
  const mae = early.reduce((sum, row) => sum + (boosting?.absoluteErrors[row] ?? NaN), 0) / early.length;
  expect(race.stopped?.models.find(({ name }) => name === 'gradient-boosting')?.mae).toBeCloseTo(mae, 10);
  // Who leads is said from the first candidate on, by its error on what it was compared on.
  expect(seen[0]).toMatchObject({ leader: 'median', nCompared: folds[0]?.testRows.length });
  expect(seen.at(-1)).toMatchObject({ leader: 'linear', nCompared: 400, fold: 5 });
  const at = seen.map(({ fold }) => fold ?? NaN);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
});

test('a stop before the look at the race stops no candidate', async () => {
  const stop = { aborted: false };
  const onProgress = ({ done }: Progress) => (stop.aborted ||= done >= raced.length);
  const { stopped, scores, isComplete } = await compareSpecs({ specs: raced, isRaced: true }, outages, {
    ...context,
    stop,
    onProgress,
  });
  expect(stopped).toBeNull();
  expect(isComplete).toBe(false);
  expect(scores.map(({ name }) => name)).toEqual(raced.map(({ name }) => name));
});

test('the folds that learn from most come first; few folds, and repeated ones, are not raced', () => {
  const byTime = splitTimeFolds(
    Float64Array.from({ length: 60 }, (_, i) => i),
    5,
  );
  expect(splitHeats(byTime)).toEqual([
    [4, 3],
    [0, 1, 2],
  ]);
  expect(splitHeats(folds.slice(0, 3))).toEqual([[0, 1, 2]]);
  const repeated: Fold[] = splitRandomFolds(60, 2, 1, 2).slice();
  expect(splitHeats(repeated)).toEqual([[0, 1, 2, 3]]);
});
