import type { CellRow } from '#data/cell.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { listPastCases } from '#models/past-rows.ts';

/** What past outages of the case's class had in a column. */
export interface SeenRange {
  readonly min: number;
  readonly max: number;
}

export interface ClassSupport {
  /** The class, where the model has one and the case's is known; null: all outages together. */
  readonly label: string | null;
  /** Past outages that it is told by. */
  readonly n: number;
  /** By position of the input; null where too few of them tell. */
  readonly rangeOf: (position: number) => SeenRange | null;
  /** How many of them were, in each of the inputs, within a tenth of the range of the cells of a case. */
  readonly countNear: (cells: CellRow, positions: readonly number[]) => number;
}

/** Fewer outages of a class do not show how far its columns go. */
const LEAST_TO_TELL = 8;
/** A share of the range of what was seen: so far off is about the same. */
export const NEAR = 0.1;

/**
 * What was seen in the class of a case, by the outages that the model's file keeps (1,000 at most). A forced outage is given
 * no crew of a ten-yearly visit by a range that is all outages'.
 */
export function findClassSupport({ description, calibration }: ModelAtWork, cells: CellRow): ClassSupport {
  const { inputs, pastRows } = description;
  const past = pastRows ? listPastCases(pastRows, inputs) : [];
  const position = inputs.findIndex(({ name }) => name === calibration?.classColumn);
  const label = cells[position] ?? null;
  const own = label === null ? past : past.filter((row) => row[position] === label);
  const rangeOf = (input: number): SeenRange | null => {
    const values = own.flatMap((row) => {
      const cell = row[input];
      return typeof cell === 'number' ? [cell] : [];
    });
    return values.length < LEAST_TO_TELL ? null : { min: Math.min(...values), max: Math.max(...values) };
  };
  return {
    label: label === null ? null : String(label),
    n: own.length,
    rangeOf,
    countNear: (planned, positions) =>
      own.filter((row) =>
        positions.every((input) => {
          const [seen, wanted] = [row[input] ?? null, planned[input] ?? null];
          if (typeof seen !== 'number' || typeof wanted !== 'number') return seen === wanted;
          const { min = 0, max = 0 } = rangeOf(input) ?? {};
          return Math.abs(seen - wanted) <= NEAR * (max - min);
        }),
      ).length,
  };
}
