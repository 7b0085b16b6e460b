import { AppError } from '#base/errors.ts';
import type { CellRow } from '#data/cell.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { isClaimed, type PredictionInterval } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction } from '#inference/contract.ts';
import { toCaseTable } from '#inference/case-table.ts';
import { hideCells, predictCases } from '#inference/forecast-cases.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import { settleCells } from '#inference/open-cells.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { FittedModel } from '#models/regressor.ts';
import { MOST_SCENARIOS } from '../contract.ts';
import type { CompareRequest, ScenarioDifferences, ScenarioDifference } from './contract.ts';
import { countBest, differExpected } from './expected-difference.ts';
import { differOutage } from './outage-difference.ts';
import { findCurves } from './case-curves.ts';

/**
 * Scenarios side by side, with the interval of the difference of any two: of what the model expects, by `worlds`
 * (`growWorlds`), and of this very outage. Errors, before any work: `plan-no-levels`, `scenarios-none`, `scenarios-many`,
 * `invalid-setting` for a link that is none. A question a world, then O(pairs).
 */
export function compareScenarios(
  model: ModelAtWork,
  worlds: readonly FittedModel[],
  { cases, from, atMost, link }: CompareRequest,
): ScenarioDifferences {
  const intervals = model.calibration?.intervals ?? null;
  if (intervals === null) throw new AppError('plan-no-levels', 'the model has no calibrated levels', {});
  if (cases.length === 0) throw new AppError('scenarios-none', 'no scenario to compare', {});
  if (cases.length > MOST_SCENARIOS) {
    throw new AppError('scenarios-many', `${cases.length} scenarios, at most ${MOST_SCENARIOS}`, {
      n: cases.length,
      maximum: MOST_SCENARIOS,
    });
  }
  if (!(link >= 0 && link <= 1)) {
    throw new AppError('invalid-setting', `link must be in [0, 1], got ${link}`, {
      name: 'link',
      value: link,
      min: 0,
      max: 1,
    });
  }
  const settled = cases.map((cells) => hideCells(model, settleCells(model.summary.features, cells)));
  const answers = predictCases(model, settled, atMost, from);
  const isWide = answers.some(({ open }) => open?.way === 'wide');
  const ask = isWide
    ? (fitted: FittedModel) =>
        predictCases({ ...model, model: fitted }, settled, undefined, from).map(({ value }) => value)
    : askFeatures(model, settled);
  // Of a case without levels nothing is claimed, no difference either.
  const expected = answers.map(({ value, interval }) => (interval && isClaimed(interval.p50) ? value : NaN));
  const inWorlds = { expected, worlds: worlds.map((world): ArrayLike<number> => ask(world)) };
  const curves = findCurves(model, settled, answers);
  const pairs = cases.flatMap((_, to) => Array.from({ length: to }, (__, index) => [index, to] as const));
  const differences = worlds.length > 0 ? differExpected(inWorlds, pairs) : null;
  const expectedOf = (p: number) => {
    const found = differences?.[p] ?? null;
    return found && Number.isNaN(found.value) ? null : found;
  };
  const best = worlds.length > 0 ? countBest(inWorlds) : null;
  return {
    scenarios: answers.map(({ interval, probability, value }, i) => ({
      cells: settled[i] ?? [],
      interval: interval as PredictionInterval,
      probability,
      expected: value,
      isBest: Number.isNaN(expected[i]) ? null : (best?.[i] ?? null),
    })),
    differences: pairs.map(([first, second], p): ScenarioDifference => {
      const [a, b] = [curves[first] ?? null, curves[second] ?? null];
      const band = expectedOf(p)?.band;
      return {
        from: first,
        to: second,
        expected: expectedOf(p),
        outage: a && b && differOutage(a, b, link),
        isIndiscernible: band !== undefined && band.low <= 0 && band.high >= 0,
        isUnseen: isSame(answers[first], answers[second]),
      };
    }),
    link,
    nWorlds: worlds.length,
  };
}

function askFeatures(model: ModelAtWork, cases: readonly CellRow[]) {
  const features = buildModelFeatures(model, toCaseTable(model.description.inputs, cases));
  return (fitted: FittedModel) => forecastDurations(fitted, features).predicted;
}

function isSame(a: CasePrediction | undefined, b: CasePrediction | undefined): boolean {
  return a?.value === b?.value && JSON.stringify(a?.interval) === JSON.stringify(b?.interval);
}
