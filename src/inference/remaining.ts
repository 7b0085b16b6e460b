import type { CellRow } from '#data/cell.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { isClaimed, isRefused } from '#evaluation/intervals/prediction-interval.ts';
import {
  type ElapsedCalibration,
  forecastForElapsed,
  listElapsed,
  predictElapsed,
} from '#evaluation/intervals/remaining.ts';
import { toCaseTable } from './case-table.ts';
import type { RemainingAnswer } from './contract.ts';
import { predictCases } from './forecast-cases.ts';
import { buildModelFeatures } from './model-features.ts';
import { findOpenInputs, settleCells } from './open-cells.ts';
import type { ModelAtWork } from './open-model.ts';
import { judgeReach, reachInterval } from './reach.ts';

/** Points of the curve by elapsed time at most. */
const N_POINTS = 24;

/**
 * What is still to come of an outage that has lasted `elapsed`, in the target's unit: levels of its whole duration, on the
 * past outages that reached as far, and the P80 at other times elapsed. `forecast` is another one than the model's own. Some
 * tens of milliseconds.
 */
export function predictRemaining(
  model: ModelAtWork,
  cells: CellRow,
  elapsed: number,
  forecast?: readonly number[],
): RemainingAnswer {
  const calibration = model.calibration?.elapsed;
  const refuse = (refusal: NonNullable<RemainingAnswer['refusal']>): RemainingAnswer => {
    return { elapsed, interval: null, curve: [], refusal };
  };
  if (calibration === undefined) return refuse('not-calibrated');
  const settled = settleCells(model.summary.features, cells);
  if (findOpenInputs(model.description, settled).length > 0) return refuse('open-cells');
  const reach = judgeReach(model, settled);
  if (reach.kind === 'beyond') return refuse('beyond');
  // What may not borrow from other outages for its duration may not for what is left of it.
  const [whole] = predictCases(model, [settled]);
  if (whole?.interval && isRefused(whole.interval)) return refuse('no-level');
  const told = forecast ?? forecastCase(model, calibration, settled);
  const answer = (lasted: number) => {
    const interval = reachInterval(predictElapsed(calibration, told, lasted), reach);
    return { lasted, interval };
  };
  return {
    elapsed,
    interval: answer(elapsed).interval,
    curve: listElapsed(calibration, N_POINTS).flatMap((lasted) => {
      const { p80 } = answer(lasted).interval;
      return isClaimed(p80) ? [{ elapsed: lasted, p80: p80.value, n: p80.n }] : [];
    }),
    refusal: null,
  };
}

function forecastCase(
  model: ModelAtWork,
  calibration: ElapsedCalibration,
  cells: CellRow,
): readonly number[] {
  const table = toCaseTable(model.description.inputs, [cells]);
  return forecastForElapsed(calibration, forecastDurations(model.model, buildModelFeatures(model, table)), 0);
}
