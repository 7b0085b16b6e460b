import { median, rankByFrequency } from '#base/statistics.ts';
import { type AxisScale, linearScale, logScale } from '#charts/ticks.ts';
import type { ChartTable } from '#charts/chart-frame.tsx';
import type { Point } from '#charts/plot-points.ts';
import type { TestPredictions } from '#training/contract.ts';
import type { Words } from '#language/words.ts';

export interface ScatterView {
  readonly points: readonly Point[];
  readonly groups: readonly string[];
  readonly canBeLog: boolean;
}

/** Groups shown by name; the others together under one. */
const MAX_GROUPS = 6;

/** Test rows as points: predicted on x, and on y the actual duration or the residual. */
export function viewTestPoints(
  test: TestPredictions,
  y: 'actual' | 'residual',
  { t, format }: Words,
): ScatterView {
  const { rows, actual, predicted, classes, intervals } = test;
  const { groups, groupOf } = groupClasses(classes, t('evaluation.scatter.others'), t('common.missing'));
  const points = rows.map((row, i): Point => {
    const x = predicted[i] ?? NaN;
    const real = actual[i] ?? NaN;
    const code = classes?.codes[i] ?? -1;
    const label = classes && code >= 0 ? (classes.labels[code] ?? '') : '';
    return {
      x,
      y: y === 'actual' ? real : real - x,
      group: groupOf(code),
      label: [t('evaluation.scatter.row', { row: format.plain(row + 1) }), label].filter(Boolean).join(' · '),
      row,
      isHollow:
        intervals && y === 'actual'
          ? real < (intervals.p10[i] ?? NaN) || real > (intervals.p90[i] ?? NaN)
          : false,
    };
  });
  const canBeLog = points.every((point) => point.x > 0 && point.y > 0);
  return { points, groups, canBeLog };
}

/** The points as a table: row of the file, class, and what the two axes show. */
export function tablePoints(
  { points, groups }: Pick<ScatterView, 'points' | 'groups'>,
  axes: readonly [x: string, y: string],
  { t }: Words,
): ChartTable {
  return {
    headers: [t('data.table.row'), t('charts.class'), ...axes],
    rows: points.map(({ row = 0, group, x, y }) => [row + 1, groups[group] ?? '', x, y]),
  };
}

/** Classes by decreasing frequency; beyond the sixth they share the last group. */
export function groupClasses(
  classes: TestPredictions['classes'],
  others: string,
  missing: string,
): { readonly groups: readonly string[]; readonly groupOf: (code: number) => number } {
  if (!classes) return { groups: [], groupOf: () => -1 };
  const ranked = rankByFrequency(classes.codes);
  const hasOthers = ranked.length > MAX_GROUPS + 1;
  const named = hasOthers ? ranked.slice(0, MAX_GROUPS) : ranked;
  const groups = named.map((code) => (code < 0 ? missing : (classes.labels[code] ?? '')));
  return {
    groups: hasOthers ? [...groups, others] : groups,
    groupOf: (code) => {
      const place = named.indexOf(code);
      return place >= 0 ? place : groups.length;
    },
  };
}

/** The same limits for both axes, so that the diagonal is where the eye expects it. */
export function equalScale(points: readonly Point[], isLog: boolean): AxisScale {
  const values = points.flatMap(({ x, y }) => [x, y]).filter(Number.isFinite);
  const low = Math.min(...values);
  const high = Math.max(...values);
  return isLog ? logScale(low, high) : linearScale(low, high);
}

/** Durations so uneven that a plain axis would press most points into a corner. */
export function isHeavyTailed(points: readonly Point[]): boolean {
  const durations = points.map(({ y }) => y).filter(Number.isFinite);
  return Math.max(...durations) > 10 * median(durations);
}
