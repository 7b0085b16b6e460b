/**
 * npm run bench:intervals [-- --only french]
 *
 * Do the levels keep their promise, and for how many outages are they claimed? Nested: every outage is forecast by fits
 * that had not seen it, then the levels are calibrated on four fifths of these outages and judged on the fifth part, in
 * 10 to 100 splits, the more the fewer they are. Three rules on the very same forecasts and splits: each class for itself by
 * whole ranks, as before decision 0052; all outages together; and the product's own. Then planted worlds, whose true
 * coverage is computed. Files that are absent are left out.
 */
import { existsSync, readFileSync } from 'node:fs';
import { range } from '#base/arrays.ts';
import { createSilentContext } from '#base/job-context.ts';
import { createRng, deriveSeed } from '#base/random.ts';
import { createByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { generateFleet } from '#data/fleet-sample.ts';
import { guessRoles } from '#data/guess-roles.ts';
import { atStart, type Horizon } from '#data/known-when.ts';
import { findUnitColumn } from '#data/unit-column.ts';
import { type CategoryColumn, findColumn, selectRows, type Table } from '#data/table.ts';
import type { CaseClass } from '#evaluation/intervals/answering.ts';
import {
  forecastOf,
  type ForecastOutages,
  type IntervalCalibration,
} from '#evaluation/intervals/calibration.ts';
import { chooseIntervals } from '#evaluation/intervals/interval-choice.ts';
import type { OutOfFoldForecasts } from '#evaluation/intervals/out-of-fold-forecasts.ts';
import { isClaimed, predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { createRareFinder } from '#evaluation/intervals/rare-categories.ts';
import { isAtMost, isSameDuration } from '#evaluation/intervals/same-duration.ts';
import { coverWorlds, plantAlike } from '#evaluation/intervals/testing/planted-worlds.ts';
import { assignRole } from '#jobs/dataset/assign-role.ts';
import { createSpec, type ModelSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import { canUseLogScale } from '#models/target-scale.ts';
import { forecastOutOfFold } from '#training/calibration.ts';
import { splitFolds } from '#training/row-split.ts';
import { prepareTrainingSet, samplesOf, type TrainingSet } from '#training/training-set.ts';

const context = createSilentContext(() => performance.now());
const today = Date.UTC(2026, 10, 1);
const folder = new URL('../../shared/data/', import.meta.url);
const at = process.argv.indexOf('--only');
const only = at < 0 ? '' : (process.argv[at + 1] ?? '');

async function readFile(
  name: string,
  isKept?: (table: Table, row: number) => boolean,
): Promise<Table | null> {
  const url = new URL(name, folder);
  if (!existsSync(url)) return null;
  const { table } = await readTable(createByteSource(name, readFileSync(url)), {}, context);
  return isKept
    ? selectRows(
        table,
        range(table.nRows).filter((row) => isKept(table, row)),
      )
    : table;
}

function takesTenDays(table: Table, row: number): boolean {
  const days = findColumn(table, 'duree_jours');
  return days?.type === 'number' && (days.values[row] ?? 0) >= 10;
}

interface Case {
  readonly name: string;
  readonly read: () => Promise<Table | null>;
  readonly target?: string;
  readonly horizon?: Horizon;
}

const french = 'arrets_tranche_2011_2023.csv';
const planning = { kind: 'plan', leadDays: 180 } as const;
const cases: readonly Case[] = [
  { name: 'french, at the start', read: () => readFile(french) },
  { name: 'french, planning', read: () => readFile(french), horizon: planning },
  { name: 'french of 10 days and more', read: () => readFile(french, takesTenDays) },
  { name: 'sample', read: () => readFile('arrets_synthetiques_1000.csv') },
  { name: 'fleet', read: () => Promise.resolve(generateFleet({ units: 20, years: 8, seed: 1 })) },
  { name: 'caiso', read: () => readFile('caiso_plant_outages_2024.csv'), target: 'duration_hours' },
];

/** A distribution of each kind, and a point with residual scores. */
function listSpecs(target: Float64Array): readonly ModelSpec[] {
  const isLog = canUseLogScale(target);
  return [
    createSpec('quantile-forest', { scale: isLog ? 'log1p' : 'identity' }),
    createSpec('gradient-boosting-hazard'),
    createSpec(isLog ? 'gradient-boosting-log' : 'gradient-boosting'),
  ];
}

for (const { name, read, target, horizon = atStart } of cases) {
  const table = name.includes(only) ? await read() : null;
  if (table === null) continue;
  const guessed = guessRoles(table);
  const roles = target === undefined ? guessed : assignRole(guessed, target, 'target');
  const ledger = { kept: table.nRows, rejected: 0 };
  const source = { table, rowOrigins: range(table.nRows), roles, cleaning: [], ledger };
  const set = prepareTrainingSet(source, { today }, { horizon, usesPast: true });
  const byClass = await findClasses(set);
  const unitName = findUnitColumn(set.outages.features, roles);
  const byUnit = unitName === null ? undefined : findColumn(set.outages.features, unitName);
  console.log(`\n${name}: ${set.outages.rows.length} outages`);
  for (const spec of listSpecs(set.outages.target)) {
    const forecasts = await forecast(spec, set);
    await judge(forecasts, byClass);
    if (byUnit?.type === 'category' && byUnit !== byClass) await judge(forecasts, byUnit);
  }
}
if (only === '') judgeWorlds();

/** The category that a median by class finds best, or the first: the one whose classes a training answers by. */
async function findClasses({ outages }: TrainingSet): Promise<CategoryColumn | null> {
  const first = outages.features.columns.find((column) => column.type === 'category') ?? null;
  const { state, encoder } = await fitModel(
    createSpec('median-per-class'),
    outages.features,
    outages.target,
    {},
    context,
  );
  if (state.family !== 'median-per-class') return first;
  const column = findColumn(outages.features, encoder.features[state.featureIndex]?.name ?? '');
  return column?.type === 'category' ? column : first;
}

interface Forecasts {
  readonly spec: ModelSpec;
  readonly found: OutOfFoldForecasts;
  readonly features: Table;
}

async function forecast(spec: ModelSpec, { outages, horizon }: TrainingSet): Promise<Forecasts> {
  const kind = horizon.kind === 'plan' ? 'time' : 'random';
  const settings = { split: { kind, testShare: 0.2 }, folds: 5, seed: 1, repeats: 1 } as const;
  const folds = splitFolds(outages, settings, horizon);
  const { features } = outages;
  const found = await forecastOutOfFold(spec, { ...samplesOf(outages), folds }, context);
  return { spec, found, features };
}

async function judge({ spec, found, features }: Forecasts, classes: CategoryColumn | null): Promise<void> {
  const all = range(features.nRows);
  const labels = classes && Array.from(classes.codes, (code) => classes.categories[code] ?? null);
  const categories = features.columns.filter((column) => column.type === 'category');
  const forecasts: ForecastOutages = { ...found.outages, categories, ...(labels && { classes: labels }) };
  const { calibrateSome, calibration } = await chooseIntervals(forecasts, found.foldOf, context);
  const known = all.filter((row) => !Number.isNaN(forecasts.predicted[row]));
  const tallies = { before: createTally(), pooled: createTally(), now: createTally() };
  const nSplits = Math.max(10, Math.min(100, Math.ceil(60_000 / known.length)));
  for (let split = 0; split < nSplits; split++) {
    const rng = createRng(deriveSeed(7, split));
    const isTest = new Uint8Array(all.length).map(() => Number(rng.nextFloat() < 0.2));
    const now = calibrateSome((row) => isTest[row] === 0);
    const before = answerAlone(now);
    const findRare = createRareFinder(now.rare, categories);
    for (const row of known) {
      if (isTest[row] === 0) continue;
      const label = labels?.[row] ?? null;
      const isMet = now.classes.some((each) => each.label === label);
      add(tallies.before, before, forecasts, row, isMet ? label : null);
      add(tallies.pooled, now, forecasts, row, null);
      add(tallies.now, now, forecasts, row, findRare(row) ?? label);
    }
  }
  const { score } = calibration;
  const of = classes ? `${classes.categories.length} of “${classes.name}”` : 'no classes';
  console.log(`  ${spec.id}, ${score.kind} on ${score.scale}, ${of}`);
  for (const [rule, tally] of Object.entries(tallies)) console.log(`    ${rule.padEnd(7)} ${tell(tally)}`);
}

/** As an older file answers. */
function answerAlone(calibration: IntervalCalibration): IntervalCalibration {
  const classes = calibration.classes.map((each) => ({ ...each, answer: 'own' as const }));
  return { ...calibration, alike: null, rare: [], classes, rule: 'whole-ranks' };
}

interface Tally {
  n: number;
  nP80: number;
  nBoth: number;
  heldP80: number;
  /** Of these, those that lie just at it: a promise of at least 80 % holds with and without them. */
  atP80: number;
  heldBoth: number;
  pinball: number;
  pooled: number;
}

function createTally(): Tally {
  return { n: 0, nP80: 0, nBoth: 0, heldP80: 0, atP80: 0, heldBoth: 0, pinball: 0, pooled: 0 };
}

/** `pinball` and `pooled` are over the same outages: those for which a P80 is claimed. */
function add(
  tally: Tally,
  calibration: IntervalCalibration,
  outages: ForecastOutages,
  row: number,
  caseClass: CaseClass,
): void {
  const actual = outages.actual[row] ?? NaN;
  const forecasts = forecastOf(calibration, outages, row);
  const { p10, p80, p90 } = predictInterval(calibration, forecasts, caseClass);
  tally.n += 1;
  if (!isClaimed(p80)) return;
  tally.nP80 += 1;
  if (isAtMost(actual, p80.value)) tally.heldP80 += 1;
  if (isSameDuration(actual, p80.value)) tally.atP80 += 1;
  const { rule: _, ...between } = calibration;
  const together = predictInterval(between, forecasts, null).p80;
  tally.pinball += pinball(actual, p80.value);
  tally.pooled += isClaimed(together) ? pinball(actual, together.value) : NaN;
  if (!isClaimed(p10) || !isClaimed(p90)) return;
  tally.nBoth += 1;
  if (isAtMost(p10.value, actual) && isAtMost(actual, p90.value)) tally.heldBoth += 1;
}

function pinball(actual: number, bound: number): number {
  return actual > bound ? 0.8 * (actual - bound) : 0.2 * (bound - actual);
}

function tell({ n, nP80, nBoth, heldP80, atP80, heldBoth, pinball: own, pooled }: Tally): string {
  const share = (part: number, of: number) => (part / of).toFixed(3);
  return [
    `P80 ${share(heldP80, nP80)}${atP80 > 0 ? ` (${share(heldP80 - atP80, nP80)} before it)` : ''}`,
    `P10–P90 ${share(heldBoth, nBoth)}`,
    `claimed ${share(nP80, n)} / ${share(nBoth, n)}`,
    `pinball ÷ pooled ${share(own, pooled)}`,
  ].join(', ');
}

function judgeWorlds(): void {
  const worlds = {
    '60 classes of 4': [() => plantAlike(60, () => 4), 200],
    '60 classes of 20': [() => plantAlike(60, () => 20), 100],
    '300 classes of 5–40': [
      (seed: number) => {
        const rng = createRng(seed + 1000);
        return plantAlike(300, () => 5 + rng.nextBelow(36));
      },
      40,
    ],
  } as const;
  console.log('\nplanted worlds');
  for (const [name, [createWorld, nSeeds]] of Object.entries(worlds)) {
    const { p80, p10p90, claimed } = coverWorlds(createWorld, nSeeds);
    console.log(
      `  ${name}: P80 ${p80.toFixed(3)}, P10–P90 ${p10p90.toFixed(3)}, claimed ${claimed.toFixed(3)}`,
    );
  }
}
