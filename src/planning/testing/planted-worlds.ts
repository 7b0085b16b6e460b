import { exactExp, exactLog } from '#base/exact-math.ts';
import { gather } from '#base/arrays.ts';
import { createSilentContext } from '#base/job-context.ts';
import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import { type CellRow, readCell } from '#data/cell.ts';
import { findDependentInputs } from '#data/dependent-inputs.ts';
import { selectRows, type Table } from '#data/table.ts';
import { calibrateIntervals } from '#evaluation/intervals/calibration.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { poolForecasts } from '#evaluation/intervals/out-of-fold-forecasts.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { type ModelAtWork, putToWork } from '#inference/open-model.ts';
import { fitEncoder } from '#models/encoder.ts';
import { createSpec, type ModelSpec } from '#models/model-spec.ts';
import { samplePastRows } from '#models/past-rows.ts';
import { fitModel } from '#models/regressor.ts';

/** Laws of the studies: what outages last, by their numbers, and how they spread about that. */
export const worldNames = ['linear', 'interaction', 'log'] as const;
export type WorldName = (typeof worldNames)[number];

export const worldColumns = ['crew', 'tasks', 'share', 'age', 'shifts'] as const;
/** Those that a planner chooses. */
export const worldLevers = ['crew', 'share', 'shifts'] as const;

export interface PlantedWorld {
  readonly model: ModelAtWork;
  readonly table: Table;
  readonly target: Float64Array;
  readonly cases: readonly CellRow[];
  /** What the law says of a case: the middle of what it lasts. */
  readonly truth: (cells: CellRow) => number;
  /** What it lasts this time. */
  readonly draw: (cells: CellRow, rng: Rng) => number;
}

const laws: Readonly<Record<WorldName, (cells: readonly number[]) => number>> = {
  linear: ([crew = 0, tasks = 0, share = 0, age = 0, shifts = 0]) =>
    40 - 0.4 * crew + 2 * tasks - 8 * share + 0.1 * age - 2 * shifts,
  interaction: ([crew = 0, tasks = 0, share = 0, age = 0, shifts = 0]) =>
    25 + 2.2 * tasks - 0.06 * crew * tasks - 3 * shifts * (crew > 25 ? 1.5 : 0.5) - 6 * share + 0.1 * age,
  log: ([crew = 0, tasks = 0, share = 0, age = 0, shifts = 0]) =>
    exactExp(3.3 - 0.012 * crew + 0.08 * tasks - 0.25 * share + 0.004 * age - 0.08 * shifts),
};

const NOISE = 3;

/** Student's t of three degrees, a tenth of a log at scale: now and then an outage takes twice as long. */
function drawHeavy(rng: Rng): number {
  const squares = [0, 1, 2].reduce((sum) => sum + rng.nextNormal() ** 2, 0);
  return (0.1 * rng.nextNormal()) / Math.sqrt(squares / 3);
}

export function drawWorldCase(rng: Rng): number[] {
  return [
    10 + rng.nextBelow(31),
    1 + rng.nextBelow(9),
    rng.nextBelow(21) / 20,
    rng.nextBelow(40),
    rng.nextBelow(3),
  ];
}

/** A model fitted on outages of a planted law and calibrated on folds that had not seen them, as training does. */
export async function plantWorld(
  name: WorldName,
  n: number,
  seed: number,
  spec: ModelSpec = createSpec(name === 'log' ? 'gradient-boosting-log' : 'gradient-boosting'),
): Promise<PlantedWorld> {
  const rng = createRng(deriveSeed(seed, 7));
  const truth = (cells: CellRow) => laws[name](cells.map(Number));
  const draw = (cells: CellRow, from: Rng) =>
    name === 'log'
      ? exactExp(exactLog(truth(cells)) + drawHeavy(from))
      : Math.max(1, truth(cells) + NOISE * from.nextNormal());
  const cases: readonly CellRow[] = Array.from({ length: n }, () => drawWorldCase(rng));
  const target = Float64Array.from(cases, (cells) => draw(cells, rng));
  const table: Table = {
    nRows: n,
    columns: worldColumns.map((column, i) => ({
      type: 'number',
      name: column,
      values: Float64Array.from(cases, (cells) => Number(cells[i])),
    })),
  };
  const context = createSilentContext();
  const model = await fitModel(spec, table, target, {}, context);
  const folds = splitRandomFolds(n, 5, 1);
  const forecasts = [];
  for (const { trainRows, testRows } of folds) {
    const fold = await fitModel(spec, selectRows(table, trainRows), gather(target, trainRows), {}, context);
    forecasts.push(forecastDurations(fold, selectRows(table, testRows)));
  }
  const { outages } = poolForecasts(forecasts, folds, target);
  const intervals = calibrateIntervals({ ...outages, scale: spec.scale });
  const inputs = fitEncoder(table).features;
  const roles = worldColumns.map((column) => ({
    column,
    role: 'lever' as const,
    reason: 'default' as const,
  }));
  const description = {
    target: { name: 'duration', unit: 'day' as const },
    roles,
    cleaning: [],
    origins: worldColumns.map((column) => ({ feature: column, column, part: 'value' as const })),
    history: null,
    knownAtStart: [],
    inputs,
    typical: table.columns.map((column) => readCell(column, 0)),
    dependents: findDependentInputs(table),
    calendar: [],
    nTrainingRows: n,
    pastRows: samplePastRows(inputs, table),
    calibration: {
      classColumn: null,
      intervals: JSON.parse(JSON.stringify(intervals)) as unknown,
      background: { meanContributions: [] },
    },
    scores: [],
  };
  return {
    model: putToWork('planted', { model, description, hash: '' }),
    table,
    target,
    cases,
    truth,
    draw,
  };
}
