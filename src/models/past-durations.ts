import * as v from 'valibot';
import { findColumn, selectColumnRows, type Table } from '#data/table.ts';

/** What the outages of each label of a column took, ascending, in the target's unit: facts of a file that cannot be told by dates. */
export interface PastDurations {
  readonly column: string;
  readonly labels: readonly string[];
  readonly durations: readonly (readonly number[])[];
}

const finite = v.pipe(v.number(), v.finite());

export const pastDurationsSchema = v.pipe(
  v.object({ column: v.string(), labels: v.array(v.string()), durations: v.array(v.array(finite)) }),
  v.check(({ labels, durations }) => labels.length === durations.length, 'one list a label'),
) satisfies v.GenericSchema<unknown, PastDurations>;

/** Of the label columns among `names`, over the kept `rows`; `target` is by kept row. O(columns × n log n). */
export function collectPastDurations(
  table: Table,
  names: readonly string[],
  rows: ArrayLike<number>,
  target: Float64Array,
): readonly PastDurations[] {
  return names.flatMap((name): PastDurations[] => {
    const found = findColumn(table, name);
    if (found?.type !== 'category') return [];
    const { categories, codes } = selectColumnRows(found, rows);
    const durations = categories.map(() => [] as number[]);
    codes.forEach((code, row) => durations[code]?.push(target[row]));
    return [
      { column: name, labels: categories, durations: durations.map((list) => list.sort((a, b) => a - b)) },
    ];
  });
}
