import { MS_PER_DAY, parseDate } from '#data/dates.ts';
import { parseNumber } from '#data/numbers.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { RecipeAction } from '#data/recipe/recipe-step.ts';

/** A filter as typed. */
export interface FilterText {
  readonly labels: readonly string[];
  readonly min: string;
  readonly max: string;
}

/** The step that keeps what was asked for; null where nothing is, or it cannot be read. A last day counts whole. */
export function readFilter(
  { name: column, type }: Pick<ColumnProfile, 'name' | 'type'>,
  { labels, min, max }: FilterText,
): RecipeAction | null {
  if (type === 'category') return labels.length === 0 ? null : { kind: 'keep-labels', column, labels };
  const read = (text: string) => {
    if (text.trim() === '') return undefined;
    if (type === 'date') return parseDate(text, 'ymd');
    return parseNumber(text.replace('.', ','), { decimalMark: ',', thousandsMark: ' ' });
  };
  const low = read(min);
  const day = read(max);
  const high = day !== undefined && type === 'date' ? day + MS_PER_DAY - 1 : day;
  if (low === undefined && high === undefined) return null;
  if (Number.isNaN(low) || Number.isNaN(high) || (low ?? -Infinity) > (high ?? Infinity)) return null;
  const bounds = { ...(low !== undefined && { min: low }), ...(high !== undefined && { max: high }) };
  return { kind: 'exclude-outside', column, bounds };
}
