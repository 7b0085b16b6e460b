import type { CoverageReport, GroupCoverage } from '#evaluation/intervals/coverage.ts';
import { type GroupScore, scoreByClass, scoreByYear } from '#evaluation/score-groups.ts';
import type { DataCurve } from '#jobs/insight.ts';
import type { PairedDifference, TestPredictions, TrainingResult } from '#jobs/training.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/use-words.ts';

type Said = Pick<Words, 't' | 'format'>;

const MAX_GROUPS = 20;

/** Null where the result holds none: training was stopped, or is older than intervals. */
export function coverageOf({ coverage }: Partial<Pick<TrainingResult, 'coverage'>>): CoverageReport | null {
  return coverage ?? null;
}

/** "en moyenne 6,2 jours plus juste que l'annonce (n = 214)"; null where the file has no announced durations. */
export function describeSkill(
  { againstAnnounced, target }: Pick<TrainingResult, 'againstAnnounced' | 'target'>,
  { t, format }: Said,
): string | null {
  if (!againstAnnounced || againstAnnounced.nSamples === 0) return null;
  const { value, low, high, nSamples } = againstAnnounced;
  const kind = low > 0 ? 'better' : high < 0 ? 'worse' : 'same';
  return t(`evaluation.skill.${kind}`, {
    days: format.duration(Math.abs(value), target.unit),
    n: format.number(nSamples),
    range: writeRange(againstAnnounced, { format }),
  });
}

/** "[+0,2 ; +1,4]": the 90 % interval of a paired difference. */
export function writeRange({ low, high }: PairedDifference, { format }: Pick<Words, 'format'>): string {
  return `[${signed(low, format)} ; ${signed(high, format)}]`;
}

export function signed(value: number, format: Words['format']): string {
  return value > 0 ? `+${format.fixed(value, 2)}` : format.fixed(value, 2);
}

/** Fewer outages of a class than this do not tell whether a share is kept. */
export const MIN_FOR_COVERAGE = 30;

export interface CoverageRow {
  readonly label: string;
  readonly n: number;
  /** Share at or below P80, and inside P10–P90; the reason instead where it cannot be told. */
  readonly p80: string;
  readonly p10p90: string;
  readonly width: string;
  /** False where a share lies outside what chance explains. */
  readonly isWithin: boolean;
}

/** All outages first, then each class by its size. */
export function viewCoverage(
  report: CoverageReport,
  unit: DurationUnitName,
  { t, format }: Said,
): readonly CoverageRow[] {
  const classes = [...report.classes].sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1));
  const view = (label: string, group: GroupCoverage, isWhole: boolean): CoverageRow => {
    const { p80, p10p90 } = group.levels;
    const isEnough = isWhole || group.n >= MIN_FOR_COVERAGE;
    const tell = ({ empirical, band: [low, high], n }: typeof p80) =>
      !isEnough
        ? t('evaluation.coverage.few', { n: format.number(group.n), needed: format.number(MIN_FOR_COVERAGE) })
        : n === 0
          ? t('evaluation.coverage.notClaimable')
          : t('evaluation.coverage.share', {
              share: format.percent(empirical),
              low: format.percent(low),
              high: format.percent(high),
            });
    return {
      label,
      n: group.n,
      p80: tell(p80),
      p10p90: tell(p10p90),
      width: format.duration(group.meanWidth, unit),
      isWithin: !isEnough || [p80, p10p90].every(({ n, isWithin }) => n === 0 || isWithin),
    };
  };
  return [
    view(t('evaluation.coverage.all'), report.overall, true),
    ...classes.map((group) => view(group.label, group, false)),
  ];
}

/** How the model did on the test outages by class (the largest first) or by year of start; at most 20. */
export function groupErrors(
  { actual, predicted, classes, starts }: TestPredictions,
  by: 'class' | 'year',
): readonly GroupScore[] {
  const groups =
    by === 'year'
      ? starts && scoreByYear(actual, predicted, starts)
      : classes && scoreByClass(actual, predicted, classes.codes, classes.labels);
  return (groups ?? []).slice(0, MAX_GROUPS);
}

/** A gain from the last half of the outages below this share of the error is no gain to wait for. */
const WORTHWHILE = 0.02;

/** Would more outages help? */
export function judgeDataCurve({ points }: DataCurve, unit: DurationUnitName, { t, format }: Said): string {
  const last = points.at(-1);
  const half = last && points.findLast(({ nOutages }) => nOutages <= 0.55 * last.nOutages);
  if (!last || !half) return t('evaluation.dataCurve.tooShort');
  const gain = half.mae - last.mae;
  return t(gain > WORTHWHILE * half.mae ? 'evaluation.dataCurve.helps' : 'evaluation.dataCurve.flat', {
    from: format.number(half.nOutages),
    to: format.number(last.nOutages),
    gain: format.duration(Math.abs(gain), unit, 2),
    before: format.duration(half.mae, unit, 2),
    after: format.duration(last.mae, unit, 2),
  });
}
