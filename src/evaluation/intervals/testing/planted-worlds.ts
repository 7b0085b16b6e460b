import { createRng } from '#base/random.ts';
import { calibrateIntervals, type IntervalCalibration } from '../calibration.ts';
import { type IntervalBound, isClaimed, predictInterval } from '../prediction-interval.ts';

/** A class of a planted world: its scores are normal with that shift. */
export interface PlantedClass {
  readonly label: string;
  readonly n: number;
  readonly shift?: number;
}

/** `n` classes alike. */
export function plantAlike(nClasses: number, sizeOf: (i: number) => number): PlantedClass[] {
  return Array.from({ length: nClasses }, (_, i) => ({ label: `unit ${i}`, n: sizeOf(i) }));
}

/** Outages forecast at 0, so that their durations are their scores. */
export function calibrateWorld(classes: readonly PlantedClass[], seed: number): IntervalCalibration {
  const rng = createRng(seed);
  const outages = classes.flatMap(({ label, n, shift = 0 }) =>
    Array.from({ length: n }, () => ({ label, score: shift + rng.nextNormal() })),
  );
  return calibrateIntervals({
    predicted: outages.map(() => 0),
    actual: outages.map(({ score }) => score),
    classes: outages.map(({ label }) => label),
    scale: 'identity',
    spread: 'constant',
  });
}

/** What is true of a calibration, over the outages of its classes. */
export interface WorldCoverage {
  /** True coverage of what is claimed. */
  readonly p80: number;
  readonly p10p90: number;
  /** Share of the outages for which both levels are claimed. */
  readonly claimed: number;
}

export function coverWorld(
  calibration: IntervalCalibration,
  classes: readonly PlantedClass[],
): WorldCoverage {
  const sums = { p80: 0, nP80: 0, p10p90: 0, nBoth: 0, n: 0 };
  for (const { label, n, shift = 0 } of classes) {
    const { p10, p80, p90 } = predictInterval(calibration, 0, label);
    const below = (bound: IntervalBound) => (isClaimed(bound) ? findNormalShare(bound.value - shift) : NaN);
    sums.n += n;
    if (isClaimed(p80)) {
      sums.p80 += n * below(p80);
      sums.nP80 += n;
    }
    if (!isClaimed(p80) || !isClaimed(p10) || !isClaimed(p90)) continue;
    sums.p10p90 += n * (below(p90) - below(p10));
    sums.nBoth += n;
  }
  return { p80: sums.p80 / sums.nP80, p10p90: sums.p10p90 / sums.nBoth, claimed: sums.nBoth / sums.n };
}

/** Means over so many seeds. */
export function coverWorlds(
  createWorld: (seed: number) => readonly PlantedClass[],
  nSeeds: number,
): WorldCoverage {
  const found = Array.from({ length: nSeeds }, (_, seed) => {
    const classes = createWorld(seed);
    return coverWorld(calibrateWorld(classes, seed + 1), classes);
  });
  const mean = (key: keyof WorldCoverage) => found.reduce((sum, each) => sum + each[key], 0) / nSeeds;
  return { p80: mean('p80'), p10p90: mean('p10p90'), claimed: mean('claimed') };
}

/** The normal distribution function, within 1e-7 (Abramowitz & Stegun 26.2.17). */
function findNormalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z > 0 ? 1 - tail : tail;
}
