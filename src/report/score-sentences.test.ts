import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { mean } from '#base/statistics.ts';
import { countHeld } from '#evaluation/intervals/count-held.ts';
import { wordsIn } from '#language/words.ts';
import { tellBesideAnnounced, tellHeld, tellHorizonPrice } from './score-sentences.ts';
import type { TrainingResult, TrainRequest } from '#training/contract.ts';
import { listFullScores } from '#training/full-scores.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { createWorkbench } from '#jobs/workbench.ts';

const silent = createSilentContext(() => performance.now());
const words = wordsIn('fr');
const N = 240;

/** The load before decides all; every third outage is announced, a little too short. */
function plantOutages(): string {
  const rng = createRng(4);
  const lines = Array.from({ length: N }, (_, i) => {
    const start = new Date(Date.UTC(2012, 0, 1 + 18 * i)).toISOString().slice(0, 10);
    const load = rng.nextBelow(4);
    const duration = 10 + 12 * load + rng.nextNormal();
    const announced = i % 3 === 0 ? (duration - 2).toFixed(1) : '';
    return `T${i % 3},${load},${start},${announced},${duration.toFixed(1)}`;
  });
  return ['unit,load,start date,announced duration (days),duration (days)', ...lines].join('\n');
}

async function train(more: Partial<TrainRequest> = {}): Promise<TrainingResult> {
  const workbench = createWorkbench();
  const file = { name: 'f.csv', bytes: new TextEncoder().encode(plantOutages()) };
  const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
  const hyperparameters = { ...defaultTrainingSettings.hyperparameters, nIterations: 20 };
  const settings = { ...defaultTrainingSettings, folds: 3, hyperparameters };
  const request = { datasetId: 'd', modelId: 'm', roles, settings, today: Date.UTC(2026, 0, 1), ...more };
  return (await workbench.run('train', request, silent)).result;
}

describe('a training judged by time', () => {
  let result: TrainingResult;
  beforeAll(async () => {
    result = await train({ alsoRandom: true });
  });

  it('prices the horizon: what is known only at the start decides here', () => {
    const price = result.horizonPrice;
    expect(result.horizon.kind).toBe('plan');
    expect(price?.difference.low).toBeGreaterThan(3);
    expect(price?.difference.value).toBeCloseTo((price?.plan ?? 0) - (price?.start ?? 0), 9);
    expect(price?.n).toBe(result.bestErrors?.filter((error) => !Number.isNaN(error)).length);
    expect(tellHorizonPrice(result, words)).toMatch(/coûte \d+(,\d+)?\sjours d’erreur de plus/u);
  });

  it('compares announced durations with the model on the same outages, and keeps them out of the full scores', () => {
    const { test = null, cv = null } = result.besideAnnounced ?? {};
    // Every third of the last 48.
    expect(test).toMatchObject({ n: 16 });
    expect(test?.announced).toBeCloseTo(2, 1);
    const errors = result.test.rows.flatMap((row, i) =>
      row % 3 === 0 ? [Math.abs((result.test.actual[i] ?? NaN) - (result.test.predicted[i] ?? NaN))] : [],
    );
    expect(test?.model).toBeCloseTo(mean(errors), 9);
    expect(cv?.n).toBeGreaterThan(10);
    expect(listFullScores(result).map(({ name }) => name)).not.toContain('announced');
    expect(result.models.map(({ name }) => name)).toContain('announced');
    expect(tellBesideAnnounced(result, words)).toContain(
      'Sur les 16 arrêts jugés dont la durée était annoncée',
    );
    // Nor are they the best of those they were not all compared with.
    expect(result.models.find(({ name }) => name === 'announced')?.toBest).not.toBeNull();
  });

  it('says how often the intervals were kept on the very outages of the score', () => {
    const { actual, intervals } = result.test;
    const p80 = countHeld(actual, null, intervals?.p80 ?? []);
    expect(p80.n).toBe(48);
    const below = actual.filter((duration, i) => duration <= (intervals?.p80?.[i] ?? NaN));
    expect(p80.held).toBe(below.length);
    expect(tellHeld(result.test, words)).toContain(`P80 tenu ${p80.held} fois sur 48`);
  });

  it('gives the scores of random folds beside, where they are asked for', () => {
    expect(result.alsoRandom?.map(({ id }) => id)).toEqual(result.models.map(({ id }) => id));
    const median = result.alsoRandom?.find(({ id }) => id === 'median');
    expect(median?.n).toBe(N);
    expect(median?.mae).not.toBe(result.models.find(({ id }) => id === 'median')?.cv.mae);
  });
});

it('measures no price at the start, and no random scores nobody asked for', async () => {
  const settings = { ...defaultTrainingSettings, folds: 2, horizon: { kind: 'start' } } as const;
  const { horizonPrice, alsoRandom, split } = await train({ settings }).then((result) => ({
    ...result,
    split: result.settings.split.kind,
  }));
  expect({ horizonPrice, alsoRandom, split }).toEqual({
    horizonPrice: null,
    alsoRandom: null,
    split: 'time',
  });
});

it('counts only outages where a level is claimed', () => {
  expect(countHeld([1, 5, 9, 3], null, [2, 4, NaN, 3])).toEqual({ held: 2, n: 3 });
  expect(countHeld([1, 5, 9, 3], [1, 1, 1, NaN], [2, 4, 9, 3])).toEqual({ held: 2, n: 3 });
});
