import { findHeadline, type Headline } from '#inference/headline.ts';
import type { OutageReplay } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import { viewInterval } from './interval-sentences.ts';

/** How an outage was predicted by the model that had not seen it. */
export interface UnseenPrediction {
  readonly actual: number;
  readonly predicted: number;
  /** NaN where it could not be claimed. */
  readonly p10: number;
  readonly p90: number;
}

/** "L’arrêt a duré 3 jours de plus que prédit, dans sa fourchette." */
export function tellUnseen(unseen: UnseenPrediction, unit: DurationUnitName, { t, format }: Words): string {
  const { actual, predicted, p10, p90 } = unseen;
  const by = format.duration(Math.abs(actual - predicted), unit);
  const side = actual >= predicted ? 'longer' : 'shorter';
  const hasRange = !Number.isNaN(p10) && !Number.isNaN(p90);
  const place = !hasRange ? 'Plain' : actual >= p10 && actual <= p90 ? 'Within' : 'Outside';
  return t(`evaluation.outage.${side}${place}`, { by });
}

export interface ReplayView {
  readonly sentence: string;
  readonly headline: { readonly text: string; readonly kind: Headline['kind'] };
  /** Null where too few outages were known for it. */
  readonly range: string | null;
}

/** What would have been announced then, and how that compares. */
export function viewReplay(replay: OutageReplay, unit: DurationUnitName, words: Words): ReplayView {
  const { t, format, count } = words;
  const { actual, announced } = replay;
  const { value, kind } = findHeadline({ value: replay.predicted, interval: replay.interval });
  const { range } = viewInterval(replay.interval, unit, words);
  const place =
    kind === 'refused'
      ? 'refused'
      : range === null
        ? 'noRange'
        : actual < range.low
          ? 'below'
          : actual > range.high
            ? 'above'
            : 'within';
  const sentences = [
    t('evaluation.replay.known', {
      date: format.date(replay.knownAt),
      outages: count('common.outages', replay.nKnown),
    }),
    t(`evaluation.replay.${place}`, {
      said: format.duration(value, unit),
      range: range?.text ?? '',
      actual: format.duration(actual, unit),
    }),
  ];
  if (announced !== null && kind !== 'refused') {
    const isCloser = Math.abs(value - actual) <= Math.abs(announced - actual);
    sentences.push(
      t(`evaluation.replay.${isCloser ? 'closer' : 'further'}`, {
        announced: format.duration(announced, unit),
      }),
    );
  }
  return {
    sentence: sentences.join(' '),
    headline: { text: format.duration(value, unit), kind },
    range: range?.text ?? null,
  };
}
