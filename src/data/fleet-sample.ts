import { exactExp } from '#base/exact-math.ts';
import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import { daysFromCivil, MS_PER_DAY } from './dates.ts';
import { checkSetting } from './samples.ts';
import type { Table } from './table.ts';

export interface FleetSettings {
  readonly units: number;
  readonly years: number;
  readonly seed: number;
  /** Calendar year of the first outages. */
  readonly firstYear?: number;
}

const sites = [
  'Belleroche',
  'Val-de-Lierre',
  'Grand-Étang',
  'Saint-Aubin',
  'Les Ormeaux',
  'Côte-Rouge',
  'Pierrefonte',
  'Rivière-Neuve',
  'Haute-Garde',
  'Montclar',
];
const series = ['900 MW', '1300 MW', '1450 MW'] as const;
const seriesPower = [900, 1300, 1450] as const;

/** Planned stops of a unit over its ten-year cycle: refuelling only, partial visit, …, ten-yearly visit. */
const tenYearCycle = ['ASR', 'VP', 'ASR', 'VP', 'ASR', 'VP', 'ASR', 'VD'] as const;
const types = ['ASR', 'VP', 'VD', 'Fortuit'] as const;
const causes = [
  'combustible',
  'générateur de vapeur',
  'alternateur',
  'turbine',
  'contrôle-commande',
] as const;
const plannedDays = { ASR: 35, VP: 85, VD: 150, Fortuit: 3 } as const;

interface Stop {
  readonly start: number; // days since 1970
  readonly duration: number; // days
  readonly unit: number;
  readonly site: number;
  readonly series: number;
  readonly age: number;
  readonly type: number;
  readonly cause: number; // −1 missing
  readonly announced: number; // NaN for a forced outage
  readonly crew: number;
  readonly availability: number; // NaN missing
  readonly tasks: number;
}

/**
 * A sample with the shape of a real fleet's record: units of sites and series, refuelling stops that
 * alternate over ten years with short forced ones between, dates, an announced duration, heavy-tailed
 * overruns, missing cells. Ordered by start. The names are invented.
 */
export function generateFleet(settings: FleetSettings): Table {
  const { units, years, seed, firstYear = 2012 } = settings;
  checkSetting('units', units, 1, 500);
  checkSetting('years', years, 1, 50);
  const firstDay = daysFromCivil(firstYear, 1, 1);
  const lastDay = daysFromCivil(firstYear + years, 1, 1);
  const stops: Stop[] = [];
  for (let unit = 0; unit < units; unit++) {
    stops.push(...generateUnit(unit, firstDay, lastDay, createRng(deriveSeed(seed, unit))));
  }
  stops.sort((a, b) => a.start - b.start || a.unit - b.unit);
  return toTable(stops);
}

function generateUnit(unit: number, firstDay: number, lastDay: number, rng: Rng): Stop[] {
  const site = Math.floor(unit / 4) % sites.length;
  const line = site % 3;
  const skill = 0.12 * rng.nextNormal();
  const commissioned = daysFromCivil(1978 + line * 6 + rng.nextBelow(6), 1 + rng.nextBelow(12), 1);
  let step = rng.nextBelow(tenYearCycle.length);
  let day = firstDay + rng.nextBelow(420);
  let sinceRefuelling = rng.nextBelow(300);
  const stops: Stop[] = [];
  while (day < lastDay) {
    const isForced = sinceRefuelling < 330 && rng.nextFloat() < 0.72;
    const type = isForced
      ? 'Fortuit'
      : (tenYearCycle[step % tenYearCycle.length] as (typeof tenYearCycle)[number]);
    const stop = generateStop({ unit, site, line, skill, day, commissioned, type, rng });
    stops.push(stop);
    if (!isForced) {
      step++;
      sinceRefuelling = 0;
    }
    const run = isForced ? 40 + rng.nextBelow(110) : 90 + rng.nextBelow(140);
    sinceRefuelling += run;
    day += Math.ceil(stop.duration) + run;
  }
  return stops;
}

interface StopSettings {
  readonly unit: number;
  readonly site: number;
  readonly line: number;
  readonly skill: number;
  readonly day: number;
  readonly commissioned: number;
  readonly type: (typeof types)[number];
  readonly rng: Rng;
}

