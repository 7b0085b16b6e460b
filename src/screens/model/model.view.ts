import type { HyperparameterRange } from '#models/hyperparameters.ts';
import type { Words } from '#language/words.ts';
import type { Preparation } from '#jobs/dataset/contract.ts';
import type { TrainingSettings } from '#training/contract.ts';
import { type ForeseenBasis, foreseeBasis, withinReach } from '#training/default-basis.ts';
import { listReach } from '#store/learning-request.ts';

/** "de 1 à 2 000 ; défaut 200": what a hyperparameter may be. */
export function describeRange(range: HyperparameterRange, { t, format }: Words): string {
  if (range.kind === 'choice') return '';
  return t(range.nullable ? 'model.analyst.rangeNone' : 'model.analyst.range', {
    min: format.number(range.min, 3),
    max: format.number(range.max, 3),
    default: range.default === null ? t('model.analyst.noLimit') : format.number(range.default, 3),
  });
}

/** What the open file's training will rest on and be judged by, and which of it nobody chose. */
export interface BasisView extends ForeseenBasis {
  readonly isHorizonLeft: boolean;
  readonly isSplitLeft: boolean;
}

export function viewBasis(settings: TrainingSettings, preparation: Preparation | null): BasisView {
  if (preparation === null) {
    return { horizon: 'start', split: 'random', isHorizonLeft: true, isSplitLeft: true };
  }
  const own = withinReach(settings, listReach(preparation));
  return {
    ...foreseeBasis(own, preparation.defaults),
    isHorizonLeft: own.horizon.kind === 'auto',
    isSplitLeft: own.split.kind === 'auto',
  };
}

/** Columns that training will learn from. */
export function countLearntColumns(
  { features, planning }: Preparation,
  { horizon }: Pick<BasisView, 'horizon'>,
): number {
  const later = new Set(horizon === 'plan' ? planning?.knownLater : []);
  return new Set(features.map(({ column }) => column).filter((column) => !later.has(column))).size;
}
