import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { isClaimed, predictInterval, predictUpper } from '#evaluation/intervals/prediction-interval.ts';
import type { CellRow } from '#data/cell.ts';
import { createClassFinder, toCaseTable } from './case-table.ts';
import { hideCells, isLookedAway } from './forecast-cases.ts';
import { forecastOpenCase } from './forecast-open.ts';
import { buildModelFeatures } from './model-features.ts';
import { type CellsFrom, findOpenInputs, settleCells } from './open-cells.ts';
import type { ModelAtWork } from './open-model.ts';
import { judgeReach, reachLevel } from './reach.ts';

/** What a case's duration stays at or below with each probability. */
export interface LevelForecast {
  /** In the target's unit, never falling; null where the past outages of the case carry no such level. */
  readonly levels: readonly (number | null)[];
  /** Past outages that they rest on; 0 without levels. */
  readonly n: number;
}

/**
 * Levels of cases at any shares, ascending: those that `predictCases` gives of the four it knows, and all between. What is to
 * be judged afterwards is kept by them. O(cases × (trees × depth + shares × log n)).
 */
export function forecastLevels(
  model: ModelAtWork,
  cases: readonly CellRow[],
  shares: readonly number[],
  from: CellsFrom = 'form',
): readonly LevelForecast[] {
  const none = { levels: shares.map(() => null), n: 0 };
  const intervals = model.calibration?.intervals ?? null;
  if (intervals === null) return cases.map(() => none);
  const { features } = model.summary;
  const settled = cases.map((cells) => hideCells(model, settleCells(features, cells)));
  const table = toCaseTable(model.description.inputs, settled);
  const forecasts = forecastDurations(model.model, buildModelFeatures(model, table));
  const findClass = createClassFinder(table, model.calibration);
  return settled.map((cells, i): LevelForecast => {
    const reach = judgeReach(model, cells);
    if (reach.kind === 'beyond') return none;
    const open = findOpenInputs(model.description, cells, from);
    if (!open.every((position) => isLookedAway(model, position))) {
      const { pooled } = forecastOpenCase(model, cells, open, undefined, shares);
      if (!pooled || !isClaimed(pooled.interval.p80)) return none;
      const { levels, interval } = pooled;
      const reached = levels.map((level) => (level === null ? null : reachLevel(level, interval.p50, reach)));
      return { levels: raise(reached), n: interval.p80.n };
    }
    const forecast = forecastOf(intervals, { ...forecasts, actual: forecasts.predicted }, i);
    const caseClass = findClass(i);
    const { p50, p80 } = predictInterval(intervals, forecast, caseClass);
    if (!isClaimed(p80)) return none;
    const levels = shares.map((share) => {
      const bound = predictUpper(intervals, forecast, share, caseClass);
      return isClaimed(bound) ? reachLevel(bound.value, p50, reach) : null;
    });
    return { levels: raise(levels), n: p80.n };
  });
}

/** Rounding must not make a higher level the shorter one. */
function raise(levels: readonly (number | null)[]): readonly (number | null)[] {
  let most = -Infinity;
  return levels.map((level) => {
    if (level === null) return null;
    most = Math.max(most, level);
    return most;
  });
}
