import { normalShare } from '#base/normal-share.ts';
import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { type Announcement, LEVELS } from '../contract.ts';
import type { JudgedOutage } from '../due-question.ts';

/** Outages as levels announce them: log-normal, with this median and spread. Day 0 is 1 January 2000. */
export const world = { median: 40, spread: 0.8, perYear: 35, origin: Date.UTC(2000, 0, 1) } as const;

/** From outage number `at` on: so many spreads later, and so many times as spread out. */
export interface PlantedChange {
  readonly at: number;
  readonly shift: number;
  readonly widening: number;
}

export const noChange: PlantedChange = { at: Infinity, shift: 0, widening: 1 };

export interface StreamSettings {
  readonly n: number;
  readonly change?: PlantedChange;
  /** Past outages that levels rest on, the same for all; absent: the truth. */
  readonly nCalibration?: number;
  /** Share of the variance that the outages of a month have in common. */
  readonly shared?: number;
}

export interface PlantedOutage {
  /** Its place among the levels: uniform while they hold. */
  readonly place: number;
  readonly start: number;
  readonly days: number;
}

/** A seeded stream of outages in the order of their starts, and the scores that its levels rest on. */
export function plantStream(seed: number, settings: StreamSettings) {
  const rng = createRng(deriveSeed(seed, 77));
  const { n, change = noChange, nCalibration, shared = 0 } = settings;
  const scores =
    nCalibration === undefined
      ? null
      : Float64Array.from({ length: nCalibration }, () => rng.nextNormal()).sort();
  const starts = Float64Array.from({ length: n }, (_, i) => ((i + rng.nextFloat()) / world.perYear) * 365);
  starts.sort();
  const shocks = new Map<number, number>();
  const outages = Array.from(starts, (start, i): PlantedOutage => {
    const { shift, widening } = i >= change.at ? change : noChange;
    const month = Math.floor(start / 30.4375);
    const shock = shocks.get(month) ?? rng.nextNormal();
    shocks.set(month, shock);
    const own = Math.sqrt(1 - shared) * rng.nextNormal() + Math.sqrt(shared) * shock;
    const z = shift + widening * own;
    return { place: placeAmong(scores, z, rng), start, days: world.median * Math.exp(world.spread * z) };
  });
  return { outages, scores };
}

/** Smoothed: ties and the ends are drawn. */
function placeAmong(scores: Float64Array | null, z: number, rng: Rng): number {
  if (scores === null) return normalShare(z);
  const below = scores.filter((score) => score < z).length;
  return (below + rng.nextFloat()) / (scores.length + 1);
}

/** The stream as announcements with their outcomes. */
export function announceStream({ outages, scores }: ReturnType<typeof plantStream>): readonly JudgedOutage[] {
  const levels = LEVELS.map((share) => {
    const z = scores ? scoreAt(scores, share) : normalQuantile(share);
    return { share, duration: world.median * Math.exp(world.spread * z) * MS_PER_DAY };
  }).filter(({ duration }) => Number.isFinite(duration));
  return outages.map(({ start, days }, i) => ({
    announcement: {
      id: String(i).padStart(6, '0'),
      nCalibration: scores?.length ?? Infinity,
    } as Announcement,
    start: world.origin + start * MS_PER_DAY,
    lasted: days * MS_PER_DAY,
    levels,
  }));
}

function scoreAt(scores: Float64Array, share: number): number {
  const rank = share * (scores.length + 1);
  if (rank < 1 || rank > scores.length) return NaN;
  const low = scores[Math.floor(rank) - 1] ?? NaN;
  const high = scores[Math.min(scores.length, Math.ceil(rank)) - 1] ?? NaN;
  return low + (rank - Math.floor(rank)) * (high - low);
}

/** The inverse of `normalShare`, by halving. */
export function normalQuantile(share: number): number {
  let [low, high] = [-9, 9];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
