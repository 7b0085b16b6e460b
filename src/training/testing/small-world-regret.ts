import type { JobContext } from '#base/job-context.ts';
import { guessRoles } from '#data/guess-roles.ts';
import { buildFeatures } from '#data/feature-plan.ts';
import { buildHistoryColumns } from '#data/history/add-history.ts';
import { indexHistory } from '#data/history/history-index.ts';
import { range } from '#base/arrays.ts';
import { atStart } from '#data/known-when.ts';
import type { FileRows } from '#data/row-index.ts';
import { findColumn, type Table } from '#data/table.ts';
import { isRuleOfThumb } from '#models/model-catalogue.ts';
import { fitModel } from '#models/regressor.ts';
import { chooseModel } from '#evaluation/selection.ts';
import { compareOnFolds } from '../compare-on-folds.ts';
import { findCandidates } from '../find-candidates.ts';
import { prepareTrainingSet } from '../training-set.ts';
import { defaultTrainingSettings } from '../training-settings.ts';
import { createSmallWorld, type SmallWorldName } from './small-worlds.ts';

export interface SmallWorldCase {
  readonly name: SmallWorldName;
  readonly n: number;
  readonly seed: number;
  /** Whether the duration's column names its unit: without it the past cannot be told. */
  readonly isUnitKnown: boolean;
}

export interface SmallWorldOutcome {
  /** Error of the chosen model on the fresh outages over the least of all candidates, − 1. */
  readonly regret: number;
  /** Over the error of the best rule of thumb. */
  readonly toReference: number;
  /** Over that of the plan times the ratio of its class; null in a world without plans. */
  readonly toPlanRatio: number | null;
  readonly mae: number;
}

/** What the product chooses on the training outages of a world, judged on its fresh ones. */
export async function measureSmallWorld(
  { name, n, seed, isUnitKnown }: SmallWorldCase,
  context: JobContext,
): Promise<SmallWorldOutcome> {
  const world = createSmallWorld(name, n, seed);
  const training = isUnitKnown ? world.training : hideUnit(world.training);
  const fresh = isUnitKnown ? world.fresh : hideUnit(world.fresh);
  const roles = guessRoles(training).map((role) =>
    role.column === 'Effectif' ? { ...role, role: 'lever' as const } : role,
  );
  const now = Date.UTC(2200, 0, 1);
  const source = {
    table: training,
    rowOrigins: range(training.nRows) as FileRows,
    roles,
    cleaning: [],
    ledger: { kept: training.nRows, rejected: 0 },
  };
  const set = prepareTrainingSet(source, { today: now }, { horizon: atStart, usesPast: true });
  const { outages, history } = set;
  const candidates = findCandidates(set, defaultTrainingSettings);
  const comparison = await compareOnFolds(
    set,
    candidates,
    { ...defaultTrainingSettings, horizon: atStart, split: { kind: 'time', testShare: 0.2 } },
    context,
  );
  const { chosen } = chooseModel(comparison.scores, comparison.weighted?.id);
  const asked = buildFeatures(fresh, outages.featureOrigins);
  const features: Table = {
    nRows: fresh.nRows,
    columns: [...asked.columns, ...(history ? buildHistoryColumns(indexHistory(history), fresh) : [])],
  };
  const actual = findColumn(fresh, outages.targetName);
  if (actual?.type !== 'number') throw new TypeError('a world without durations');
  const errors = new Map<string, { mae: number; isReference: boolean; name: string }>();
  for (const spec of comparison.specs) {
    const { predict } = await fitModel(spec, outages.features, outages.target, {}, context);
    const predicted = predict(features);
    let sum = 0;
    for (const [i, value] of predicted.entries()) sum += Math.abs(value - (actual.values[i] ?? NaN));
    errors.set(spec.id, {
      mae: sum / predicted.length,
      isReference: isRuleOfThumb(spec.name),
      name: spec.name,
    });
  }
  const mae = errors.get(chosen)?.mae ?? NaN;
  const singles = [...errors].flatMap(([id, each]) => (id === 'blend' ? [] : [each]));
  const least = Math.min(...singles.map((each) => each.mae));
  const reference = Math.min(...singles.flatMap((each) => (each.isReference ? [each.mae] : [])));
  const planRatio = errors.get('plan-per-class')?.mae;
  return {
    regret: mae / least - 1,
    toReference: mae / reference,
    toPlanRatio: planRatio === undefined ? null : mae / planRatio,
    mae,
  };
}

function hideUnit(table: Table): Table {
  return {
    ...table,
    columns: table.columns.map((column) =>
      column.name === 'Durée (jours)' ? { ...column, name: 'Durée' } : column,
    ),
  };
}
