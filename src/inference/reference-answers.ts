import type { CellRow } from '#data/cell.ts';
import type { IntervalBound } from '#evaluation/intervals/prediction-interval.ts';
import type { ModelDescription } from '#models/model-description.ts';
import type { ReferenceAnswer } from '#models/model-file-schema.ts';
import { throwAltered } from '#models/open-model-file.ts';
import type { FittedModel } from '#models/regressor.ts';
import { predictCases } from './forecast-cases.ts';
import { type ModelAtWork, putToWork } from './open-model.ts';

/** Cases asked beside the typical one. */
const N_OTHERS = 4;

/**
 * What a model says of a few cases, to be kept in its file: the typical one, and others along the range of each number
 * and by other labels. A program that answers them otherwise reads the file otherwise, and must not.
 */
export function askReferenceAnswers(
  model: FittedModel,
  description: ModelDescription,
): readonly ReferenceAnswer[] {
  const atWork = putToWork('written', { model, description, hash: '' });
  const { features } = atWork.summary;
  const typical = features.map((feature) => feature.typical);
  const others = Array.from({ length: N_OTHERS }, (_, i) =>
    features.map((feature, position): string | number | null => {
      // Not all at once the least or the greatest.
      const step = (i + position) % N_OTHERS;
      if (feature.type === 'number')
        return [feature.p5, feature.median, feature.p95, feature.max][step] ?? null;
      if (feature.type === 'date') return i % 2 === 0 ? feature.typical : feature.max;
      return feature.categories[step % feature.categories.length] ?? null;
    }),
  );
  return answerAll(atWork, [typical, ...others]);
}

/** Throws `model-file-altered` where the model no longer says what it said when its file was written. */
export function checkReferenceAnswers(model: ModelAtWork, answers: readonly ReferenceAnswer[]): void {
  const again = answerAll(
    model,
    answers.map(({ cells }) => cells),
  );
  const isSame = (a: ReferenceAnswer, b: ReferenceAnswer | undefined) =>
    a.value === b?.value && a.p10 === b.p10 && a.p80 === b.p80;
  if (!answers.every((answer, i) => isSame(answer, again[i]))) throwAltered('reference answers');
}

function answerAll(model: ModelAtWork, cases: readonly CellRow[]): readonly ReferenceAnswer[] {
  return predictCases(model, cases).map(({ value, interval }, i) => ({
    cells: [...(cases[i] ?? [])],
    value,
    p10: interval ? claimed(interval.p10) : null,
    p80: interval ? claimed(interval.p80) : null,
  }));
}

function claimed(bound: IntervalBound): number | null {
  return 'value' in bound ? bound.value : null;
}
