import { rankByFrequency, median } from '#base/statistics.ts';
import { type AxisScale, linearScale, logScale } from '#charts/ticks.ts';
import type { ChartTable } from '#charts/chart-frame.tsx';
import type { Point } from '#charts/plot-points.ts';
import { computeMetrics } from '#evaluation/metrics.ts';
import type { LearningCurve, TestPredictions, TrainingResult } from '#training/contract.ts';
import type { Words } from '#language/use-words.ts';

type Said = Pick<Words, 't' | 'format'>;

export interface Verdict {
  readonly sentence: string;
  readonly bias: string;
  readonly split: string;
}

/** A bias under this share of the mean error is not worth a sentence. */
const NEGLIGIBLE_BIAS = 0.1;
/** Where no more than this share is late, a late mean is the work of a few very long outages. */
const HALF_LATE = 0.55;
/** Less gain than this on the median is no gain to speak of. */
const NEGLIGIBLE_GAIN = 0.03;

/** What the model is worth, in plain words. */
export function viewVerdict(result: TrainingResult, { t, format }: Said): Verdict {
  const { unit } = result.target;
  const mae = result.models.find(({ name }) => name === result.chosen)?.test.mae ?? NaN;
  const median = result.models.find(({ name }) => name === 'median')?.test.mae ?? NaN;
  const gain = 1 - mae / median;
  const { bias, shareLate } = computeMetrics(result.test.actual, result.test.predicted);
  const kind = gain >= NEGLIGIBLE_GAIN ? 'better' : gain >= 0 ? 'same' : 'worse';
  const n = result.rows.test;
  return {
    sentence: t(`evaluation.verdict.${kind}`, {
      outages: t('common.outages', { count: n, n: format.number(n) }),
      mae: format.duration(mae, unit, 2),
      median: format.duration(median, unit, 2),
      gain: format.percent(gain),
    }),
    bias: t(`evaluation.verdict.${nameBias(bias, mae, shareLate)}`, {
      bias: format.duration(Math.abs(bias), unit, 2),
      share: format.percent(shareLate),
    }),
    split: t(`evaluation.verdict.${result.settings.split.kind}Split`),
  };
}

function nameBias(bias: number, mae: number, shareLate: number) {
  if (Math.abs(bias) < NEGLIGIBLE_BIAS * mae) return 'biasNone';
  if (bias < 0) return 'biasEarly';
  return shareLate <= HALF_LATE ? 'biasLateByFew' : 'biasLate';
}

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
  { t, format }: Said,
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
  { t }: Pick<Words, 't'>,
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

/** More above the lowest error than this share is a rise, and less gained in the last tenth is no fall. */
const NEGLIGIBLE_CHANGE = 0.005;

/** What the test error does along the trees, and whether this is the model that was retained. */
export function viewCurveVerdict(
  chosen: TrainingResult['chosen'],
  { model, validation, bestIteration }: LearningCurve,
  { t, format }: Said,
): string {
  const lowest = validation[bestIteration - 1] ?? NaN;
  const last = validation.at(-1) ?? NaN;
  const beforeLastTenth = validation[Math.floor(0.9 * (validation.length - 1))] ?? NaN;
  const course =
    last > lowest * (1 + NEGLIGIBLE_CHANGE)
      ? 'rises'
      : last < beforeLastTenth * (1 - NEGLIGIBLE_CHANGE)
        ? 'falls'
        : 'flat';
  const verdict = t(`evaluation.curve.verdict.${course}`, { best: format.number(bestIteration) });
  if (model === chosen) return verdict;
  return `${verdict} ${t('evaluation.curve.notChosen', { chosen: t(`terms.model.${chosen}`) })}`;
}

/** Durations so uneven that a plain axis would press most points into a corner. */
export function isHeavyTailed(points: readonly Point[]): boolean {
  const durations = points.map(({ y }) => y).filter(Number.isFinite);
  return Math.max(...durations) > 10 * median(durations);
}
