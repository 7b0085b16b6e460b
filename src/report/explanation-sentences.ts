import { sortedFinite } from '#base/statistics.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import type { Column } from '#data/table.ts';
import { type ContributionGroup, readContributions } from '#explain/contribution-reading.ts';
import { readEffect } from '#explain/effect-reading.ts';
import type { Waterfall } from '#explain/waterfall.ts';
import { countStepDigits, readWaterfall } from '#explain/waterfall-reading.ts';
import type { FormFeature } from '#inference/contract.ts';
import type { ColumnContributions, ColumnEffect } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import { isYear, writeValue } from './cell-text.ts';

/**
 * "4 jours de plus qu’un arrêt ordinaire (25 jours), surtout par Complexité = 8 (+4,1 jours)." `answer` is the duration in
 * large figures: what is told is the way to it.
 */
export function tellWaterfall(
  waterfall: Waterfall,
  answer: number,
  features: readonly FormFeature[],
  cells: CellRow,
  unit: DurationUnitName,
  words: Words,
): string {
  const { t, format } = words;
  const base = format.duration(waterfall.base, unit);
  const reading = readWaterfall({ ...waterfall, prediction: answer });
  if (reading === null) return t('scenarios.why.ordinary', { base });
  const digits = countStepDigits(waterfall.steps);
  const [first = '', second] = reading.main.map(
    ({ column, contribution }) =>
      `${nameStep(column, features, cells, words)} (${format.durationChange(contribution, unit, digits)})`,
  );
  return t(`scenarios.why.sentence.${reading.course}`, {
    gap: format.duration(Math.abs(answer - waterfall.base), unit, digits),
    base,
    main: second === undefined ? first : t('scenarios.why.sentence.both', { first, second }),
  });
}

/** "Complexité = 8", "Tranche = CHINON 3 et son passé"; a column the form does not ask for by its name alone. */
export function nameStep(
  column: string,
  features: readonly FormFeature[],
  cells: CellRow,
  words: Words,
): string {
  const index = features.findIndex(({ name }) => name === column);
  const feature = features[index];
  if (!feature) return column;
  const name = nameCell(feature, cells[index] ?? null, words);
  return feature.hasPast ? words.t('scenarios.why.withPast', { name }) : name;
}

function nameCell(feature: FormFeature, cell: CellValue, { t, format }: Words): string {
  const { name: column } = feature;
  if (cell === null || cell === '') return `${column} = ${t('scenarios.unknown')}`;
  if (typeof cell === 'string') return `${column} = ${cell}`;
  if (feature.type === 'date') return `${column} = ${format.date(cell)}`;
  return `${column} = ${isYear(feature) ? format.plain(cell) : format.number(cell)}`;
}

/** "« Complexité » de 1 à 3 : −4,1 jours en moyenne ; de 7 à 9 : +4,2 jours." */
export function tellContributions(
  { column, cells, values }: ColumnContributions,
  unit: DurationUnitName,
  { t, format }: Words,
): string {
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

/** "De 2 à 8, la durée prédite change de +11,8 jours en moyenne." */
export function tellEffect(
  { column, dependence, usual }: ColumnEffect,
  unit: DurationUnitName,
  { t, format }: Words,
): string {
  const { grid, average } = dependence;
  const reading = readEffect(grid, average, usual);
  if (reading === null) return t('evaluation.effect.none', { column });
  const change = format.durationChange(reading.change, unit);
  if (reading.kind === 'category' || grid.type === 'category') {
    const { longest = '', shortest = '' } = reading.kind === 'category' ? reading : {};
    return t('evaluation.effect.labels', { longest, shortest, change });
  }
  const write = writeValue(findShape(grid.values, grid.type), format);
  return t('evaluation.effect.ends', { from: write(reading.from), to: write(reading.to), change });
}

function writeEnd(cells: Column, format: Words['format']): (end: number | string) => string {
  if (cells.type === 'category') return String;
  const write = writeValue(findShape(cells.values, cells.type), format);
  return (end) => (typeof end === 'number' ? write(end) : end);
}

function findShape(values: Float64Array, type: 'number' | 'date') {
  const sorted = sortedFinite(values);
  return {
    type,
    isInteger: sorted.every(Number.isInteger),
    min: sorted[0] ?? NaN,
    max: sorted.at(-1) ?? NaN,
  };
}
