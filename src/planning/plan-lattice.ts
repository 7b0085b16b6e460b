import { AppError } from '#base/errors.ts';
import type { CellRow } from '#data/cell.ts';
import { msPerDurationUnit } from '#data/duration-unit.ts';
import type { Table } from '#data/table.ts';
import { createRareFinder } from '#evaluation/intervals/rare-categories.ts';
import { toCaseTable } from '#inference/case-table.ts';
import type { FormFeature } from '#inference/contract.ts';
import { determineDependents } from '#inference/dependent-inputs.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { findNotable } from '#inference/reach.ts';
import { encode } from '#models/encoder.ts';
import { findDependencies } from './dependencies.ts';
import type { Lever, ResolvedLevers } from './levers.ts';
import { type Axis, type CellAnswer, type Lattice, NOT_RARE, type LatticePoint } from './search/lattice.ts';
import { createFeatureReader } from './search/feature-reader.ts';

/** The lattice of a present case and its levers, with the way back to cases. */
export interface PlanLattice {
  readonly lattice: Lattice;
  readonly toCells: (point: LatticePoint) => CellRow;
  /** The present case; null where a lever's present value is none that it may take. */
  readonly present: LatticePoint | null;
  /** Of each axis, the levers that move along it. */
  readonly levers: readonly (readonly Lever[])[];
  /** Values left out, as what they bring lies outside of what was learnt. */
  readonly nOutside: number;
}

/** Levers that act together make one axis of all their combinations. */
const MAX_TIED = 20_000;

interface Cell {
  readonly cells: CellRow;
  /** The value of each lever of the axis, by position. */
  readonly chosen: readonly number[];
  readonly isPresent: boolean;
}

/**
 * One axis for each lever, or for levers that share a feature of the model; cells that the model cannot tell apart are one,
 * at its least cost and change. Values outside of what was learnt are left out, but the present one. Throws `levers-tied`,
 * and `lever-values` where no value of a lever is left. O(values × features).
 */
export function buildPlanLattice(
  model: ModelAtWork,
  present: CellRow,
  { levers, held }: ResolvedLevers,
): PlanLattice {
  const { features } = model.summary;
  const { groups, inputsOf, featuresOf } = findDependencies(
    model,
    levers.map(({ position }) => position),
    held,
  );
  let nOutside = 0;
  const built = groups.map((group, i) => {
    const own = group.map((lever) => levers[lever] as Lever);
    const inputs = inputsOf[i] ?? [];
    const all = listCombinations(features, present, own, held);
    const kept = all.filter(
      ({ cells, isPresent }) => isPresent || !isOutside(features, cells, present, inputs),
    );
    nOutside += all.length - kept.length;
    if (kept.length === 0) {
      const column = own[0]?.column ?? '';
      throw new AppError('lever-outside', `no value of ${column} is within what was learnt`, { column });
    }
    return buildAxis(model, kept, own, inputs, featuresOf[i] ?? []);
  });
  const moved = new Set(inputsOf.flat());
  const table = toCaseTable(model.description.inputs, [present]);
  const still = table.columns.filter((_, i) => !moved.has(i));
  const encoded = encode(model.model.encoder, buildModelFeatures(model, table));
  const lattice: Lattice = {
    axes: built.map(({ axis }) => axis),
    present: Float64Array.from(encoded.matrix.columns, (column) => column[0] as number),
    cardinalities: encoded.matrix.cardinalities,
    answeredBy: findAnswers(model, { nRows: 1, columns: still })[0] ?? { rare: NOT_RARE },
  };
  return {
    lattice,
    present: built.every(({ presentCell }) => presentCell >= 0)
      ? Int32Array.from(built, ({ presentCell }) => presentCell)
      : null,
    levers: groups.map((group) => group.map((lever) => levers[lever] as Lever)),
    nOutside,
    toCells: (point) =>
      built.reduce<CellRow>((cells, { cellsOf }, a) => {
        const own = cellsOf[point[a] ?? 0] ?? cells;
        const inputs = new Set(inputsOf[a]);
        return cells.map((cell, i) => (inputs.has(i) ? (own[i] ?? null) : cell));
      }, present),
  };
}

/** The present case with every combination of the levers' values; what these determine follows, levers themselves do not. */
function listCombinations(
  features: readonly FormFeature[],
  present: CellRow,
  levers: readonly Lever[],
  kept: ReadonlySet<number>,
): Cell[] {
  const n = levers.reduce((product, { values }) => product * values.length, 1);
  if (n > MAX_TIED) {
    const columns = levers.map(({ column }) => column);
    throw new AppError(
      'levers-tied',
      `${columns.join(', ')} act together in ${n} ways, at most ${MAX_TIED}`,
      {
        columns,
        n,
        maximum: MAX_TIED,
      },
    );
  }
  return levers.reduce<Cell[]>(
    (combined, lever) =>
      combined.flatMap(({ cells, chosen, isPresent }) =>
        lever.values.map((value, i): Cell => {
          const isSame = value === lever.present;
          return {
            cells: isSame ? cells : determineDependents(features, cells, lever.position, value, kept),
            chosen: [...chosen, i],
            isPresent: isPresent && isSame,
          };
        }),
      ),
    [{ cells: present, chosen: [], isPresent: true }],
  );
}

