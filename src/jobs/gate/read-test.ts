import type { TestPredictions } from '#training/contract.ts';
import type { AskedModel } from './ask-model.ts';

/** What a fit without the test outages said of them, as if the model had been asked: it has learnt none. */
export function readTest({ rows, actual, predicted, classes, intervals }: TestPredictions): AskedModel {
  const outages = rows.map((row, i) => {
    const levels = {
      p10: intervals?.p10[i] ?? NaN,
      p50: NaN,
      p80: intervals?.p80?.[i] ?? NaN,
      p90: intervals?.p90[i] ?? NaN,
    };
    const outage = {
      actual: actual[i] ?? NaN,
      predicted: predicted[i] ?? NaN,
      levels,
      learnt: false,
      label: classes?.labels[classes.codes[i] ?? -1] ?? null,
      unit: null,
    };
    return [row, outage] as const;
  });
  return { outages: new Map(outages), hasIntervals: intervals !== null, nUnderWay: 0, nRepeated: 0 };
}
