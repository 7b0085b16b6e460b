import type { NumberAxis } from '#charts/number-axes.tsx';
import type { Point } from '#charts/plot-points.ts';
import { spreadSwarm } from '#charts/swarm.ts';
import { type AxisScale, linearScale } from '#charts/ticks.ts';
import { quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import { findNearestPoint } from '#explain/effect-reading.ts';
import { centreCurves, type PartialDependence } from '#explain/partial-dependence.ts';
import { findLevels } from '#explain/contribution-reading.ts';
import type { ColumnEffect, ColumnContributions, MeanContributions } from '#jobs/explanation/contract.ts';
import type { Words } from '#language/words.ts';
import { viewColumnAxis } from './column-axis.view.ts';

/** Columns a swarm has rows for. */
const MAX_ROWS = 12;
const CHARACTER_WIDTH = 6.8;
/** Low and high values first: their colours are the furthest apart. */
const swarmGroups = ['low', 'high', 'middle', 'label'] as const;
/** By level: 0 low, 1 middle, 2 high. */
const groupOf: readonly number[] = [0, 2, 1];

export interface SwarmView {
  readonly points: readonly Point[];
  readonly groups: readonly string[];
  readonly x: AxisScale;
  readonly y: Omit<NumberAxis, 'label'>;
  readonly nRows: number;
  /** Column and place in the sample of each point. */
  readonly sources: readonly { readonly ofColumn: ColumnContributions; readonly at: number }[];
}

/** One row of points for each column, the most moving on top; marks tell low values from high ones. */
export function viewSwarm(
  { columns, rows }: MeanContributions,
  width: number,
  { t, format }: Words,
): SwarmView {
  const shown = columns.slice(0, MAX_ROWS);
  const all = shown.flatMap(({ values }) => Array.from(values));
  const x = linearScale(
    all.reduce((a, b) => Math.min(a, b), 0),
    all.reduce((a, b) => Math.max(a, b), 0),
  );
  const sources = shown.flatMap((ofColumn) => Array.from(rows, (_, at) => ({ ofColumn, at })));
  const points = shown.flatMap(({ values, cells }, index): Point[] => {
    const places = spreadSwarm(values, x.domain);
    const levels = cells.type === 'category' ? null : findLevels(cells.values);
    return Array.from(values, (value, at): Point => {
      const level = levels?.[at] ?? -1;
      const row = rows[at] as number;
      return {
        x: value,
        y: shown.length - 1 - index + 0.4 * (places[at] as number),
        group: groupOf[level] ?? 3,
        label: t('evaluation.scatter.row', { row: format.plain(row + 1) }),
        row,
      };
    });
  });
  const longest = Math.max(...shown.map(({ column }) => column.length), 6);
  const room = Math.min(Math.round(width * 0.36), Math.ceil(longest * CHARACTER_WIDTH) + 26);
  const maxCharacters = Math.floor((room - 26) / CHARACTER_WIDTH);
  return {
    points,
    groups: swarmGroups.map((group) => t(`evaluation.swarm.group.${group}`)),
    x,
    y: {
      domain: [-0.6, shown.length - 0.4],
      ticks: shown.map((_, index) => index),
      room,
      write: (place) => {
        const name = shown[shown.length - 1 - place]?.column ?? '';
        return name.length > maxCharacters ? `${name.slice(0, maxCharacters - 1)}…` : name;
      },
    },
    nRows: shown.length,
    sources,
  };
}

/** What each outage of the sample moves by the column, over what the column holds. */
export function viewDependence(
  { cells, values }: ColumnContributions,
  { rows }: MeanContributions,
  words: Words,
) {
  const axis = viewColumnAxis(cells, words);
  const points = Array.from(values, (y, at): Point => {
    const row = rows[at] as number;
    const name = words.t('evaluation.scatter.row', { row: words.format.plain(row + 1) });
    return { x: axis.places[at] as number, y, group: 0, label: `${name} · ${axis.write(at)}`, row };
  });
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  return { axis, points, y: linearScale(low, high) };
}

/** The effect as a change: from the middle of the usual values, or from the commonest label. */
export function centreEffect({ dependence, usual }: ColumnEffect): PartialDependence {
  const { grid } = dependence;
  const point = grid.type === 'category' || !usual ? 0 : findNearestPoint(grid.values, usual.median);
  return centreCurves(dependence, point);
}

/** One scale of change for all effects, so that what is small looks small; single outages may reach beyond it. */
export function contributionScale(effects: readonly ColumnEffect[]): AxisScale {
  const centred = effects.map(centreEffect);
  const means = centred.flatMap(({ average }) => Array.from(average));
  const single = sortedFinite(
    centred.flatMap(({ curves }) => curves.flatMap(({ values }) => Array.from(values))),
  );
  const ends = single.length > 0 ? [quantileOfSorted(single, 0.02), quantileOfSorted(single, 0.98)] : [];
  const all = [0, ...means, ...ends];
  return linearScale(Math.min(...all), Math.max(...all), 5);
}
