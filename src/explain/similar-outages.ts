import type { SampleIndex } from '#data/row-index.ts';
import type { Table } from '#data/table.ts';
import { measureProximities, type ProximityIndex } from './leaf-proximity.ts';

export interface SimilarOutage {
  /** Position in the set that was indexed. */
  readonly row: SampleIndex;
  /** How alike the model holds them, in [0, 1]. */
  readonly proximity: number;
  /** What it took, in the target's unit. */
  readonly actual: number;
}

/**
 * The past outages the model holds to be most like a case, the most alike first, with what they took.
 * `actual` is by position in the indexed set; NaN ones (ongoing) are left out, and so are `exceptRows`: the case
 * itself where it is a past outage.
 */
export function findSimilarOutages(
  index: ProximityIndex,
  actual: ArrayLike<number>,
  cases: Table,
  caseRow: number,
  options: { readonly count?: number; readonly exceptRows?: ReadonlySet<SampleIndex> } = {},
): SimilarOutage[] {
  const { count = 5, exceptRows } = options;
  const proximities = measureProximities(index, cases, caseRow);
  const found: SimilarOutage[] = [];
  index.rows.forEach((row, i) => {
    const duration = actual[row];
    if (exceptRows?.has(row) || Number.isNaN(duration)) return;
    found.push({ row, proximity: proximities[i], actual: duration });
  });
  return found.sort((a, b) => b.proximity - a.proximity || a.row - b.row).slice(0, count);
}
