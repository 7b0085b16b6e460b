import type { HyperparameterRange } from '#models/hyperparameters.ts';
import type { ModelScore, TrainingResult } from '#training/contract.ts';
import type { Words } from '#language/use-words.ts';

/** "de 1 à 2 000 ; défaut 200": what a hyperparameter may be. */
export function describeRange(
  range: HyperparameterRange,
  { t, format }: Pick<Words, 't' | 'format'>,
): string {
  if (range.kind === 'choice') return '';
  return t(range.nullable ? 'model.analyst.rangeNone' : 'model.analyst.range', {
    min: format.number(range.min, 3),
    max: format.number(range.max, 3),
    default: range.default === null ? t('model.analyst.noLimit') : format.number(range.default, 3),
  });
}

export function findScore(result: TrainingResult, name: ModelScore['name']): ModelScore | undefined {
  return result.models.find((model) => model.name === name);
}

export interface ResultView {
  readonly mae: string;
  readonly median: string | null;
  /** Compared with always announcing the median: positive when the model is better. */
  readonly gain: number | null;
  readonly scaleSentence: string;
  readonly choiceSentence: string;
}

/** The figures and sentences that sum up a training. */
export function viewResult(result: TrainingResult, words: Pick<Words, 't' | 'format'>): ResultView {
  const { t, format } = words;
  const { unit } = result.target;
  const chosen = findScore(result, result.chosen);
  const median = findScore(result, 'median');
  const isOnlyOne = result.warnings.some(({ code }) => code === 'log-scale-not-possible');
  return {
    mae: chosen ? format.duration(chosen.test.mae, unit, 2) : '–',
    median: median ? format.duration(median.test.mae, unit, 2) : null,
    gain: chosen && median && median.test.mae > 0 ? 1 - chosen.test.mae / median.test.mae : null,
    scaleSentence: t(
      result.chosen === 'blend'
        ? 'model.result.scale.blend'
        : isOnlyOne && result.scale === 'identity'
          ? 'model.result.scale.identityOnly'
          : `model.result.scale.${result.scale}${result.settings.scale === 'auto' ? '' : 'Given'}`,
    ),
    choiceSentence: t(`model.selection.${result.choice.reason}`, {
      best: t(`terms.model.${result.choice.best}`),
    }),
  };
}

type SaidWarning = Exclude<TrainingResult['warnings'][number]['code'], 'log-scale-not-possible'>;

/** What to warn of: a logarithm that was not possible is said by the sentence on the scale. */
export function findWarnings(result: TrainingResult): readonly SaidWarning[] {
  return result.warnings
    .map(({ code }) => code)
    .filter((code): code is SaidWarning => code !== 'log-scale-not-possible');
}
