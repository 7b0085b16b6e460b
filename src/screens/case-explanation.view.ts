import type { WaterfallBar } from '#charts/waterfall-plot.tsx';
import type { CellRow } from '#data/cell.ts';
import { countStepDigits } from '#explain/waterfall-reading.ts';
import type { FormFeature } from '#inference/contract.ts';
import type { CaseExplanation } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import { nameStep, tellWaterfall } from '#report/explanation-sentences.ts';

export interface CaseExplanationView {
  /** From any outage to the answer; each bar starts where the one before ended. */
  readonly bars: readonly WaterfallBar[];
  readonly sentence: string;
}

/** A step as small as this is drawn together with the model's estimate. */
const NEGLIGIBLE_STEP = 0.005;

/**
 * The waterfall from what the model says of any outage to the answer in large figures: where that is the P50 and not the model's own estimate,
 * the past errors' correction is the last step.
 */
export function viewCaseExplanation(
  waterfall: NonNullable<CaseExplanation['waterfall']>,
  answer: number,
  features: readonly FormFeature[],
  cells: CellRow,
  unit: DurationUnitName,
  words: Words,
): CaseExplanationView {
  const { t, format, count } = words;
  const steps = waterfall.steps.map(({ column, contribution }) => ({
    label: nameStep(column, features, cells, words),
    contribution,
  }));
  if (waterfall.rest) {
    const { nColumns, contribution } = waterfall.rest;
    steps.push({ label: count('scenarios.why.rest', nColumns), contribution });
  }
  const correction = answer - waterfall.prediction;
  const digits = countStepDigits(waterfall.steps);
  const least = Math.max(NEGLIGIBLE_STEP * Math.abs(waterfall.prediction), 0.5 * 10 ** -digits);
  const isCorrected = Math.abs(correction) > least;
  if (isCorrected) steps.push({ label: t('scenarios.why.correction'), contribution: correction });
  let reached = waterfall.base;
  const bars: WaterfallBar[] = [
    {
      label: t('scenarios.why.base'),
      from: null,
      to: reached,
      text: format.duration(reached, unit),
    },
  ];
  for (const { label, contribution } of steps) {
    const from = reached;
    reached += contribution;
    bars.push({ label, from, to: reached, text: format.durationChange(contribution, unit, digits) });
  }
  bars.push({
    label: t('scenarios.why.answer'),
    from: null,
    to: answer,
    text: format.duration(answer, unit),
  });
  const way = tellWaterfall(waterfall, answer, features, cells, unit, words);
  const change = format.durationChange(correction, unit, digits);
  return { bars, sentence: isCorrected ? `${way} ${t('scenarios.why.corrected', { change })}` : way };
}
