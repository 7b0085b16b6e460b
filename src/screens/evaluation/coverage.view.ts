import type { RangeRow } from '#charts/range-plot.tsx';
import { type AxisScale, linearScale } from '#charts/ticks.ts';
import type { CoverageLevel, CoverageReport, GroupCoverage } from '#evaluation/intervals/coverage.ts';
import { neededForLower, neededForUpper } from '#evaluation/intervals/order-statistic.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/use-words.ts';

type Said = Pick<Words, 't' | 'format'>;

/** Calibration outages that a level takes. */
const neededFor: Readonly<Record<CoverageLevel, number>> = {
  p10: neededForLower(0.1),
  p50: neededForUpper(0.5),
  p80: neededForUpper(0.8),
  p90: neededForUpper(0.9),
  p10p90: Math.max(neededForLower(0.1), neededForUpper(0.9)),
};

/** "non revendicable (7 < 9)"; null where the class has outages enough. */
function refuseLevel(level: CoverageLevel, { n }: GroupCoverage, { t, format }: Said): string | null {
  return n >= neededFor[level]
    ? null
    : t('scenarios.interval.notClaimable', {
        n: format.number(n),
        needed: format.number(neededFor[level]),
      });
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
  said: Said,
): readonly CoverageRow[] {
  const { t, format } = said;
  const classes = [...report.classes].sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1));
  const view = (label: string, group: GroupCoverage, isWhole: boolean): CoverageRow => {
    const { p80, p10p90 } = group.levels;
    const isEnough = isWhole || group.n >= MIN_FOR_COVERAGE;
    const tell = ({ level, empirical, band: [low, high], n }: typeof p80) =>
      refuseLevel(level, group, said) ??
      (!isEnough
        ? t('evaluation.coverage.few', { n: format.number(group.n), needed: format.number(MIN_FOR_COVERAGE) })
        : n === 0
          ? t('evaluation.coverage.notClaimable')
          : t('evaluation.coverage.share', {
              share: format.percent(empirical),
              low: format.percent(low),
              high: format.percent(high),
            }));
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

export interface ClassCoverageView {
  /** All outages first, then each class by its size. */
  readonly rows: readonly (RangeRow & { readonly n: number })[];
  readonly nominal: number;
  readonly scale: AxisScale;
  /** Where the promise is not kept, if anywhere. */
  readonly sentence: string;
}

/** Classes that the chart has rows for. */
const MAX_CLASSES = 14;

export function viewClassCoverage(
  report: CoverageReport,
  level: CoverageLevel,
  said: Said,
): ClassCoverageView {
  const { t, format } = said;
  const classes = report.classes.toSorted((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1));
  const toRow = (label: string, group: GroupCoverage): ClassCoverageView['rows'][number] => {
    const { empirical, n, band, isWithin } = group.levels[level];
    const refusal = refuseLevel(level, group, said);
    return {
      label: `${label} (n = ${format.number(group.n)})`,
      n: group.n,
      found: refusal === null && n > 0 ? { value: empirical, low: band[0], high: band[1], isWithin } : null,
      note: refusal ?? (n === 0 ? t('evaluation.coverage.notClaimable') : ''),
    };
  };
  const rows = [
    toRow(t('evaluation.coverage.all'), report.overall),
    ...classes.slice(0, MAX_CLASSES).map((group) => toRow(group.label, group)),
  ];
  const { nominal } = report.overall.levels[level];
  const ends = rows.flatMap(({ found }) => (found ? [found.value, found.low, found.high] : []));
  const low = Math.max(0, Math.min(nominal, ...ends));
  const outside = rows.filter(({ found }) => found && !found.isWithin).map(({ label }) => label);
  return {
    rows,
    nominal,
    scale: withinOne(linearScale(low, Math.min(1, Math.max(nominal, ...ends)), 5)),
    sentence:
      outside.length === 0
        ? t('evaluation.coverage.allKept')
        : t('evaluation.coverage.notKept', { classes: outside.join(', ') }),
  };
}

function withinOne({ domain, ticks }: AxisScale): AxisScale {
  return {
    domain: [Math.max(0, domain[0]), Math.min(1, domain[1])],
    ticks: ticks.filter((tick) => tick >= 0 && tick <= 1),
  };
}
