import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { splitRandomFolds, splitRandomHoldout } from '#evaluation/splits.ts';
import type { SecondOpinion, FitSecondOpinionRequest } from './contract.ts';
import { fitSecondOpinion } from './fit-second-opinion.ts';

// A class and a number move the duration; the spread is 1 day in one class and 3 in the other.
const n = 320;
const rng = createRng(5);
const codes = Int32Array.from({ length: n }, () => rng.nextBelow(2));
const complexity = Float64Array.from({ length: n }, () => rng.nextBelow(9));
const noise = Float64Array.from(codes, (code) => (code === 1 ? 3 : 1) * rng.nextNormal());
const target = complexity.map(
  (value, i) => 20 + 3 * value + 10 * (codes[i] as number) + (noise[i] as number),
);
const features = {
  nRows: n,
  columns: [
    { type: 'category' as const, name: 'type', codes, categories: ['VP', 'VD'] },
    { type: 'number' as const, name: 'complexity', values: complexity },
  ],
};
const { trainRows, testRows } = splitRandomHoldout(n, { testShare: 0.3, seed: 1 });
const truth = (row: number) => (target[row] as number) - (noise[row] as number);

/** A model that knows the law, but is 15 days too long, with a narrow range, on the outages it is told to miss. */
function requestOf(isMissed: (row: number) => boolean): FitSecondOpinionRequest {
  const rows = Array.from(testRows);
  const predicted = rows.map((row) => truth(row) + (isMissed(row) ? 15 : 0));
  return {
    samples: { features, target, trainRows, testRows, folds: splitRandomFolds(n, 2, 1) },
    seed: 1,
    bestErrors: Array.from(noise, (error) => Math.abs(error)),
    test: {
      rows,
      actual: rows.map((row) => target[row] as number),
      predicted,
      classes: null,
      starts: null,
      intervals: {
        p10: predicted.map((value) => value - 3),
        p80: null,
        p90: predicted.map((value) => value + 3),
      },
    },
  };
}

describe('the second opinion of a neural network', () => {
  const isMissed = (row: number) => complexity[row] === 4 && codes[row] === 0;
  let secondOpinion: SecondOpinion;
  const phases: string[] = [];
  beforeAll(async () => {
    const context = {
      ...createSilentContext(Date.now),
      onProgress: ({ phase }: { phase: string }) => void phases.push(phase),
    };
    secondOpinion = await fitSecondOpinion(requestOf(isMissed), context);
  }, 60_000);

  it('finds the planted law, and is compared with the best model outage by outage', () => {
    const { score } = secondOpinion;
    // The noise alone errs by 1.6 days, the median of all outages by some 8.
    expect(score.test.mae).toBeLessThan(3.5);
    expect(score.cv.mae).toBeLessThan(3.5);
    expect(score.details?.mae.value).toBeCloseTo(score.test.mae, 9);
    expect(score.toBest?.nSamples).toBe(n);
    // The best model is the law itself: no network can do better.
    expect(score.toBest?.low).toBeGreaterThan(0);
    const bestMae = Array.from(noise).reduce((sum, error) => sum + Math.abs(error), 0) / n;
    expect(score.toBest?.value).toBeCloseTo(score.cv.mae - bestMae, 10);
  });

  it('disagrees where the model is wrong, and there the error is larger', () => {
    const { disagreement } = secondOpinion;
    const nMissed = Array.from(testRows).filter(isMissed).length;
    expect(nMissed).toBeGreaterThan(3);
    expect(disagreement?.nDisputed).toBeGreaterThanOrEqual(nMissed);
    expect(disagreement?.nDisputed).toBeLessThan(testRows.length / 3);
    expect(disagreement?.errorDisputed).toBeGreaterThan(2 * (disagreement?.errorAgreed ?? NaN));
    const furthest = disagreement?.furthest ?? [];
    expect(furthest).toHaveLength(Math.min(5, disagreement?.nDisputed ?? 0));
    expect(furthest.every(({ row }) => isMissed(row))).toBe(true);
  });

  it('says what its own range is worth', () => {
    expect(secondOpinion.theirs.coverage).toBeGreaterThan(0.6);
    expect(secondOpinion.theirs.coverage).toBeLessThan(0.97);
    expect(secondOpinion.theirs.meanWidth).toBeGreaterThan(1);
    expect(secondOpinion.band[0]).toBeLessThan(0.8);
    expect(secondOpinion.band[1]).toBeGreaterThan(0.8);
  });

  it('keeps what it has after a stop, says so, and throws when cancelled', async () => {
    const context = createSilentContext();
    const stopped = await fitSecondOpinion(requestOf(isMissed), { ...context, stop: { aborted: true } });
    expect(stopped.isStopped).toBe(true);
    expect(stopped.score.toBest?.nSamples).toBe(n / 2);
    expect(secondOpinion.isStopped).toBe(false);
    await expect(
      fitSecondOpinion(requestOf(isMissed), { ...context, signal: { aborted: true } }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