function generateStop({ unit, site, line, skill, day, commissioned, type, rng }: StopSettings): Stop {
  const isForced = type === 'Fortuit';
  const age = (day - commissioned) / 365.25;
  const crew = Math.round((isForced ? 15 : 60) * (0.7 + 0.6 * rng.nextFloat()));
  const availability = Math.round(100 * (0.45 + 0.55 * rng.nextFloat())) / 100;
  const tasks = Math.round((isForced ? 30 : 40 * plannedDays[type]) * (0.8 + 0.4 * rng.nextFloat()));
  const cause = isForced ? 1 + rng.nextBelow(causes.length - 1) : 0;
  const level =
    plannedDays[type] *
    exactExp(
      skill +
        0.006 * (age - 30) +
        0.05 * line +
        0.35 * (0.75 - availability) -
        0.15 * (crew / (isForced ? 15 : 60) - 1),
    ) *
    (isForced ? 1 + 0.9 * cause : 1);
  // Overruns have a heavy tail: most small, a few of several times the plan.
  const tail = rng.nextFloat() < 0.12 ? exactExp(0.9 * Math.abs(rng.nextNormal())) : 1;
  const duration = Math.max(0.5, level * exactExp(0.18 * rng.nextNormal()) * tail);
  const announced = isForced ? NaN : Math.round(plannedDays[type] * (0.95 + 0.15 * rng.nextFloat()));
  return {
    start: day + rng.nextBelow(24) / 24,
    duration: Math.round(duration * 24) / 24,
    unit,
    site,
    series: line,
    age: Math.round(age * 10) / 10,
    type: types.indexOf(type),
    cause: rng.nextFloat() < 0.06 ? -1 : cause,
    announced,
    crew,
    availability: rng.nextFloat() < 0.05 ? NaN : availability,
    tasks,
  };
}

function toTable(stops: readonly Stop[]): Table {
  const units = [...new Set(stops.map(({ unit }) => unit))].sort((a, b) => a - b);
  const unitNames = units.map(
    (unit) => `${sites[Math.floor(unit / 4) % sites.length]} ${(unit % 4) + 1 + 4 * Math.floor(unit / 40)}`,
  );
  const numbers = (pick: (stop: Stop) => number) => Float64Array.from(stops, pick);
  const codes = (pick: (stop: Stop) => number) => Int32Array.from(stops, pick);
  const instants = (pick: (stop: Stop) => number) =>
    Float64Array.from(stops, (stop) => Math.round(pick(stop) * 24) * (MS_PER_DAY / 24));
  return {
    nRows: stops.length,
    columns: [
      {
        type: 'category',
        name: 'Tranche',
        codes: codes(({ unit }) => units.indexOf(unit)),
        categories: unitNames,
      },
      { type: 'category', name: 'Site', codes: codes(({ site }) => site), categories: sites },
      { type: 'category', name: 'Palier', codes: codes((stop) => stop.series), categories: series },
      {
        type: 'number',
        name: 'Puissance (MW)',
        values: numbers((stop) => seriesPower[stop.series] ?? NaN),
      },
      { type: 'number', name: 'Âge de la tranche (ans)', values: numbers(({ age }) => age) },
      { type: 'category', name: "Type d'arrêt", codes: codes(({ type }) => type), categories: types },
      { type: 'category', name: 'Cause', codes: codes(({ cause }) => cause), categories: causes },
      { type: 'number', name: 'Nombre de tâches', values: numbers(({ tasks }) => tasks) },
      { type: 'number', name: 'Effectif', values: numbers(({ crew }) => crew) },
      { type: 'number', name: 'Ressources disponibles', values: numbers(({ availability }) => availability) },
      { type: 'number', name: 'Durée annoncée (jours)', values: numbers(({ announced }) => announced) },
      { type: 'date', name: 'Date de début', values: instants(({ start }) => start), hasTime: true },
      {
        type: 'date',
        name: 'Date de fin',
        values: instants((stop) => stop.start + stop.duration),
        hasTime: true,
      },
      {
        type: 'number',
        name: 'Durée (jours)',
        values: numbers(({ duration }) => Math.round(duration * 100) / 100),
      },
    ],
  };
}
