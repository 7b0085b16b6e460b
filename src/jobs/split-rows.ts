import { AppError } from '#base/errors.ts';
import type { OutageSet } from '#data/outages.ts';
import type { Fold } from '#evaluation/splits.ts';
import { splitHoldout, splitRandomFolds, splitTimeFolds } from '#evaluation/splits.ts';
import type { TrainingSettings } from './training.ts';

/** Parts the outages into training and test; positions in the set, ascending. Throws `invalid-setting`. */
export function splitTestRows(set: OutageSet, { split, seed }: TrainingSettings): Fold {
  if (split.kind !== 'rows') return splitHoldout({ ...split, seed }, set.rows.length, set.start);
  return {
    trainRows: findPositions(set, split.trainRows, 'trainRows'),
    testRows: findPositions(set, split.testRows, 'testRows'),
    repeat: 0,
  };
}

/** Folds of some of the outages, as positions in `positions`: by time where the test rows are the latest. */
export function splitFolds(
  { start }: OutageSet,
  positions: Int32Array,
  { split, folds, seed }: TrainingSettings,
): readonly Fold[] {
  if (split.kind !== 'time' || start === null) return splitRandomFolds(positions.length, folds, seed);
  return splitTimeFolds(
    Float64Array.from(positions, (position) => start[position] as number),
    folds,
  );
}

/** Rows of the file → positions among the kept ones. Rows that were set aside are left out. */
function findPositions(set: OutageSet, rows: readonly number[], name: string): Int32Array {
  const positionOf = new Map(Array.from(set.rows, (row, position) => [row, position]));
  const positions = rows.flatMap((row) => positionOf.get(row) ?? []);
  if (positions.length === 0) {
    throw new AppError('invalid-setting', `${name} holds no row to learn from`, { name, value: rows.length });
  }
  return Int32Array.from(positions).sort();
}
