import { type IntervalBound, isClaimed, isRefused } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction } from '#inference/contract.ts';
import type { Answer } from './body-schemas.ts';
import type { ServedModel } from './served-model.ts';

type Note = Answer['notes'][number];

/** What a model says of one case, as the service tells it: a level, or the duration itself, is null where it is not claimed. */
export function writeAnswer(served: ServedModel, id: string, prediction: CasePrediction): Answer {
  const { interval, probability } = prediction;
  return {
    id,
    prediction: interval !== null && isRefused(interval) ? null : prediction.value,
    unit: served.model.summary.target.unit,
    p10: valueOf(interval?.p10),
    p50: valueOf(interval?.p50),
    p80: valueOf(interval?.p80),
    p90: valueOf(interval?.p90),
    ...(probability && { probability: probability.probability }),
    notes: listNotes(served, prediction),
    model: served.hash,
  };
}

function valueOf(bound: IntervalBound | undefined): number | null {
  return bound && isClaimed(bound) ? bound.value : null;
}

function listNotes({ model }: ServedModel, prediction: CasePrediction): readonly Note[] {
  const { interval, notes, open, reach, learnt } = prediction;
  const { features } = model.summary;
  const nameOf = (position: number) => features[position]?.name ?? '';
  const told: Note[] = notes.map(({ feature, code }) => ({ code, column: nameOf(feature) }));
  if (open?.way === 'wide') told.push({ code: 'wide' });
  if (reach.kind !== 'within') told.push({ code: reach.kind });
  if (interval === null) told.push({ code: 'no-intervals' });
  else if (isRefused(interval)) told.push({ code: 'refused' });
  if (learnt === 'yes') told.push({ code: 'learnt' });
  return told;
}
