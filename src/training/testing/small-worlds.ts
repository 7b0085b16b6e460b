import { exactExp, exactLog } from '#base/exact-math.ts';
import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import type { Table } from '#data/table.ts';

/**
 * Ten small worlds in which the truth is known: what a plant of its own has to learn from, some 30 outages, and 2,000
 * fresh ones after them to judge by. Types (base 35, 75, 150 days) are drawn 50 / 40 / 10 %, units 1 of 3, crew
 * uniformly from 5 to 49; an outage starts 20 to 160 days after the one before.
 */
export const smallWorldNames = [
  'additive',
  'multiplicative',
  'plan',
  'plan-skewed',
  'plan-is-class',
  'noise',
  'heavy-tails',
  'memory',
  'interaction',
  'two-humps',
] as const;
export type SmallWorldName = (typeof smallWorldNames)[number];

export interface SmallWorld {
  /** Columns: Type, Tranche, Effectif, Durée annoncée (jours) where the world has a plan, Date de début, Durée (jours). */
  readonly training: Table;
  readonly fresh: Table;
}

const types = ['ASR', 'VP', 'VD'] as const;
const units = ['T1', 'T2', 'T3'] as const;
const baseDays = [35, 75, 150] as const;
const N_FRESH = 2000;
const LEAST_DAYS = 0.5;

interface Outage {
  readonly type: number;
  readonly unit: number;
  readonly crew: number;
  readonly start: number; // days since 1970
  readonly duration: number;
  readonly plan: number; // NaN in a world without one
}

type Circumstances = Pick<Outage, 'type' | 'unit' | 'crew' | 'start'> & { readonly isTraining: boolean };

/** The world of that name: the same seed gives the same outages. */
export function createSmallWorld(name: SmallWorldName, nTraining: number, seed: number): SmallWorld {
  const rng = createRng(deriveSeed(seed, smallWorldNames.indexOf(name)));
  const last = createLaw(name, rng);
  let day = 16_000;
  const draw = (isTraining: boolean, start: number): Outage => {
    const share = rng.nextFloat();
    const type = share < 0.5 ? 0 : share < 0.9 ? 1 : 2;
    const circumstances = { type, unit: rng.nextBelow(3), crew: 5 + rng.nextBelow(45), start, isTraining };
    const { duration, plan } = last(circumstances);
    return { ...circumstances, duration: Math.max(LEAST_DAYS, duration), plan };
  };
  const training = Array.from({ length: nTraining }, () => draw(true, (day += 20 + rng.nextBelow(141))));
  const fresh = Array.from({ length: N_FRESH }, () => draw(false, day + 30 + rng.nextBelow(501)));
  return { training: toTable(training), fresh: toTable(fresh) };
}

function createLaw(
  name: SmallWorldName,
  rng: Rng,
): (outage: Circumstances) => { readonly duration: number; readonly plan: number } {
  const g = () => rng.nextNormal();
  const levels = units.map(() => 0.25 * g());
  const state = units.map(() => g());
  const base = ({ type }: Circumstances) => baseDays[type] ?? NaN;
  const plan = (outage: Circumstances) => Math.round(base(outage) * exactExp(0.2 * g()));
  const power = (x: number, exponent: number) => exactExp(exponent * exactLog(x));
  const unplanned = (law: (outage: Circumstances) => number) => (outage: Circumstances) => ({
    duration: law(outage),
    plan: NaN,
  });
  switch (name) {
    case 'additive':
      return unplanned((outage) => 0.8 * base(outage) + 20 - 0.5 * outage.crew + 6 * g());
    case 'multiplicative':
      return unplanned(
        (outage) =>
          base(outage) *
          power(outage.crew / 25, -0.35) *
          exactExp(0.6 * (levels[outage.unit] ?? 0) + 0.15 * g()),
      );
    case 'plan':
      return (outage) => {
        const planned = plan(outage);
        const overrun = [0.03, 0.15, 0.35][outage.type] ?? 0;
        return { plan: planned, duration: planned * exactExp(overrun + 0.12 * g()) };
      };
    case 'plan-skewed':
      return (outage) => {
        const planned = plan(outage);
        const mean = [3, 8, 25][outage.type] ?? 0;
        return { plan: planned, duration: planned - 2 - mean * exactLog(1 - rng.nextFloat()) };
      };
    case 'plan-is-class':
      return (outage) => ({
        plan: [35, 70, 120][outage.type] ?? NaN,
        duration: base(outage) * exactExp(0.35 * g()) * power(outage.crew / 25, -0.3),
      });
    case 'noise':
      return unplanned(() => 20 * exactExp(0.6 * g()));
    case 'heavy-tails':
      return unplanned((outage) => base(outage) * exactExp(0.25 * drawStudent3(rng)));
    case 'memory':
      return unplanned(({ unit, type, isTraining }) => {
        if (isTraining) state[unit] = 0.85 * (state[unit] ?? 0) + Math.sqrt(1 - 0.7225) * g();
        return 30 * exactExp(0.6 * (state[unit] ?? 0) + 0.15 * (type - 0.6) + 0.12 * g());
      });
    case 'interaction':
      return unplanned((outage) => {
        const isShort = outage.type > 0 && outage.crew < 18;
        const isWinter = new Date(outage.start * MS_PER_DAY).getUTCMonth() < 3;
        return base(outage) * (isShort ? 1.6 : 1) * (isWinter ? 1.25 : 1) * exactExp(0.12 * g());
      });
    default: // two-humps
      return unplanned((outage) => {
        const isQuick = rng.nextFloat() < ([0.8, 0.4, 0.1][outage.type] ?? 0);
        return (isQuick ? 3 : 60) * exactExp(0.3 * g());
      });
  }
}

/** Student's t with three degrees of freedom. */
function drawStudent3(rng: Rng): number {
  const normal = rng.nextNormal();
  const squares = rng.nextNormal() ** 2 + rng.nextNormal() ** 2 + rng.nextNormal() ** 2;
  return normal / Math.sqrt(squares / 3);
}

function toTable(outages: readonly Outage[]): Table {
  const numbers = (name: string, pick: (outage: Outage) => number) => ({
    type: 'number' as const,
    name,
    values: Float64Array.from(outages, pick),
  });
  const labels = (name: string, categories: readonly string[], pick: (outage: Outage) => number) => ({
    type: 'category' as const,
    name,
    categories,
    codes: Int32Array.from(outages, pick),
  });
  const hasPlan = outages.some(({ plan }) => !Number.isNaN(plan));
  return {
    nRows: outages.length,
    columns: [
      labels('Type', types, ({ type }) => type),
      labels('Tranche', units, ({ unit }) => unit),
      numbers('Effectif', ({ crew }) => crew),
      ...(hasPlan ? [numbers('Durée annoncée (jours)', ({ plan }) => plan)] : []),
      {
        type: 'date' as const,
        name: 'Date de début',
        values: Float64Array.from(outages, ({ start }) => start * MS_PER_DAY),
        hasTime: false,
      },
      numbers('Durée (jours)', ({ duration }) => duration),
    ],
  };
}
