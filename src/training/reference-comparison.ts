import type { OutageSet } from '#data/outages.ts';
import type { SpecId } from '#models/model-spec.ts';
import type { Comparison } from './comparison.ts';
import type { SameOutages, TrainingResult } from './contract.ts';
import type { FinalFits } from './final-fits.ts';
import { compareOnSame, estimateDifference } from './score-summary.ts';

/** The chosen model beside what anyone could say, always on the same outages. */
export function compareWithReferences(
  chosen: SpecId,
  comparison: Comparison,
  { tested }: FinalFits,
  { target, announced }: OutageSet,
  testRows: Int32Array,
  seed: number,
): Pick<TrainingResult, 'besideAnnounced' | 'againstMedian'> {
  const measure = (predictionOf: (position: number, i: number) => number) => ({
    absoluteErrors: Float64Array.from(testRows, (position, i) =>
      Math.abs((target[position] as number) - predictionOf(position, i)),
    ),
  });
  const findErrors = (id: SpecId) => {
    const predicted = tested.get(id)?.forecasts.predicted;
    return predicted ? measure((_, i) => predicted[i] as number) : null;
  };
  const [model, median] = [findErrors(chosen), findErrors('median')];
  const said = comparison.scores.find(({ name }) => name === 'announced');
  const compared = comparison.scores.find(({ id }) => id === chosen);
  const saidOfTest = announced && measure((position) => announced[position] as number);
  return {
    againstMedian: model && median && estimateDifference(median, model, seed),
    besideAnnounced: said
      ? {
          cv: compared ? compareAnnounced(said, compared, seed) : null,
          test: model && saidOfTest && compareAnnounced(saidOfTest, model, seed),
        }
      : null,
  };
}

function compareAnnounced(...pair: Parameters<typeof compareOnSame>): SameOutages | null {
  const same = compareOnSame(...pair);
  return same && { n: same.n, announced: same.a, model: same.b, difference: same.difference };
}
