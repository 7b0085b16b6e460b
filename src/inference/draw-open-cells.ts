import type { CellRow, CellValue } from '#data/cell.ts';
import { createRng, shuffleInPlace } from '#base/random.ts';
import { quantileOfSorted } from '#base/statistics.ts';
import type { EncodedCategory, EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';
import { listPastCases } from '#models/past-rows.ts';
import { isOftenEmpty } from './open-cells.ts';

/** Past outages that lend a case the cells it leaves open: from 20 on their number does not matter. */
const N_LENDERS = 20;

const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95];

type Described = Pick<ModelDescription, 'inputs' | 'nTrainingRows' | 'pastRows'>;

/**
 * The case so often as there are past outages near it in what is known of it (Gower 1971), each time with all that is open
 * taken from one of them: what goes together stays together. For a file that kept no past rows the open cells are drawn
 * each by itself, spread over what training saw. The same case gives the same draws. Columns `apart` have no say in which
 * outages are near: with others to lend, an expected direction would be lost. O(rows kept × inputs).
 */
export function drawOpenCells(
  description: Described,
  cells: CellRow,
  open: readonly number[],
  apart: ReadonlySet<string> = new Set(),
): readonly CellRow[] {
  const isOpen = new Set(open);
  const lenders = findLenders(description, cells, isOpen, apart);
  const drawn = lenders.length > 0 ? lenders : spreadCells(description.inputs);
  return drawn.map((lender) => cells.map((cell, i) => (isOpen.has(i) ? (lender[i] ?? null) : cell)));
}

const pastCases = new WeakMap<object, readonly CellRow[]>();

function listKept({ pastRows, inputs }: Described): readonly CellRow[] {
  if (!pastRows) return [];
  const known = pastCases.get(pastRows);
  if (known) return known;
  const cases = listPastCases(pastRows, inputs);
  pastCases.set(pastRows, cases);
  return cases;
}

function findLenders(
  description: Described,
  cells: CellRow,
  isOpen: ReadonlySet<number>,
  apart: ReadonlySet<string>,
): CellRow[] {
  const { inputs } = description;
  const needed = [...isOpen].filter((i) => {
    const input = inputs[i];
    return input !== undefined && !isOftenEmpty(input, description);
  });
  const able = listKept(description).filter((row) => needed.every((i) => (row[i] ?? null) !== null));
  const known = inputs.flatMap((input, i) =>
    isOpen.has(i) || (cells[i] ?? null) === null || apart.has(input.name)
      ? []
      : [{ i, input, span: findSpan(input) }],
  );
  // Nothing known: all are as near, and the first are no fair picture of them.
  if (known.length === 0) return takeEvenly(able, N_LENDERS);
  const distances = able.map((row) =>
    known.reduce((sum, { i, span }) => sum + findDistance(cells[i] ?? null, row[i] ?? null, span), 0),
  );
  return able
    .map((row, i) => ({ row, i, distance: distances[i] ?? 0 }))
    .sort((a, b) => a.distance - b.distance || a.i - b.i)
    .slice(0, N_LENDERS)
    .map(({ row }) => row);
}

function takeEvenly<Item>(items: readonly Item[], n: number): Item[] {
  if (items.length <= n) return [...items];
  return Array.from({ length: n }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / n)] as Item);
}

/** Most of the training values; null of labels. */
function findSpan(input: EncodedFeature): number | null {
  if (input.type === 'category') return null;
  const [low = 0, , , , high = 0] = input.quantiles;
  return high > low ? high - low : Math.max(input.max - input.min, Number.MIN_VALUE);
}

/** In [0, 1]. */
function findDistance(a: CellValue, b: CellValue, span: number | null): number {
  if (a === b) return 0;
  if (span === null || typeof a !== 'number' || typeof b !== 'number') return 1;
  return Math.min(1, Math.abs(a - b) / span);
}

/** Cells of so many outages that might have been: each input's spread over its training values, without their ties. */
function spreadCells(inputs: readonly EncodedFeature[]): CellRow[] {
  const columns = inputs.map((input, i) => {
    const order = Array.from({ length: N_LENDERS }, (_, k) => k);
    shuffleInPlace(order, createRng(i + 1));
    return order.map((k) => cellAt(input, (k + 0.5) / N_LENDERS));
  });
  return Array.from({ length: N_LENDERS }, (_, k) => columns.map((column) => column[k] ?? null));
}

function cellAt(input: EncodedFeature, share: number): CellValue {
  if (input.type === 'category') return labelAt(input, share);
  const { min, max, quantiles, isInteger } = input;
  const value =
    quantiles.length === SHARES.length ? interpolate([min, ...quantiles, max], share) : (min + max) / 2;
  return isInteger ? Math.round(value) : value;
}

/** Between the ends and the quantiles that the encoder keeps. */
function interpolate(values: readonly number[], share: number): number {
  const at = [0, ...SHARES, 1];
  const after = at.findIndex((bound) => bound >= share);
  const [low = 0, high = 1] = [at[after - 1], at[after]];
  return quantileOfSorted([values[after - 1] ?? 0, values[after] ?? 0], (share - low) / (high - low));
}

function labelAt({ categories, counts }: EncodedCategory, share: number): string | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  const code = counts.findIndex((count) => {
    sum += count;
    return sum >= share * total;
  });
  return categories[code] ?? null;
}
