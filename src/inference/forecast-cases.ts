import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { probabilityAtMost } from '#evaluation/intervals/duration-curve.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { noteCells } from './case-notes.ts';
import { forecastOpenCase } from './forecast-open.ts';
import { buildModelFeatures } from './model-features.ts';
import { type CellsFrom, findOpenInputs, settleCells } from './open-cells.ts';
import { describePast } from './past-facts.ts';
import { createClassFinder, toCaseTable } from './case-table.ts';
import { findLearnt } from './learnt-cases.ts';
import type { ModelAtWork } from './open-model.ts';
import { judgeReach, reachInterval, undoReach } from './reach.ts';
import type { CasePrediction, CaseReach } from './contract.ts';
import type { CellRow } from '#data/cell.ts';

/**
 * Predicts cases; empty cells that others settle are filled first, of what is then open nothing is taken for known. A
 * model that does not look at the open columns answers as ever. Synchronous and small: a what-if is answered within a
 * frame. O(cases × trees × depth), twenty times that for a case with open cells.
 */
export function predictCases(
  model: ModelAtWork,
  cases: readonly CellRow[],
  atMost?: number,
  from: CellsFrom = 'form',
): readonly CasePrediction[] {
  const { features } = model.summary;
  const settled = cases.map((cells) => hideCells(model, settleCells(features, cells)));
  const open = settled.map((cells) => findOpenInputs(model.description, cells, from));
  const reaches = settled.map((cells) => judgeReach(model, cells));
  const answers = predictKnown(model, settled, reaches, atMost);
  return settled.map((cells, i): CasePrediction => {
    const positions = open[i] ?? [];
    const reach = reaches[i] ?? { kind: 'within' };
    const shared = {
      notes: noteCells(features, cells),
      past: describePast(model, cells),
      learnt: findLearnt(model, cells),
      reach,
    };
    if (positions.every((position) => isLookedAway(model, position))) {
      const left = positions.length === 0 ? null : { features: positions, way: 'refit' as const };
      return { ...(answers[i] as Answer), ...shared, open: left };
    }
    const left = { features: positions, way: 'wide' as const };
    return { ...predictOpen(model, cells, positions, reach, atMost), ...shared, open: left };
  });
}

/** What stands in a column that the model was fitted without has no say, not even in which outages are near. */
export function hideCells(model: ModelAtWork, cells: CellRow): CellRow {
  return model.without ? cells.map((cell, i) => (isLookedAway(model, i) ? null : cell)) : cells;
}

/** The model was fitted without the column. */
export function isLookedAway({ without, description }: ModelAtWork, position: number): boolean {
  return without?.has(description.inputs[position]?.name ?? '') ?? false;
}

type Answer = Pick<CasePrediction, 'value' | 'interval' | 'probability'>;

function predictKnown(
  model: ModelAtWork,
  cases: readonly CellRow[],
  reaches: readonly CaseReach[],
  atMost?: number,
): readonly Answer[] {
  const table = toCaseTable(model.description.inputs, cases);
  const forecasts = forecastDurations(model.model, buildModelFeatures(model, table));
  const intervals = model.calibration?.intervals ?? null;
  const findClass = createClassFinder(table, model.calibration);
  return reaches.map((reach, i): Answer => {
    const value = forecasts.predicted[i] as number;
    if (intervals === null) return { value, interval: null, probability: null };
    const forecast = forecastOf(intervals, { ...forecasts, actual: forecasts.predicted }, i);
    const caseClass = findClass(i);
    const interval = predictInterval(intervals, forecast, caseClass);
    const isAsked = atMost !== undefined && reach.kind !== 'beyond';
    return {
      value,
      interval: reachInterval(interval, reach),
      probability: isAsked
        ? probabilityAtMost(intervals, forecast, undoReach(atMost, interval, reach), caseClass)
        : null,
    };
  });
}

function predictOpen(
  model: ModelAtWork,
  cells: CellRow,
  open: readonly number[],
  reach: CaseReach,
  atMost?: number,
): Answer {
  const { value, pooled } = forecastOpenCase(model, cells, open);
  if (pooled === null) return { value, interval: null, probability: null };
  const isAsked = atMost !== undefined && reach.kind !== 'beyond';
  const within = isAsked ? undoReach(atMost, pooled.interval, reach) : undefined;
  return {
    value,
    interval: reachInterval(pooled.interval, reach),
    probability:
      within === undefined
        ? null
        : (forecastOpenCase(model, cells, open, within).pooled?.probability ?? null),
  };
}
