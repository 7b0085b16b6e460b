import { AppError } from '#base/errors.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import type { FormFeature } from '#inference/contract.ts';
import { roundStep } from '#inference/number-step.ts';
import type { SeenRange } from './class-support.ts';
import type { LeverSpec } from './contract.ts';

/** A column with the values it may take, the present one among them where it lies within the bounds. */
export interface Lever {
  readonly column: string;
  /** Among the model's inputs. */
  readonly position: number;
  readonly values: readonly CellValue[];
  readonly present: CellValue;
  /** Of each value: what it costs, what it costs a unit of time, and how large a change it is, in [0, 1]. */
  readonly costs: readonly number[];
  readonly rates: readonly number[];
  readonly changes: readonly number[];
}

export interface ResolvedLevers {
  /** Those that may move. */
  readonly levers: readonly Lever[];
  /** Positions of all that were named: none of them follows another, and a frozen one stays. */
  readonly held: ReadonlySet<number>;
}

/** What was seen of an input where no bounds are given; null: what all of training saw. */
type RangeOf = (position: number) => SeenRange | null;

const MAX_LEVERS = 12;
const MAX_VALUES = 2000;

/**
 * The levers that may move, as the model's inputs. Throws before any work: `lever-unknown`, `lever-repeated`,
 * `lever-crossed`, `lever-step`, `lever-values`, `lever-cost`, `levers-many`, `levers-none`.
 */
export function resolveLevers(
  features: readonly FormFeature[],
  cells: CellRow,
  specs: readonly LeverSpec[],
  rangeOf: RangeOf = () => null,
): ResolvedLevers {
  const names = specs.map(({ column }) => column);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) {
    throw new AppError('lever-repeated', `lever ${repeated} is named twice`, { column: repeated });
  }
  const levers = specs.map((spec) => resolveLever(features, cells, spec, rangeOf));
  const free = levers.filter((_, i) => specs[i]?.frozen !== true);
  if (specs.length === 0) throw new AppError('levers-none', 'no lever', {});
  if (free.length > MAX_LEVERS) {
    throw new AppError('levers-many', `${free.length} levers, at most ${MAX_LEVERS}`, {
      n: free.length,
      maximum: MAX_LEVERS,
    });
  }
  return { levers: free, held: new Set(levers.map(({ position }) => position)) };
}

function resolveLever(
  features: readonly FormFeature[],
  cells: CellRow,
  spec: LeverSpec,
  rangeOf: RangeOf,
): Lever {
  const { column, cost = 0, costPerTime = 0, switchCost = 0 } = spec;
  const position = features.findIndex(({ name }) => name === column);
  const feature = features[position];
  if (feature === undefined) {
    const known = features.map(({ name }) => name);
    throw new AppError('lever-unknown', `${column} is no input of the model: ${known.join(', ')}`, {
      column,
      known,
    });
  }
  for (const each of [cost, costPerTime, switchCost]) {
    const isWrongKind =
      (feature.type === 'category' && cost !== 0) || (feature.type !== 'number' && costPerTime !== 0);
    if (each >= 0 && Number.isFinite(each) && !isWrongKind) continue;
    throw new AppError('lever-cost', `costs of ${column} must be at least 0`, { column, value: each });
  }
  const present = cells[position] ?? null;
  const values = listValues(feature, present, spec, rangeOf(position));
  const unit = feature.type === 'date' ? MS_PER_DAY : 1;
  const isSame = (value: CellValue) => value === present;
  const moved = (value: CellValue) =>
    typeof value === 'number' && typeof present === 'number' ? Math.abs(value - present) / unit : 0;
  const widest = Math.max(...values.map(moved));
  return {
    column,
    position,
    values,
    present,
    costs: values.map((value) => (isSame(value) ? 0 : switchCost + cost * moved(value))),
    rates: values.map((value) => (typeof value === 'number' ? costPerTime * Math.max(0, value) : 0)),
    changes: values.map((value) => (isSame(value) ? 0 : widest > 0 ? moved(value) / widest : 1)),
  };
}

function listValues(
  feature: FormFeature,
  present: CellValue,
  spec: LeverSpec,
  seen: SeenRange | null,
): readonly CellValue[] {
  const { column, values } = spec;
  if (values !== undefined || feature.type === 'category') {
    const isCategory = feature.type === 'category';
    const listed: readonly CellValue[] = values ?? (isCategory ? feature.categories : []);
    const fits = (value: CellValue) =>
      isCategory ? typeof value === 'string' : typeof value === 'number' && Number.isFinite(value);
    const asked = isCategory ? listed.map((value) => (value === null ? null : String(value))) : listed;
    if (asked.length === 0 || asked.length > MAX_VALUES || !asked.every(fits)) {
      throw new AppError('lever-values', `${column} needs a list of 1 to ${MAX_VALUES} values of its kind`, {
        column,
        maximum: MAX_VALUES,
      });
    }
    return [...new Set(asked)];
  }
  return listSteps(feature, present, spec, seen);
}

function listSteps(
  feature: Exclude<FormFeature, { type: 'category' }>,
  present: CellValue,
  { column, ...given }: LeverSpec,
  seen: SeenRange | null,
): readonly CellValue[] {
  const usual = defaultRange(feature, present, seen);
  const { min = usual.min, max = usual.max } = given;
  const { step = defaultStep(feature, min, max) } = given;
  if (!(min <= max) || !Number.isFinite(min) || !Number.isFinite(max)) {
    throw new AppError('lever-crossed', `bounds of ${column} cross: ${min} > ${max}`, {
      column,
      min: tellBound(feature, min),
      max: tellBound(feature, max),
    });
  }
  const width = feature.type === 'date' ? step * MS_PER_DAY : step;
  const n = Math.floor((max - min) / width + 1e-9) + 1;
  if (!(width > 0) || !(n <= MAX_VALUES)) {
    throw new AppError(
      'lever-step',
      `step ${step} of ${column} must be above 0, with at most ${MAX_VALUES} values`,
      {
        column,
        step,
        maximum: MAX_VALUES,
      },
    );
  }
  const grid = Array.from({ length: n }, (_, i) => Number((min + i * width).toPrecision(15)));
  const isWithin = typeof present === 'number' && min <= present && present <= max;
  return isWithin ? [...new Set([...grid, present])].sort((a, b) => a - b) : grid;
}

/** A date as its day. */
function tellBound({ type }: FormFeature, value: number): number | string {
  return type === 'date' && Number.isFinite(value) ? new Date(value).toISOString().slice(0, 10) : value;
}

/** What training saw, in the class where enough tell; of a date, as outages to come lie ahead of all that, a window about the present one. */
function defaultRange(
  feature: Exclude<FormFeature, { type: 'category' }>,
  present: CellValue,
  seen: SeenRange | null,
): SeenRange {
  if (feature.type === 'number' || typeof present !== 'number') return seen ?? feature;
  const half = DEFAULT_WINDOW_DAYS * MS_PER_DAY;
  return { min: present - half, max: present + half };
}

const DEFAULT_WINDOW_DAYS = 60;
const N_DEFAULT_STEPS = 20;
const MAX_WHOLE_STEPS = 1000;

function defaultStep(feature: Exclude<FormFeature, { type: 'category' }>, min: number, max: number): number {
  if (feature.type === 'date') return 1;
  if (feature.isInteger) return Math.max(1, Math.ceil((max - min) / MAX_WHOLE_STEPS));
  return roundStep((max - min) / N_DEFAULT_STEPS);
}
