import type { HyperparameterRange } from '#models/hyperparameters.ts';
import type { Words } from '#language/words.ts';

/** "de 1 à 2 000 ; défaut 200": what a hyperparameter may be. */
export function describeRange(range: HyperparameterRange, { t, format }: Words): string {
  if (range.kind === 'choice') return '';
  return t(range.nullable ? 'model.analyst.rangeNone' : 'model.analyst.range', {
    min: format.number(range.min, 3),
    max: format.number(range.max, 3),
    default: range.default === null ? t('model.analyst.noLimit') : format.number(range.default, 3),
  });
}
