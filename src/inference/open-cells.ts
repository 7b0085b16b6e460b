import type { CellRow } from '#data/cell.ts';
import { findRoleName } from '#data/role-columns.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';
import type { FormFeature } from './contract.ts';
import { determineDependents } from './dependent-inputs.ts';

/** A column is often empty where so many cells of training were, at least, and this share of them. */
const LEAST_EMPTY = 10;
const LEAST_EMPTY_SHARE = 0.1;

/**
 * Whether an empty cell of a file is one of the things that training has seen of this column, and often enough to have
 * learnt what it means: the cause that only some outages have.
 */
export function isOftenEmpty(
  { nMissing }: EncodedFeature,
  { nTrainingRows }: Pick<ModelDescription, 'nTrainingRows'>,
): boolean {
  return nMissing >= Math.max(LEAST_EMPTY, LEAST_EMPTY_SHARE * nTrainingRows);
}

/**
 * The case with the empty cells filled that others settle: the site of a known unit is not unknown. The case itself
 * where no cell is empty. O(features²) at worst.
 */
export function settleCells(features: readonly FormFeature[], cells: CellRow): CellRow {
  let settled = cells;
  for (;;) {
    const before = settled;
    for (const [leader, cell] of before.entries()) {
      if (cell === null || !settled.includes(null)) continue;
      const determined = determineDependents(features, settled, leader, cell);
      if (settled.some((known, i) => known === null && determined[i] !== null)) {
        settled = settled.map((known, i) => known ?? determined[i] ?? null);
      }
    }
    if (settled === before) return settled;
  }
}

/** Where the cells of a case come from: a form's empty field is unknown, a file's empty cell may be one of those learnt. */
export type CellsFrom = 'form' | 'file';

type Described = Pick<ModelDescription, 'inputs' | 'nTrainingRows' | 'roles'>;

/**
 * The inputs whose cells are not known, by position. Of a settled case. An outage without an announced duration is no
 * unknown one, in a form either, where training has seen such outages.
 */
export function findOpenInputs(
  description: Described,
  cells: CellRow,
  from: CellsFrom = 'form',
): readonly number[] {
  const announced = findRoleName(description.roles, 'announced');
  return description.inputs.flatMap((input, i) => {
    const isEmpty = (cells[i] ?? null) === null;
    const mayBeEmpty = from === 'file' || input.name === announced;
    return isEmpty && !(mayBeEmpty && isOftenEmpty(input, description)) ? [i] : [];
  });
}

/** Their names: the columns that an answer has to do without. */
export function findOpenNames(
  description: Described,
  cells: CellRow,
  from: CellsFrom = 'form',
): readonly string[] {
  return findOpenInputs(description, cells, from).map((i) => description.inputs[i]?.name ?? '');
}
