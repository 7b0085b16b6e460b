import type { NumberAxis } from '#charts/number-axes.tsx';
import type { Point } from '#charts/plot-points.ts';
import { type AxisScale, linearScale } from '#charts/ticks.ts';
import type { Column } from '#data/table.ts';
import { findRobustRange, findSliceMedians } from '#evaluation/residual-profile.ts';
import type { TestPredictions, TrainingResult } from '#training/contract.ts';
import type { Words } from '#language/words.ts';
import { viewColumnAxis, viewTrend } from './column-axis.view.ts';
import { viewTestPoints } from './evaluation.view.ts';

/** What residuals can be drawn against beside the prediction: what the model asks for, and the start. */
export function listResidualColumns({ roles, inputs }: TrainingResult): readonly string[] {
  const start = roles.flatMap(({ role, column }) => (role === 'start' ? [column] : []));
  return [...new Set([...start, ...inputs])];
}

export interface ResidualsView {
  readonly points: readonly Point[];
  readonly groups: readonly string[];
  readonly x: Omit<NumberAxis, 'label'>;
  readonly y: AxisScale;
  readonly trend: {
    readonly points: readonly { readonly x: number; readonly y: number }[];
    readonly isApart: boolean;
  };
  /** Points beyond the axis, drawn on its ends. */
  readonly nBeyond: number;
  /** What a point's place on x stands for. */
  readonly write: (index: number) => string;
  readonly cellOf: (index: number) => number | string;
}

/** Against the predicted duration where no column is given. */
export function viewResiduals(
  test: TestPredictions,
  column: Column | null,
  isWhole: boolean,
  words: Words,
): ResidualsView {
  const { points: byPrediction, groups } = viewTestPoints(test, 'residual', words);
  const residuals = byPrediction.map(({ y }) => y);
  const ends = isWhole ? residuals : findRobustRange(residuals);
  const y = linearScale(Math.min(0, ...ends), Math.max(0, ...ends));
  const [low, high] = y.domain;
  const nBeyond = residuals.filter((residual) => residual < low || residual > high).length;
  const shared = { groups, y, nBeyond };
  if (column === null) {
    const xs = byPrediction.map(({ x }) => x);
    return {
      ...shared,
      points: byPrediction,
      x: linearScale(Math.min(...xs), Math.max(...xs)),
      trend: { points: findSliceMedians(xs, residuals), isApart: false },
      write: (index) => words.format.number(xs[index] ?? NaN),
      cellOf: (index) => xs[index] ?? NaN,
    };
  }
  const view = viewColumnAxis(column, words);
  const { axis, places, isApart, write } = view;
  return {
    ...shared,
    points: byPrediction.map((point, i) => ({ ...point, x: places[i] ?? NaN })),
    x: axis,
    trend: { points: viewTrend(view, residuals), isApart },
    write,
    cellOf: (index) => (column.type === 'number' ? (places[index] ?? NaN) : write(index)),
  };
}
