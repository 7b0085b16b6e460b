import type { ColumnProfile } from '#data/profile.ts';
import type { Words } from '#language/use-words.ts';
import { isYear } from './format-cell.ts';

/** Writes a value of a column in few signs: dates as days, three digits of a number, years as they are. */
export function createWriter(
  column: string,
  profiles: readonly ColumnProfile[],
  { format }: Pick<Words, 'format'>,
): (value: number) => string {
  const profile = profiles.find(({ name }) => name === column);
  return (value) => {
    if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
    if (profile?.type === 'date') return format.date(value);
    if (profile && isYear(profile)) return format.plain(value);
    return Math.abs(value) >= 1000 ? format.number(value, 0) : format.short(value);
  };
}
