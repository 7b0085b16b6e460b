import { findRange, median, rankByFrequency } from '#base/statistics.ts';
import type { NumberAxis } from '#charts/number-axes.tsx';
import { dateScale, linearScale } from '#charts/ticks.ts';
import type { Column } from '#data/table.ts';
import { findSliceMedians } from '#evaluation/residual-profile.ts';
import type { Words } from '#language/words.ts';
import { isYear, writeValue } from '#report/cell-text.ts';

/** A column of the file as the x axis of a scatter chart. */
export interface ColumnAxis {
  readonly axis: Omit<NumberAxis, 'label'>;
  /** Where each row stands; NaN for a missing cell. */
  readonly places: Float64Array;
  /** What the row's cell says. */
  readonly write: (index: number) => string;
  /** Labels have no order: what sums them up is drawn apart. */
  readonly isApart: boolean;
}

/** Labels with a place of their own; the rarer ones share the last. */
const MAX_LABELS = 10;

export function viewColumnAxis(column: Column, words: Words): ColumnAxis {
  return column.type === 'category' ? viewLabels(column, words) : viewValues(column, words);
}

function viewValues(
  { type, values }: Exclude<Column, { type: 'category' }>,
  { t, format }: Words,
): ColumnAxis {
  const known = values.filter((value) => !Number.isNaN(value));
  const [min, max] = findRange(known);
  const write = writeValue({ type, isInteger: known.every(Number.isInteger), min, max }, format);
  const scale =
    known.length === 0 ? linearScale(0, 1) : type === 'date' ? dateScale(min, max) : linearScale(min, max);
  const isPlain = type === 'number' && !isYear({ type, isInteger: known.every(Number.isInteger), min, max });
  return {
    axis: { ...scale, ...(!isPlain && { write: type === 'date' ? writeTick(format) : write }) },
    places: values,
    write: (index) => {
      const value = values[index] ?? NaN;
      return Number.isNaN(value) ? t('common.missing') : write(value);
    },
    isApart: false,
  };
}

/** The first of January is its year. */
export function writeTick(format: Words['format']): (instant: number) => string {
  return (instant) => {
    const date = new Date(instant);
    const isYearStart = date.getUTCMonth() === 0 && date.getUTCDate() === 1;
    return isYearStart ? format.plain(date.getUTCFullYear()) : format.date(instant);
  };
}

function viewLabels({ codes, categories }: Extract<Column, { type: 'category' }>, { t }: Words): ColumnAxis {
  const ranked = rankByFrequency(codes);
  const hasOthers = ranked.length > MAX_LABELS;
  const named = hasOthers ? ranked.slice(0, MAX_LABELS - 1) : ranked;
  const labelOf = (code: number) => (code < 0 ? t('common.missing') : (categories[code] ?? ''));
  const labels = [...named.map(labelOf), ...(hasOthers ? [t('evaluation.scatter.others')] : [])];
  const placeOf = new Map(named.map((code, place) => [code, place]));
  const ticks = labels.map((_, place) => place);
  const room = Math.max(4, Math.floor(64 / labels.length));
  const cut = (label: string) => (label.length > room ? `${label.slice(0, room - 1)}…` : label);
  return {
    axis: {
      domain: [-0.6, labels.length - 0.4],
      ticks,
      write: (place) => cut(labels[place] ?? ''),
    },
    // Side by side within their label, the same way each time.
    places: Float64Array.from(
      codes,
      (code, i) => (placeOf.get(code) ?? labels.length - 1) + 0.5 * (((i * 0.618) % 1) - 0.5),
    ),
    write: (index) => labelOf(codes[index] ?? -1),
    isApart: true,
  };
}

/** The middle of y along a column: by slices of neighbours, or by label. */
export function viewTrend(
  { places, isApart }: ColumnAxis,
  y: ArrayLike<number>,
): readonly { readonly x: number; readonly y: number }[] {
  if (!isApart) return findSliceMedians(places, y);
  const labels = [...new Set(Array.from(places, Math.round))].sort((a, b) => a - b);
  return labels.map((label) => ({
    x: label,
    y: median(Array.from(y).filter((_, i) => Math.round(places[i] as number) === label)),
  }));
}
