import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { type CellRow, readCell } from '#data/cell.ts';
import { findCalendarColumns, readCalendarPart } from '#data/calendar-columns.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { findDependentInputs } from '#data/dependent-inputs.ts';
import { findElapsedColumns } from '#data/elapsed-columns.ts';
import { addHistory } from '#data/history/add-history.ts';
import { prepareOutages } from '#data/outages.ts';
import type { ColumnRole } from '#data/roles.ts';
import { type CategoryColumn, type Column, findColumn, selectRows, type Table } from '#data/table.ts';
import { calibrateIntervals } from '#evaluation/intervals/calibration.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { type ModelAtWork, putToWork } from '#inference/open-model.ts';
import { fitEncoder } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';
import { createSpec, type ModelSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';

/** A model with the outages it was fitted on, as cases. */
export interface PlantedModel {
  readonly name: string;
  readonly model: ModelAtWork;
  readonly cases: readonly CellRow[];
}

const roleOf: Readonly<Record<string, ColumnRole>> = {
  Tranche: 'group',
  Site: 'context',
  Type: 'context',
  Équipes: 'lever',
  Effectif: 'lever',
  Ressources: 'lever',
  Tâches: 'context',
  Annoncé: 'announced',
  Début: 'start',
  Mois: 'context',
  Âge: 'context',
  Durée: 'target',
};

const sites = ['Amont', 'Aval', 'Bois'];
const types = ['ASR', 'VP', 'VD', 'Fortuit'];
const shifts = ['jour', '2x8', '3x8'];
const SIZES = { types: [0.5, 0.9, 0.93, 1], units: 6 };

/** Outages of a known law, with labels that follow from others, dates, missing cells and a rare type. */
function plantTable(nRows: number, seed: number): Table {
  const rng = createRng(seed);
  const draw = <T>(make: () => T) => Array.from({ length: nRows }, make);
  const unit = draw(() => rng.nextBelow(SIZES.units));
  const share = draw(() => rng.nextFloat());
  const type = share.map((value) => SIZES.types.findIndex((end) => value <= end));
  const shift = draw(() => rng.nextBelow(3));
  const crew = draw(() => 10 + rng.nextBelow(31));
  const resources = draw(() => (rng.nextFloat() < 0.15 ? NaN : Math.round(20 * rng.nextFloat()) / 20));
  const tasks = draw(() => 1 + rng.nextBelow(9));
  const start = draw(() => Date.UTC(2018, 0, 1) + rng.nextBelow(1500) * MS_PER_DAY);
  const noise = draw(() => rng.nextNormal());
  const duration = tasks.map((value, i) => {
    const people = crew[i] as number;
    const level =
      20 +
      6 * (type[i] as number) +
      2 * value -
      0.3 * people -
      2 * (shift[i] as number) * (people > 20 ? 1.5 : 0.5);
    const season = new Date(start[i] as number).getUTCMonth() < 3 ? 4 : 0;
    return Math.max(
      1,
      Math.round(10 * (level - 5 * (resources[i] || 0.4) + season + 2 * (noise[i] as number))) / 10,
    );
  });
  const announced = duration.map((value) => (rng.nextFloat() < 0.2 ? NaN : Math.round(0.9 * value)));
  const starts = Float64Array.from(start);
  const category = (
    name: string,
    codes: readonly number[],
    categories: readonly string[],
  ): CategoryColumn => ({
    type: 'category',
    name,
    codes: Int32Array.from(codes),
    categories,
  });
  const number = (name: string, values: ArrayLike<number>): Column => ({
    type: 'number',
    name,
    values: Float64Array.from(values),
  });
  return {
    nRows,
    columns: [
      category('Tranche', unit, ['T1', 'T2', 'T3', 'T4', 'T5', 'T6']),
      category(
        'Site',
        unit.map((code) => code % 3),
        sites,
      ),
      category('Type', type, types),
      category('Équipes', shift, shifts),
      number('Effectif', crew),
      number('Ressources', resources),
      number('Tâches', tasks),
      number('Annoncé', announced),
      { type: 'date', name: 'Début', values: starts, hasTime: false },
      number('Mois', readCalendarPart(starts, 'month')),
      number(
        'Âge',
        start.map((instant, i) =>
          Math.floor((instant - Date.UTC(1985 + (unit[i] as number), 3, 1)) / (365.25 * MS_PER_DAY)),
        ),
      ),
      number('Durée', duration),
    ],
  };
}

const context = createSilentContext();
const small = { nIterations: 40, maxLeafNodes: 8, minSamplesLeaf: 5, nIterNoChange: 0, learningRate: 0.15 };
const plan = { planFeature: 'Annoncé' };

const boosting = createSpec('gradient-boosting', { boosting: small });
const forest = createSpec('quantile-forest', { forest: { nTrees: 25, minSamplesLeaf: 3 } });
const linear = createSpec('linear-log');

/** Every family that is bounded, and two that are asked point by point. */
export const plantedSpecs: readonly ModelSpec[] = [
  boosting,
  createSpec('gradient-boosting-log', { boosting: small }),
  createSpec('gradient-boosting-linear-init-log', { boosting: small }),
  linear,
  createSpec('linear'),
  forest,
  createSpec('gradient-boosting-hazard', { hazard: { nIntervals: 5, nIterations: 25, maxDepth: 4 } }),
  createSpec('plan-per-class', plan),
  createSpec('plan-linear', plan),
  createSpec('plan-boosting', { ...plan, boosting: small }),
  createSpec('own-past', { unitFeature: 'Tranche', classFeature: 'Type' }),
  createSpec('median-per-class', { classFeature: 'Type' }),
  createSpec('nearest-past'),
  createSpec('blend', {
    members: [
      { weight: 0.5, spec: boosting },
      { weight: 0.2, spec: linear },
      { weight: 0.3, spec: forest },
    ],
  }),
];

export type PlantedCalibration = 'residual' | 'local' | 'log' | 'quantiles';

/** Fitted on outages of a known law; calibrated on the same outages, which is no promise but has all the parts. */
export async function plantModel(
  spec: ModelSpec,
  kind: PlantedCalibration,
  { nRows = 220, seed = 1, isByClass = true, hasHistory = false } = {},
): Promise<PlantedModel> {
  const table = plantTable(nRows, seed);
  const roles = table.columns.map(({ name }) => ({
    column: name,
    role: roleOf[name] ?? 'context',
    reason: 'default' as const,
  }));
  const set = prepareOutages(table, roles, { now: Date.UTC(2026, 0, 1), unit: 'day' });
  const past = hasHistory ? addHistory(table, roles, set) : null;
  const features = past
    ? { nRows: set.features.nRows, columns: [...set.features.columns, ...past.columns] }
    : set.features;
  const model = await fitModel(spec, features, set.target, {}, context);
  const kept = selectRows(table, set.positions);
  const names = Object.keys(roleOf).filter((name) => name !== 'Durée');
  const inputTable = { nRows: kept.nRows, columns: names.flatMap((name) => findColumn(kept, name) ?? []) };
  const forecasts = forecastDurations(model, features);
  const labels = findColumn(kept, 'Type') as CategoryColumn;
  const isByQuantiles = kind === 'quantiles' && forecasts.quantiles !== undefined;
  const { quantiles, predicted } = forecasts;
  const intervals = calibrateIntervals({
    actual: set.target,
    predicted,
    ...(isByQuantiles && quantiles && { quantiles }),
    scale: kind === 'log' ? 'log1p' : 'identity',
    spread: kind === 'local' ? 'local' : 'constant',
    ...(isByClass && {
      classes: Array.from(labels.codes, (code) => types[code] ?? null),
      categories: [findColumn(kept, 'Type') as CategoryColumn, findColumn(kept, 'Équipes') as CategoryColumn],
    }),
  });
  const description: ModelDescription = {
    target: { name: 'Durée', unit: 'day' },
    roles,
    cleaning: [],
    origins: set.featureOrigins,
    history: past?.history ?? null,
    knownAtStart: [],
    inputs: fitEncoder(inputTable).features,
    typical: inputTable.columns.map((column) => readCell(column, 0)),
    dependents: findDependentInputs(inputTable),
    calendar: findCalendarColumns(inputTable),
    elapsed: findElapsedColumns(inputTable),
    nTrainingRows: kept.nRows,
    calibration: {
      classColumn: isByClass ? 'Type' : null,
      intervals: JSON.parse(JSON.stringify(intervals)) as unknown,
      background: { meanContributions: [] },
    },
    scores: [],
  };
  return {
    name: `${spec.id} ${kind}${hasHistory ? ' past' : ''}`,
    model: putToWork('planted', { model, description, hash: '' }),
    cases: Array.from({ length: kept.nRows }, (_, row) =>
      inputTable.columns.map((column) => readCell(column, row)),
    ),
  };
}

const calibrations: readonly PlantedCalibration[] = ['residual', 'local', 'log', 'quantiles'];

/** Each family with some calibration, by class and not, with and without the past. */
export function plantAllModels(): Promise<PlantedModel[]> {
  return Promise.all(
    plantedSpecs.flatMap((spec, i) => [
      plantModel(spec, calibrations[i % 4] ?? 'local', { seed: i + 1 }),
      plantModel(spec, 'quantiles', { seed: i + 31, isByClass: i % 2 === 0, hasHistory: i % 3 === 0 }),
    ]),
  );
}
