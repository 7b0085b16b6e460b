import { gather } from '#base/arrays.ts';
import { AppError } from '#base/errors.ts';
import type { OutageSet } from '#data/outages.ts';
import type { FileRow } from '#data/row-index.ts';
import {
  type Fold,
  splitGroupFolds,
  splitGroupHoldout,
  splitRandomFolds,
  splitRandomHoldout,
  splitStratifiedFolds,
  splitStratifiedHoldout,
  splitTimeFolds,
  splitTimeHoldout,
} from '#evaluation/splits.ts';
import type { TrainingSettings } from './contract.ts';

/**
 * Parts the outages into training and test; positions in the set, ascending. Throws `invalid-setting` for a split by
 * time without starts, `unknown-column` for one by a column that groups nothing, `too-few-rows`.
 */
export function splitTestRows(set: OutageSet, { split, seed }: TrainingSettings): Fold {
  switch (split.kind) {
    case 'random':
      return splitRandomHoldout(set.rows.length, { ...split, seed });
    case 'stratified':
      return splitStratifiedHoldout(set.target, { ...split, seed });
    case 'time':
      return splitTimeHoldout(findStarts(set), split);
    case 'group':
      return splitGroupHoldout(findGroup(set, split.column), { ...split, seed });
    default:
      return {
        trainRows: findPositions(set, split.trainRows, 'trainRows'),
        testRows: findPositions(set, split.testRows, 'testRows'),
        repeat: 0,
      };
  }
}

/** Folds of some of the outages, as positions in `positions`, made as the test rows were. Only random ones repeat. */
export function splitFolds(
  set: OutageSet,
  positions: Int32Array,
  { split, folds, seed, repeats }: TrainingSettings,
): readonly Fold[] {
  switch (split.kind) {
    case 'time':
      return splitTimeFolds(gather(findStarts(set), positions), folds);
    case 'stratified':
      return splitStratifiedFolds(gather(set.target, positions), folds, seed, repeats);
    case 'group': {
      const codes = findGroup(set, split.column);
      const own = gather(codes, positions);
      return splitGroupFolds(own, Math.min(folds, new Set(own).size), seed);
    }
    default:
      return splitRandomFolds(positions.length, folds, seed, repeats);
  }
}

function findStarts({ start }: OutageSet): Float64Array {
  if (start) return start;
  throw new AppError('invalid-setting', 'a time split needs a start date column', {
    name: 'split',
    value: 'time',
  });
}

function findGroup({ groups }: OutageSet, column: string): Int32Array {
  const group = groups.find(({ name }) => name === column);
  if (group) return group.codes;
  throw new AppError('unknown-column', `${column} does not group the outages`, {
    column,
    columns: groups.map(({ name }) => name),
  });
}

/** Rows of the file → positions among the kept ones. Rows that were set aside are left out. */
function findPositions(set: OutageSet, rows: readonly FileRow[], name: string): Int32Array {
  const positionOf = new Map(Array.from(set.rows, (row, position) => [row, position]));
  const positions = rows.flatMap((row) => positionOf.get(row) ?? []);
  if (positions.length === 0) {
    throw new AppError('invalid-setting', `${name} holds no row to learn from`, { name, value: rows.length });
  }
  return Int32Array.from(positions).sort();
}
