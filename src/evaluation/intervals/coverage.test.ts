import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import { findBinomialBand } from './binomial-band.ts';
import { calibrateIntervals } from './calibration.ts';
import { readCoverage } from './coverage-reading.ts';
import { type CoverageLevel, coverageLevels, crossMeasureCoverage, measureCoverage } from './coverage.ts';

/**
 * Outages of two classes with heavy tails: the ratio of actual to predicted has no variance (1/u), and
 * that of the second class is spread three times as wide.
 */
function drawOutages(n: number, rng: Rng) {
  const classes = Array.from({ length: n }, () => (rng.nextFloat() < 0.6 ? 'planned' : 'forced'));
  const predicted = Float64Array.from({ length: n }, () => 2 + 60 * rng.nextFloat());
  const actual = predicted.map((value, i) => {
    const tail = 1 / (1e-3 + rng.nextFloat()) - 1;
    return value * (0.5 + (classes[i] === 'planned' ? 0.3 : 0.9) * tail);
  });
  return { classes, predicted, actual };
}

/** Pools how often each level was kept over resamples: one fresh outage each, so the draws are independent. */
function measureOverResamples(nResamples: number, nCalibration: number, scale: 'identity' | 'log1p') {
  const kept = new Map<string, { n: number; kept: number }>();
  for (let resample = 0; resample < nResamples; resample++) {
    const rng = createRng(deriveSeed(2024, resample));
    const calibration = calibrateIntervals({ ...drawOutages(nCalibration, rng), scale, spread: 'constant' });
    const fresh = drawOutages(1, rng);
    const { levels } = measureCoverage(calibration, fresh).overall;
    const label = fresh.classes[0] as string;
    for (const group of ['overall', label]) {
      for (const level of coverageLevels) {
        const count = kept.get(`${group} ${level}`) ?? { n: 0, kept: 0 };
        const { n, empirical } = levels[level];
        kept.set(`${group} ${level}`, { n: count.n + n, kept: count.kept + (n > 0 ? empirical * n : 0) });
      }
    }
  }
  return kept;
}

describe('the promise, on heavy tails', () => {
  // The coverage expected of rank k among n is k / (n + 1): at 19 outages a class exactly nominal.
  test.each(['identity', 'log1p'] as const)(
    'P10, P50, P80, P90 and P10–P90 hold over 1,000 resamples on the %s scale, overall and per class',
    (scale) => {
      const kept = measureOverResamples(1000, 160, scale);
      const nominal: Record<CoverageLevel, number> = { p10: 0.1, p50: 0.5, p80: 0.8, p90: 0.9, p10p90: 0.8 };
      expect(kept.size).toBe(15);
      for (const [key, count] of kept) {
        const level = key.split(' ')[1] as CoverageLevel;
        // Classes have some 64 and 96 outages: ranks round by at most one in 65 to the safe side.
        const [low, high] = findBinomialBand(count.n, nominal[level], 0.99);
        const slack = 2 / 65;
        const empirical = count.kept / count.n;
        const least = low - (level === 'p10' ? slack : 0);
        const most = high + (level === 'p10' ? 0 : slack);
        expect({ key, empirical, isKept: empirical >= least && empirical <= most }).toMatchObject({
          isKept: true,
        });
      }
    },
  );

  // With n = 10 outages, ceil(n · 0.9) = 9 would keep 9 of 11 (82 %); ceil((n + 1) · 0.9) = 10 keeps 91 %.
  test('fails if the +1 is left out: ten outages still keep a P90 nine times in ten, five a P80', () => {
    const share = (nCalibration: number, level: 'p80' | 'p90') => {
      let nKept = 0;
      for (let resample = 0; resample < 4000; resample++) {
        const rng = createRng(deriveSeed(7, resample));
        const { predicted, actual } = drawOutages(nCalibration + 1, rng);
        const calibration = calibrateIntervals({
          predicted: predicted.slice(1),
          actual: actual.slice(1),
          scale: 'log1p',
        });
        const fresh = { predicted: predicted.slice(0, 1), actual: actual.slice(0, 1) };
        nKept += measureCoverage(calibration, fresh).overall.levels[level].empirical;
      }
      return nKept / 4000;
    };
    expect(share(10, 'p90')).toBeGreaterThanOrEqual(0.89);
    expect(share(10, 'p90')).toBeLessThan(0.925);
    expect(share(5, 'p80')).toBeGreaterThanOrEqual(0.81);
    expect(share(5, 'p80')).toBeLessThan(0.855);
  });

  test('without classes the wide class is missed too often: what Mondrian calibration is for', () => {
    const rng = createRng(11);
    const { classes, predicted, actual } = drawOutages(3000, rng);
    const fresh = drawOutages(3000, rng);
    const blind = measureCoverage(calibrateIntervals({ predicted, actual, scale: 'log1p' }), fresh);
    const aware = measureCoverage(calibrateIntervals({ predicted, actual, classes, scale: 'log1p' }), fresh);
    const forced = (report: typeof blind) => report.classes.find((group) => group.label === 'forced');
    expect(forced(blind)?.levels.p80.empirical).toBeLessThan(0.74);
    expect(forced(aware)?.levels.p80.isWithin).toBe(true);
  });

  test('a local spread, cross-fitted, keeps the promise where the noise grows with the prediction', () => {
    let nKept = 0;
    let nRows = 0;
    for (let resample = 0; resample < 200; resample++) {
      const rng = createRng(deriveSeed(99, resample));
      const draw = (n: number) => {
        const predicted = Float64Array.from({ length: n }, () => 300 + 100 * rng.nextFloat());
        const actual = predicted.map((value) => value + (1 + (value - 300) / 5) * rng.nextNormal());
        return { predicted, actual };
      };
      const { overall } = measureCoverage(calibrateIntervals({ ...draw(150), scale: 'identity' }), draw(20));
      nKept += overall.levels.p80.empirical * 20;
      nRows += 20;
    }
    // 20 outages share a calibration, so the band of 200 calibrations × 20 is a little wider than binomial.
    expect(nKept / nRows).toBeGreaterThan(0.785);
    expect(nKept / nRows).toBeLessThan(0.83);
  });
});