/** True where a cell that the levers move lies farther out than it does at present. */
function isOutside(
  features: readonly FormFeature[],
  cells: CellRow,
  present: CellRow,
  inputs: readonly number[],
): boolean {
  const before = new Map(findNotable(features, present).map(({ feature, size }) => [feature, size]));
  return findNotable(features, cells).some(
    ({ feature, size }) => inputs.includes(feature) && !(size <= (before.get(feature) ?? 0)),
  );
}

function buildAxis(
  model: ModelAtWork,
  all: readonly Cell[],
  levers: readonly Lever[],
  inputs: readonly number[],
  featureIndices: readonly number[],
) {
  const table = toCaseTable(
    model.description.inputs,
    all.map(({ cells }) => cells),
  );
  const { matrix } = encode(model.model.encoder, buildModelFeatures(model, table));
  const answers = findAnswers(model, {
    nRows: table.nRows,
    columns: table.columns.filter((_, i) => inputs.includes(i)),
  });
  const classColumn = model.calibration?.classColumn ?? null;
  const hasClass = inputs.some((input) => model.description.inputs[input]?.name === classColumn);
  const read = createFeatureReader(model.model.state, matrix.columns);
  const sum = (pick: (lever: Lever) => readonly number[], { chosen }: Cell) =>
    levers.reduce((total, lever, i) => total + (pick(lever)[chosen[i] ?? 0] ?? 0), 0);
  const delayOf = createDelay(model, inputs, all);
  const described = all.map((cell, i) => ({
    i,
    cell,
    nChanged: levers.filter((lever, l) => lever.values[cell.chosen[l] ?? 0] !== lever.present).length,
    change: sum(({ changes }) => changes, cell),
    cost: sum(({ costs }) => costs, cell),
    rate: sum(({ rates }) => rates, cell),
    delay: delayOf(cell.cells),
    key: JSON.stringify([featureIndices.map((index) => read(index, i)), answers[i]]),
  }));
  const kept = keepCheapest(described);
  const numbers = (pick: (each: (typeof described)[number]) => number) => Float64Array.from(kept, pick);
  const axis: Axis = {
    nCells: kept.length,
    features: featureIndices.map((index) => ({
      index,
      values: numbers(({ i }) => matrix.columns[index]?.[i] ?? NaN),
    })),
    nChanged: numbers(({ nChanged }) => nChanged),
    // Of all levers together below 1, so that one lever more counts for more than any size of change.
    change: numbers(({ change }) => change / (MAX_LEVER_SHARE + 1)),
    cost: numbers(({ cost }) => cost),
    rate: numbers(({ rate }) => rate),
    delay: numbers(({ delay }) => delay),
    answeredBy: kept.map(({ i }) => {
      const { rare, label = null } = answers[i] ?? { rare: NOT_RARE };
      return hasClass ? { rare, label } : { rare };
    }),
  };
  return {
    axis,
    cellsOf: kept.map(({ cell }) => cell.cells),
    presentCell: kept.findIndex(({ cell }) => cell.isPresent),
  };
}

/** More levers than may move. */
const MAX_LEVER_SHARE = 100;

interface Priced {
  readonly key: string;
  readonly nChanged: number;
  readonly change: number;
  readonly cost: number;
  readonly rate: number;
  readonly delay: number;
}

/** Of those that are the same to the model, the ones that no other one beats in every respect. */
function keepCheapest<Item extends Priced>(items: readonly Item[]): Item[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.key) ?? [];
    groups.set(item.key, group);
    if (group.some((other) => isNoWorse(other, item))) continue;
    groups.set(item.key, [...group.filter((other) => !isNoWorse(item, other)), item]);
  }
  const kept = new Set([...groups.values()].flat());
  return items.filter((item) => kept.has(item));
}

function isNoWorse(a: Priced, b: Priced): boolean {
  return (
    a.nChanged <= b.nChanged &&
    a.change <= b.change &&
    a.cost <= b.cost &&
    a.rate <= b.rate &&
    a.delay <= b.delay
  );
}

/** How much later than the first it starts, in the unit of the duration; 0 where the start does not move. */
function createDelay(model: ModelAtWork, inputs: readonly number[], all: readonly Cell[]) {
  const position = findStartInput(model);
  if (position < 0 || !inputs.includes(position)) return () => 0;
  const first = all[0]?.cells[position];
  const unit = msPerDurationUnit(model.description.target.unit);
  return (cells: CellRow) => {
    const start = cells[position];
    return typeof start === 'number' && typeof first === 'number' ? (start - first) / unit : 0;
  };
}

/** The input that an outage starts at; −1 where there is none. */
export function findStartInput({ summary }: ModelAtWork): number {
  return summary.features.findIndex(({ type, role }) => type === 'date' && role === 'start');
}

/** What answers for each row, by some of the inputs alone. */
function findAnswers({ calibration }: ModelAtWork, table: Table): CellAnswer[] {
  const rare = calibration?.intervals?.rare ?? [];
  const findRare = createRareFinder(rare, table.columns);
  const column = table.columns.find(({ name }) => name === calibration?.classColumn);
  return Array.from({ length: table.nRows }, (_, row): CellAnswer => {
    const found = findRare(row);
    const label =
      column?.type === 'category' ? (column.categories[column.codes[row] ?? -1] ?? null) : undefined;
    return { rare: found === null ? NOT_RARE : rare.indexOf(found), ...(label !== undefined && { label }) };
  });
}
