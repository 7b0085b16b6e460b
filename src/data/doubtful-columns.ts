import { nameSays } from './column-words.ts';
import type { Table } from './table.ts';
import { findUnitInName } from './time-units.ts';

/** A column that its name calls a date or a duration, and that was read as labels all the same. */
export interface DoubtfulColumn {
  readonly column: string;
  readonly called: 'date' | 'number';
  readonly nLabels: number;
  readonly examples: readonly string[];
}

const nExamples = 3;
/** Fewer labels are kinds of something: « Début de poste : matin, soir ». */
const minLabels = 10;

/** Labels with digits in them, in a column called a date or a duration. O(labels). */
export function findDoubtfulColumns({ columns }: Table): DoubtfulColumn[] {
  return columns.flatMap((column): DoubtfulColumn[] => {
    if (column.type !== 'category') return [];
    const { name, categories } = column;
    const called = nameSays(name, 'duration') || findUnitInName(name) !== null ? 'number' : 'date';
    const isCalled =
      called === 'number' || nameSays(name, 'start') || nameSays(name, 'end') || /\bdates?\b/i.test(name);
    const nWithDigits = categories.filter((label) => /\d/.test(label)).length;
    if (!isCalled || categories.length < minLabels || 2 * nWithDigits < categories.length) return [];
    return [{ column: name, called, nLabels: categories.length, examples: categories.slice(0, nExamples) }];
  });
}
