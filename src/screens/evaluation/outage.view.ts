import type { ColumnProfile } from '#data/profile.ts';
import type { RecipeStep } from '#data/recipe/recipe-step.ts';
import type { TablePage } from '#jobs/dataset/contract.ts';
import type { OutageReplay } from '#jobs/explanation/contract.ts';
import type { TestPredictions, TrainingResult } from '#training/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/use-words.ts';
import { formatCell } from '../format-cell.ts';
import { findHeadline, viewInterval } from '../interval.view.ts';

type Said = Pick<Words, 't' | 'format'>;

/** How an outage was predicted by the model that had not seen it; null for one that was no test outage. */
export interface UnseenPrediction {
  readonly actual: number;
  readonly predicted: number;
  /** NaN where it could not be claimed. */
  readonly p10: number;
  readonly p90: number;
  readonly className: string | null;
}

export function findUnseen(test: TestPredictions, row: number): UnseenPrediction | null {
  const { rows, actual, predicted, intervals, classes } = test;
  const at = rows.indexOf(row);
  if (at < 0) return null;
  return {
    actual: actual[at] ?? NaN,
    predicted: predicted[at] ?? NaN,
    p10: intervals?.p10[at] ?? NaN,
    p90: intervals?.p90[at] ?? NaN,
    className: classes?.labels[classes.codes[at] ?? -1] ?? null,
  };
}

/** "L’arrêt a duré 3 jours de plus que prédit, dans sa fourchette." */
export function tellUnseen(unseen: UnseenPrediction, unit: DurationUnitName, { t, format }: Said): string {
  const { actual, predicted, p10, p90 } = unseen;
  const by = format.duration(Math.abs(actual - predicted), unit);
  const side = actual >= predicted ? 'longer' : 'shorter';
  const hasRange = !Number.isNaN(p10) && !Number.isNaN(p90);
  const place = !hasRange ? 'Plain' : actual >= p10 && actual <= p90 ? 'Within' : 'Outside';
  return t(`evaluation.outage.${side}${place}`, { by });
}

/** Each filled cell of the outage as the file has it. */
export function listCells(
  { columns, rows }: TablePage,
  profiles: readonly ColumnProfile[],
  format: Words['format'],
): readonly { readonly name: string; readonly text: string }[] {
  const profileOf = new Map(profiles.map((profile) => [profile.name, profile]));
  return columns.flatMap(({ name }, index) => {
    const profile = profileOf.get(name);
    const text = profile ? formatCell(rows[0]?.[index] ?? null, profile, format) : '';
    return text === '' ? [] : [{ name, text }];
  });
}

/** The step of the recipe that leaves the outage out by name. */
export function findExclusion(steps: readonly RecipeStep[], row: number): RecipeStep | null {
  return (
    steps.find(
      ({ action, isEnabled }) => isEnabled && action.kind === 'exclude-rows' && action.rows.includes(row),
    ) ?? null
  );
}

/** A replay takes the day the outage began, and a unit to tell which others were over by then. */
export function canReplay({ target, test }: Pick<TrainingResult, 'target' | 'test'>): boolean {
  return target.unit !== 'unknown' && test.starts !== null;
}

export interface ReplayView {
  readonly sentence: string;
  readonly headline: { readonly text: string; readonly isP50: boolean };
  /** Null where too few outages were known for it. */
  readonly range: string | null;
}

/** What would have been announced then, and how that compares. */
export function viewReplay(replay: OutageReplay, unit: DurationUnitName, said: Said): ReplayView {
  const { t, format } = said;
  const { value, isP50 } = findHeadline({ value: replay.predicted, interval: replay.interval });
  const { range } = viewInterval(replay.interval, unit, said);
  const known = t('evaluation.replay.known', {
    date: format.date(replay.knownAt),
    outages: t('common.outages', { count: replay.nKnown, n: format.number(replay.nKnown) }),
  });
  const then = t(
    range === null
      ? 'evaluation.replay.noRange'
      : replay.actual < range.low
        ? 'evaluation.replay.below'
        : replay.actual > range.high
          ? 'evaluation.replay.above'
          : 'evaluation.replay.within',
    {
      said: format.duration(value, unit),
      range: range?.text ?? '',
      actual: format.duration(replay.actual, unit),
    },
  );
  const announced =
    replay.announced === null
      ? []
      : [
          t(`evaluation.replay.${findCloser(replay, value)}`, {
            announced: format.duration(replay.announced, unit),
          }),
        ];
  return {
    sentence: [known, then, ...announced].join(' '),
    headline: { text: format.duration(value, unit), isP50 },
    range: range?.text ?? null,
  };
}

/** Whether the model or the announced duration came closer to what it took. */
function findCloser({ announced, actual }: OutageReplay, said: number): 'closer' | 'further' {
  return Math.abs(said - actual) <= Math.abs((announced ?? NaN) - actual) ? 'closer' : 'further';
}
