import type { RangeRow } from '#charts/range-plot.tsx';
import { type AxisScale, linearScale } from '#charts/ticks.ts';
import type { CoverageLevel, CoverageReport, GroupCoverage } from '#evaluation/intervals/coverage.ts';
import { readCoverage } from '#evaluation/intervals/coverage-reading.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import { tellBroken, tellCoverage } from '#report/coverage-sentences.ts';

export interface CoverageRow {
  readonly label: string;
  readonly n: number;
  /** Fraction at or below P80, and inside P10–P90; the reason instead where it cannot be told. */
  readonly p80: string;
  readonly p10p90: string;
  readonly width: string;
  /** False where a level lies outside what chance explains. */
  readonly isWithin: boolean;
}

/** All outages first, then each class by its size. */
export function viewCoverage(
  report: CoverageReport,
  unit: DurationUnitName,
  words: Words,
): readonly CoverageRow[] {
  const view = (label: string, group: GroupCoverage, isWhole: boolean): CoverageRow => ({
    label,
    n: group.n,
    p80: tellCoverage(group, 'p80', isWhole, words),
    p10p90: tellCoverage(group, 'p10p90', isWhole, words),
    width: words.format.duration(group.meanWidth, unit),
    isWithin: (['p80', 'p10p90'] as const).every((level) => {
      const reading = readCoverage(group, level);
      return reading.status !== 'found' || reading.isWithin || !(isWhole || reading.isEnough);
    }),
  });
  return [
    view(words.t('evaluation.coverage.all'), report.overall, true),
    ...sortClasses(report).map((group) => view(group.label, group, false)),
  ];
}

/** By decreasing size, then by name. */
function sortClasses({ classes }: CoverageReport): CoverageReport['classes'] {
  return classes.toSorted((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1));
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
  words: Words,
): ClassCoverageView {
  const { t, format } = words;
  const toRow = (label: string, group: GroupCoverage): ClassCoverageView['rows'][number] => {
    const reading = readCoverage(group, level);
    const shown = { label: `${label} (n = ${format.number(group.n)})`, n: group.n };
    if (reading.status !== 'found') {
      return { ...shown, found: null, note: tellCoverage(group, level, true, words) };
    }
    const { empirical: value, band, isWithin } = reading;
    return { ...shown, found: { value, low: band[0], high: band[1], isWithin }, note: '' };
  };
  const rows = [
    toRow(t('evaluation.coverage.all'), report.overall),
    ...sortClasses(report)
      .slice(0, MAX_CLASSES)
      .map((group) => toRow(group.label, group)),
  ];
  const { nominal } = report.overall.levels[level];
  const ends = rows.flatMap(({ found }) => (found ? [found.value, found.low, found.high] : []));
  const low = Math.max(0, Math.min(nominal, ...ends));
  const nJudged = rows.slice(1).filter(({ found }) => found !== null).length;
  const outside = rows.filter(({ found }) => found && !found.isWithin).map(({ label }) => label);
  return {
    rows,
    nominal,
    scale: withinOne(linearScale(low, Math.min(1, Math.max(nominal, ...ends)), 5)),
    sentence: tellBroken(outside, nJudged, words),
  };
}

function withinOne({ domain, ticks }: AxisScale): AxisScale {
  return {
    domain: [Math.max(0, domain[0]), Math.min(1, domain[1])],
    ticks: ticks.filter((tick) => tick >= 0 && tick <= 1),
  };
}
