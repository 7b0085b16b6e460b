import type { NumberAxis } from '#charts/number-axes.tsx';
import type { Point } from '#charts/plot-points.ts';
import { spreadSwarm } from '#charts/swarm.ts';
import { type AxisScale, linearScale } from '#charts/ticks.ts';
import { quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import type { Column } from '#data/table.ts';
import { findNearestPoint, readEffect } from '#explain/effect-reading.ts';
import { centreCurves, type PartialDependence } from '#explain/partial-dependence.ts';
import { findLevels, readContributions, type ContributionGroup } from '#explain/contribution-reading.ts';
import type { ColumnEffect, ColumnContributions, MeanContributions } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/use-words.ts';
import { viewColumnAxis, writeValue } from './column-axis.view.ts';

type Said = Pick<Words, 't' | 'format'>;

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
  readonly sources: readonly { readonly share: ColumnContributions; readonly at: number }[];
}

/** One row of points for each column, the most moving on top; marks tell low values from high ones. */
export function viewSwarm(
  { columns, rows }: MeanContributions,
  width: number,
  { t, format }: Said,
): SwarmView {
  const shown = columns.slice(0, MAX_ROWS);
  const all = shown.flatMap(({ values }) => Array.from(values));
  const x = linearScale(
    all.reduce((a, b) => Math.min(a, b), 0),
    all.reduce((a, b) => Math.max(a, b), 0),
  );
  const sources = shown.flatMap((share) => Array.from(rows, (_, at) => ({ share, at })));
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

/** "De 1 à 3 : −4,1 jours en moyenne ; de 7 à 9 : +4,2 jours." */
export function tellContributions(
  { column, cells, values }: ColumnContributions,
  unit: DurationUnitName,
  said: Said,
): string {
  const { t, format } = said;
  const reading = readContributions(cells, values);
  if (reading === null) return t('evaluation.dependence.none', { column });
  const write = writeEnd(cells, format);
  const range = ({ from, to }: ContributionGroup) =>
    from === to
      ? t('evaluation.dependence.one', { value: write(from) })
      : t('evaluation.dependence.range', { from: write(from), to: write(to) });
  return t('evaluation.dependence.sentence', {
    column,
    low: range(reading.low),
    high: range(reading.high),
    lowChange: format.durationChange(reading.low.mean, unit),
    highChange: format.durationChange(reading.high.mean, unit),
  });
}

function writeEnd(cells: Column, format: Words['format']): (end: number | string) => string {
  if (cells.type === 'category') return String;
  const write = writeValue(describe(cells.values, cells.type), format);
  return (end) => (typeof end === 'number' ? write(end) : end);
}

function describe(values: Float64Array, type: 'number' | 'date') {
  const sorted = sortedFinite(values);
  return {
    type,
    isInteger: sorted.every(Number.isInteger),
    min: sorted[0] ?? NaN,
    max: sorted.at(-1) ?? NaN,
  };
}

/** What each outage of the sample moves by the column, over what the column holds. */
export function viewDependence(
  { cells, values }: ColumnContributions,
  { rows }: MeanContributions,
  said: Said,
) {
  const axis = viewColumnAxis(cells, said);
  const points = Array.from(values, (y, at): Point => {
    const row = rows[at] as number;
    const name = said.t('evaluation.scatter.row', { row: said.format.plain(row + 1) });
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

/** "De 2 à 8, la durée prédite change de +11,8 jours en moyenne." */
export function tellEffect(
  { column, dependence, usual }: ColumnEffect,
  unit: DurationUnitName,
  { t, format }: Said,
): string {
  const { grid, average } = dependence;
  const reading = readEffect(grid, average, usual);
  if (reading === null) return t('evaluation.effect.none', { column });
  const change = format.durationChange(reading.change, unit);
  if (reading.kind === 'category' || grid.type === 'category') {
    const { longest = '', shortest = '' } = reading.kind === 'category' ? reading : {};
    return t('evaluation.effect.labels', { longest, shortest, change });
  }
  const write = writeValue(describe(grid.values, grid.type), format);
  return t('evaluation.effect.ends', { from: write(reading.from), to: write(reading.to), change });
}
