import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { weighEnded } from '#base/kaplan-meier.ts';
import { createRng } from '#base/random.ts';
import { median, quantileOfSorted } from '#base/statistics.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import {
  findCurveQuantile,
  fitHazard,
  type HazardState,
  predictHazardQuantiles,
  predictLogOdds,
} from './hazard.ts';
import { defaultHyperparameters } from './hyperparameters.ts';

const context = createSilentContext();
const settings = { ...defaultHyperparameters.hazard, nIterations: 60 };

function matrixOf(...columns: readonly Float64Array[]): FeatureMatrix {
  return { nSamples: columns[0]?.length ?? 0, columns, cardinalities: columns.map(() => 0) };
}

/** Outages of which some are looked at before they end, at a moment that says nothing of how long they last. */
function censor({ feature, target }: ReturnType<typeof plant>, meanLook: number, seed: number) {
  const rng = createRng(seed);
  const look = target.map((_, i) => -meanLook * (feature[i] ? 8 : 1) * Math.log(1 - rng.nextFloat()));
  const isOver = (_: number, i: number) => (target[i] ?? NaN) <= (look[i] ?? NaN);
  const isUnderWay = (value: number, i: number) => !isOver(value, i);
  return {
    ended: { feature: feature.filter(isOver), target: target.filter(isOver) },
    underWay: { feature: feature.filter(isUnderWay), elapsed: look.filter(isUnderWay) },
  };
}

function fit(target: Float64Array, ...columns: readonly Float64Array[]): Promise<HazardState> {
  return fitHazard({ matrix: matrixOf(...columns), target }, settings, 1, context);
}

/** Outages that last an exponential time of mean 5 or 40 days, by their only feature. */
function plant(n: number, seed: number): { feature: Float64Array; target: Float64Array } {
  const rng = createRng(seed);
  const feature = Float64Array.from({ length: n }, () => rng.nextBelow(2));
  return { feature, target: feature.map((long) => -(long ? 40 : 5) * Math.log(1 - rng.nextFloat())) };
}