describe('the report', () => {
  test('counts kept, missed and what a class was too small for', () => {
    const calibration = calibrateIntervals({
      predicted: [...new Float64Array(30).fill(10), ...new Float64Array(5).fill(10)],
      actual: [...Array.from({ length: 30 }, (_, i) => 10 + i), 10, 11, 12, 13, 14],
      classes: [...Array.from({ length: 30 }, () => 'big'), ...Array.from({ length: 5 }, () => 'small')],
      scale: 'identity',
    });
    const report = measureCoverage(calibration, {
      predicted: [10, 10, 10, 10],
      actual: [10.5, 1000, 12, NaN],
      classes: ['big', 'big', 'small', 'small'],
    });
    expect(report.overall.n).toBe(3);
    expect(report.overall.levels.p90).toMatchObject({ n: 2, empirical: 0.5, nNotClaimable: 1 });
    expect(report.overall.levels.p80).toMatchObject({ n: 3, empirical: 2 / 3, nNotClaimable: 0 });
    const [big, small] = report.classes;
    expect(big).toMatchObject({ label: 'big', n: 2 });
    // Ranks 3.1 and 27.9 of 0 … 29.
    expect(big?.meanWidth).toBeCloseTo(24.8, 9);
    expect(report.answered).toEqual({ class: 3, alike: 0, overall: 0, few: 0, unlike: 0 });
    expect(small?.levels.p90).toMatchObject({ n: 0, empirical: NaN, nNotClaimable: 1, isWithin: false });
  });

  test('an outage just at a bound is kept or missed, whichever chance explains: half of them take no time', () => {
    const n = 200;
    const outages = {
      predicted: new Float64Array(n).fill(0),
      actual: Float64Array.from({ length: n }, (_, i) => Math.max(0, i - n / 2)),
    };
    const calibration = calibrateIntervals({ ...outages, scale: 'identity', spread: 'constant' });
    const { p10, p80, p10p90 } = measureCoverage(calibration, outages).overall.levels;
    expect(p10).toMatchObject({ empirical: 0, isWithin: true });
    expect(p80.isWithin).toBe(true);
    expect(p10p90).toMatchObject({ empirical: 0.9, isWithin: true });
  });

  test('tells by whose outages a class is answered: by its own it cannot be judged', async () => {
    const rng = createRng(3);
    const n = 520;
    const classes = Array.from({ length: n }, (_, i) => (i < 200 ? 'large' : `small ${i % 16}`));
    const actual = Float64Array.from({ length: n }, (_, i) => 10 + rng.nextNormal() + (i >= 517 ? 30 : 0));
    const input = {
      predicted: new Float64Array(n).fill(10),
      actual,
      classes: classes.map((label, i) => (i >= 517 ? 'odd' : label)),
      scale: 'identity' as const,
      spread: 'constant' as const,
    };
    const foldOf = Array.from(classes, (_, i) => i % 5);
    const report = await crossMeasureCoverage(input, foldOf, createSilentContext());
    const find = (wanted: string) => report.classes.find(({ label }) => label === wanted);
    expect(find('large')).toMatchObject({ isOwn: true, n: 200 });
    expect(find('small 3')).toMatchObject({ isOwn: false });
    expect(report.answered).toMatchObject({ class: 200, overall: 0, few: 0 });
    // Gate and licence are those of the other folds: two odd ones tell nothing of the third.
    expect(report.answered?.alike).toBeGreaterThan(300);
    expect(readCoverage(find('large')!, 'p80')).toEqual({ status: 'own' });
    expect(readCoverage(report.overall, 'p80')).toMatchObject({ status: 'found', isWithin: true });
  });

  test('out of fold, no residual vouches for itself: one wild fold is not covered by its own outliers', async () => {
    const context = createSilentContext();
    const predicted = new Float64Array(100).fill(10);
    const foldOf = Array.from(predicted, (_, i) => i % 5);
    const actual = Float64Array.from(predicted, (_, i) => (i % 5 === 0 ? 1000 + i : 10 + i / 100));
    const { overall } = await crossMeasureCoverage({ predicted, actual, scale: 'identity' }, foldOf, context);
    // Fold 0 alone is wild: its 20 outages all miss the P80 of the others, which keep theirs.
    expect(overall.levels.p80.empirical).toBe(0.8);
    expect(overall.levels.p90.empirical).toBe(0.8);
  });
});
