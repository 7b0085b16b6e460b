import { msPerDurationUnit } from '#data/duration-unit.ts';
import { AppError } from '#base/errors.ts';
import type { OutageSet } from '#data/outages.ts';
import type { Horizon } from '#data/known-when.ts';
import type { FileRow } from '#data/row-index.ts';
import { FEW_OUTAGES } from '#models/candidates.ts';
import { MINIMUM_ROWS } from '#models/regressor.ts';
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
import type { ResolvedSettings, SplitSettings } from './contract.ts';
import { embargo, findEnds } from './embargo.ts';
import { partUnderWay, type SplitWay } from './under-way-folds.ts';

/**
 * Parts the outages into training and test; positions in the set, ascending. Throws `invalid-setting` for a split by
 * time without starts, `unknown-column` for one by a column that groups nothing, `too-few-rows`.
 */
export function splitTestRows(
  set: OutageSet,
  { split, seed }: Pick<ResolvedSettings, 'split' | 'seed'>,
  horizon: Horizon,
): Fold {
  const fold = splitSamples(set, { split, seed }, horizon);
  const nParts = split.kind === 'rows' ? 0 : Math.round(1 / split.testShare);
  return addUnderWay([fold], set, split, { horizon, nParts })[0] as Fold;
}

function splitSamples(
  set: OutageSet,
  { split, seed }: Pick<ResolvedSettings, 'split' | 'seed'>,
  horizon: Horizon,
): Fold {
  switch (split.kind) {
    case 'random':
      return splitRandomHoldout(set.rows.length, { ...split, seed });
    case 'stratified':
      return splitStratifiedHoldout(set.target, { ...split, seed });
    case 'time':
      return requireTraining([
        embargo(splitTimeHoldout(findStarts(set), split), findStarts(set), findEnds(set), horizon),
      ])[0] as Fold;
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

/**
 * Folds of all outages, made as the test rows were; those under way are parted with them. Only random ones repeat. Fewer
 * than 200 outages are drawn at random five times over, as the test rows may be the most recent ones: blocks of time would
 * leave the first folds next to nothing to learn from, and one draw chance the choice.
 */
export function splitFolds(
  set: OutageSet,
  settings: Pick<ResolvedSettings, 'split' | 'folds' | 'seed' | 'repeats'>,
  horizon: Horizon,
): readonly Fold[] {
  const folds = splitSamplesInFolds(set, settings, horizon);
  const isAtRandom = set.rows.length < FEW_OUTAGES && isComparedAtRandom(settings, set.rows.length);
  const split: SplitSettings = isAtRandom ? { kind: 'random', testShare: 0.2 } : settings.split;
  const nParts = folds.filter(({ repeat }) => repeat === 0).length;
  return addUnderWay(folds, set, split, { horizon, nParts });
}

function splitSamplesInFolds(
  set: OutageSet,
  { split, folds, seed, repeats }: Pick<ResolvedSettings, 'split' | 'folds' | 'seed' | 'repeats'>,
  horizon: Horizon,
): readonly Fold[] {
  const nOutages = set.rows.length;
  if (nOutages < FEW_OUTAGES && isComparedAtRandom({ split }, nOutages)) {
    const nFolds = Math.min(folds, nOutages);
    return splitRandomFolds(nOutages, nFolds, seed, countDraws({ split, repeats }, nOutages));
  }
  switch (split.kind) {
    case 'time': {
      const starts = findStarts(set);
      const ends = findEnds(set);
      return requireTraining(
        splitTimeFolds(starts, folds).map((fold) => embargo(fold, starts, ends, horizon)),
      );
    }
    case 'stratified':
      return splitStratifiedFolds(set.target, folds, seed, repeats);
    case 'group': {
      const codes = findGroup(set, split.column);
      return splitGroupFolds(codes, Math.min(folds, new Set(codes).size), seed);
    }
    default:
      return splitRandomFolds(nOutages, folds, seed, repeats);
  }
}

const REPEATS_OF_FEW = 5;

/** How often random folds are drawn anew in a comparison of `nOutages`. */
export function countDraws(
  { split, repeats }: Pick<ResolvedSettings, 'split' | 'repeats'>,
  nOutages: number,
): number {
  const isOfFew = nOutages < FEW_OUTAGES && isComparedAtRandom({ split }, nOutages);
  return isOfFew ? Math.max(repeats, REPEATS_OF_FEW) : repeats;
}

/** The outages under way, parted as the others were. */
function addUnderWay(
  folds: readonly Fold[],
  { start, groups, unit, underWay }: OutageSet,
  split: SplitSettings,
  { horizon, nParts }: { readonly horizon: Horizon; readonly nParts: number },
): readonly Fold[] {
  if (underWay.rows.length === 0) return folds;
  return partUnderWay(folds, underWay, describeWay(), msPerDurationUnit(unit));

  function describeWay(): SplitWay {
    if (split.kind === 'time' && start !== null) {
      const leadDays = horizon.kind === 'plan' ? horizon.leadDays : null;
      return { kind: 'time', starts: start, leadDays };
    }
    const group = groups.findIndex(({ name }) => split.kind === 'group' && name === split.column);
    const [codes, ofUnderWay] = [groups[group]?.codes, underWay.groups[group]?.codes];
    if (codes === undefined || ofUnderWay === undefined) return { kind: 'chance', nParts };
    return { kind: 'group', codes, underWay: ofUnderWay };
  }
}

/** Whether candidates are compared on folds in time order: the way of the split, but for few outages. */
export function isComparedByTime({ split }: Pick<ResolvedSettings, 'split'>, nOutages: number): boolean {
  return split.kind === 'time' && nOutages >= FEW_OUTAGES;
}

/** Whether they are compared on folds drawn at random. */
export function isComparedAtRandom({ split }: Pick<ResolvedSettings, 'split'>, nOutages: number): boolean {
  return split.kind === 'random' || (split.kind === 'time' && nOutages < FEW_OUTAGES);
}

/** Throws `too-few-rows` where nothing that is left can be learnt from. */
function requireTraining(folds: readonly Fold[]): readonly Fold[] {
  const usable = folds.filter(({ trainRows }) => trainRows.length >= MINIMUM_ROWS);
  if (usable.length > 0) return usable;
  const nRows = Math.max(0, ...folds.map(({ trainRows }) => trainRows.length));
  throw new AppError('too-few-rows', `${nRows} outages were over that long before those to be tested`, {
    nRows,
    minimum: MINIMUM_ROWS,
  });
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
