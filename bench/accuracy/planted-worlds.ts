import type { Rng } from '#base/random.ts';
import type { Table } from '#data/table.ts';

/** Worlds of a thousand outages whose law is known, unlike each other in what decides a duration. */
export const plantedWorlds = [
  'planted linear',
  'planted multiplicative',
  'planted heavy tails',
  'planted two humps',
  'planted thresholds',
  'planted by unit',
  'planted bathtub',
  'planted half unknown',
] as const;
export type PlantedWorld = (typeof plantedWorlds)[number];

interface Outage {
  readonly type: number;
  readonly unit: number;
  readonly crew: number;
  readonly age: number;
  readonly works: number;
}

const N = 1000;
const N_UNITS = 24;
const types = ['ASR', 'VP', 'VD', 'fortuit'];
const LEAST_DAYS = 0.1;

/** Columns Type, Tranche, Effectif, Âge, Travaux; durations in days. */
export function plantWorld(world: PlantedWorld, rng: Rng): { features: Table; target: Float64Array } {
  const levels = Array.from({ length: N_UNITS }, () => 0.5 * rng.nextNormal());
  const outages = Array.from({ length: N }, (): Outage => ({
    type: rng.nextBelow(types.length),
    unit: rng.nextBelow(N_UNITS),
    crew: 5 + rng.nextBelow(45),
    age: Math.round(400 * rng.nextFloat()) / 10,
    works: rng.nextFloat() * 10,
  }));
  const target = Float64Array.from(outages, (outage) =>
    Math.max(LEAST_DAYS, drawDuration(world, outage, levels[outage.unit] ?? 0, rng)),
  );
  const isKnown = () => world !== 'planted half unknown' || rng.nextFloat() < 0.5;
  const numbers = (name: string, valueOf: (outage: Outage) => number) => ({
    type: 'number' as const,
    name,
    values: Float64Array.from(outages, (outage) => (isKnown() ? valueOf(outage) : NaN)),
  });
  const labels = (name: string, categories: readonly string[], codeOf: (outage: Outage) => number) => ({
    type: 'category' as const,
    name,
    categories,
    codes: Int32Array.from(outages, (outage) => (isKnown() ? codeOf(outage) : -1)),
  });
  const unitNames = Array.from({ length: N_UNITS }, (_, i) => `T${String(i + 1).padStart(2, '0')}`);
  const columns = [
    labels('Type', types, ({ type }) => type),
    labels('Tranche', unitNames, ({ unit }) => unit),
    numbers('Effectif', ({ crew }) => crew),
    numbers('Âge', ({ age }) => age),
    numbers('Travaux', ({ works }) => works),
  ];
  return { features: { nRows: N, columns }, target };
}

function drawDuration(
  world: PlantedWorld,
  { type, crew, age, works }: Outage,
  level: number,
  rng: Rng,
): number {
  const g = () => rng.nextNormal();
  const base = [35, 75, 150, 6][type] ?? NaN;
  switch (world) {
    case 'planted linear':
      return 30 + 10 * type + 4 * works - 0.4 * crew + 0.3 * age + 4 * g();
    case 'planted multiplicative':
      return base * (crew / 25) ** -0.35 * Math.exp(0.6 * level + 0.05 * works + 0.25 * g());
    case 'planted heavy tails':
      // Student's t of three degrees of freedom on the logarithm.
      return base * Math.exp((0.3 * g()) / Math.sqrt((g() ** 2 + g() ** 2 + g() ** 2) / 3) + 0.04 * works);
    case 'planted two humps':
      // What goes wrong, and how often by age, nobody records.
      return base * (rng.nextFloat() < 0.1 + age / 80 ? 3 : 1) * Math.exp(0.1 * g());
    case 'planted thresholds':
      return base * (crew < 15 && works > 5 ? 2 : 1) * (age > 30 ? 1.4 : 1) * Math.exp(0.15 * g());
    case 'planted by unit':
      return 20 * Math.exp(1.6 * level + 0.3 * (type === 2 ? 1 : 0) + 0.35 * g());
    case 'planted bathtub':
      // Ended at once, or only in the end: Weibull of shape one half, by crew.
      return base * (-Math.log(1 - rng.nextFloat())) ** 2 * (crew / 25) ** -0.5;
    default:
      return base * Math.exp(0.06 * works - 0.01 * crew + 0.2 * g());
  }
}