describe('boosted hazards', () => {
  test('recover planted chances of ending: their medians and P80, a class each', async () => {
    const { feature, target } = plant(1500, 1);
    const state = await fit(target, feature);
    const asked = matrixOf(Float64Array.of(0, 1));
    const [p50 = [], p80 = []] = predictHazardQuantiles(state, asked, [0.5, 0.8]);
    for (const [long, mean] of [5, 40].entries()) {
      expect(p50[long]).toBeGreaterThan(0.82 * mean * Math.log(2));
      expect(p50[long]).toBeLessThan(1.18 * mean * Math.log(2));
      expect(p80[long]).toBeGreaterThan(0.82 * mean * Math.log(5));
      expect(p80[long]).toBeLessThan(1.18 * mean * Math.log(5));
    }
  });

  test('answer with the quantiles of all outages where no feature tells them apart', async () => {
    const { target } = plant(800, 2);
    const state = await fit(target, new Float64Array(800));
    const [low = [], middle = [], high = []] = predictHazardQuantiles(
      state,
      matrixOf(Float64Array.of(0)),
      [0.1, 0.5, 0.9],
    );
    const sorted = target.slice().sort();
    expect(middle[0]).toBeCloseTo(median(target), 0);
    expect(Math.abs((low[0] ?? NaN) - quantileOfSorted(sorted, 0.1))).toBeLessThan(0.5);
    expect(Math.abs((high[0] ?? NaN) / quantileOfSorted(sorted, 0.9) - 1)).toBeLessThan(0.1);
  });

  test('learn from outages under way: with 30 % of them P50 and P80 are true, without them far too short', async () => {
    const { ended, underWay } = censor(plant(3000, 11), 12, 12);
    const { feature, target } = ended;
    expect(underWay.elapsed.length / 3000).toBeGreaterThan(0.25);
    expect(underWay.elapsed.length / 3000).toBeLessThan(0.35);
    const asked = matrixOf(Float64Array.of(0, 1));
    const samples = { matrix: matrixOf(feature), target };
    const censored = { matrix: matrixOf(underWay.feature), elapsed: underWay.elapsed };
    const known = await fitHazard({ ...samples, underWay: censored }, settings, 1, context);
    const blind = await fitHazard(samples, settings, 1, context);
    for (const [q, share] of [0.5, 0.8].entries()) {
      const answer = (state: HazardState) => predictHazardQuantiles(state, asked, [0.5, 0.8])[q] ?? [];
      for (const [long, mean] of [5, 40].entries()) {
        const truth = -mean * Math.log(1 - share);
        // One standard error of either quantile is some 5 %.
        expect(Math.abs((answer(known)[long] ?? NaN) / truth - 1)).toBeLessThan(0.13);
        expect((answer(blind)[long] ?? NaN) / truth).toBeLessThan(0.82);
      }
    }
  });

  test('are the Kaplan–Meier curve where no feature tells outages apart, whoever is under way', async () => {
    const { ended, underWay } = censor(plant(1200, 21), 14, 22);
    const state = await fitHazard(
      {
        matrix: matrixOf(new Float64Array(ended.target.length)),
        target: ended.target,
        underWay: {
          matrix: matrixOf(new Float64Array(underWay.elapsed.length)),
          elapsed: underWay.elapsed,
        },
      },
      settings,
      1,
      context,
    );
    const sorted = ended.target.slice().sort();
    const { weights, beyond } = weighEnded(sorted, underWay.elapsed);
    const all = weights.reduce((sum, weight) => sum + weight, beyond);
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.8, 0.9]) {
      let over = 0;
      const quantile = sorted.find((_, i) => (over += weights[i] ?? NaN) >= share * all) ?? NaN;
      const [answer = []] = predictHazardQuantiles(state, matrixOf(Float64Array.of(0)), [share]);
      expect(Math.abs((answer[0] ?? NaN) / quantile - 1)).toBeLessThan(0.04);
    }
  });

  test('are the same, bit for bit, where none is under way', async () => {
    const { feature, target } = plant(120, 31);
    const none = { matrix: matrixOf(new Float64Array(0)), elapsed: new Float64Array(0) };
    const data = { matrix: matrixOf(feature), target };
    const without = await fitHazard(data, settings, 1, context);
    expect(await fitHazard({ ...data, underWay: none }, settings, 1, context)).toEqual(without);
  });

  test('never answer beyond what was seen, and never let a higher quantile be shorter', async () => {
    const { feature, target } = plant(300, 3);
    const state = await fit(target, feature);
    const [shortest, longest] = [Math.min(...target), Math.max(...target)];
    const odds = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), {
      minLength: state.logOdds.length,
      maxLength: state.logOdds.length,
    });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(odds, share, share, (logOdds, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((at) =>
          findCurveQuantile(state, logOdds, at),
        );
        expect(low).toBeLessThanOrEqual(high ?? NaN);
        expect(low).toBeGreaterThanOrEqual(shortest);
        expect(high).toBeLessThanOrEqual(longest);
      }),
    );
  });

  test('find their quantiles on the whole curve, however few intervals they look at', async () => {
    const { feature, target } = plant(400, 5);
    const state = await fit(target, feature);
    const asked = matrixOf(Float64Array.from({ length: 40 }, (_, i) => (i % 5 === 0 ? NaN : i % 2)));
    const shares = [0.01, 0.1, 0.5, 0.5, 0.9, 1];
    const all = predictLogOdds(state, asked);
    const n = state.logOdds.length;
    const naive = shares.map((share) =>
      Float64Array.from({ length: 40 }, (_, i) =>
        findCurveQuantile(state, all.subarray(i * n, (i + 1) * n), share),
      ),
    );
    expect(predictHazardQuantiles(state, asked, shares)).toEqual(naive);
    expect(predictHazardQuantiles(state, asked, [0.5])[0]).toEqual(naive[2]);
  });

  test('stand on durations that are all equal, tied, or few', async () => {
    const equal = await fit(new Float64Array(30).fill(7), new Float64Array(30));
    expect(
      predictHazardQuantiles(equal, matrixOf(Float64Array.of(0)), [0.1, 0.5, 0.9]).flatMap((q) => [...q]),
    ).toEqual([7, 7, 7]);
    const tied = Float64Array.from({ length: 60 }, (_, i) => (i < 50 ? 3 : 100));
    const state = await fit(tied, new Float64Array(60));
    expect(predictHazardQuantiles(state, matrixOf(Float64Array.of(0)), [0.5])[0]?.[0]).toBe(3);
    const few = await fit(Float64Array.of(1, 2, 3, 4, 5), new Float64Array(5));
    expect(predictLogOdds(few, matrixOf(Float64Array.of(NaN))).every(Number.isFinite)).toBe(true);
  });
});
