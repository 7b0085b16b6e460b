import type { Sliced } from '#base/slices.ts';
import type { Column } from '../table.ts';
import { writeDay } from '../dates.ts';
import { noRows, type QualityFinding } from './finding.ts';
import { examineEach, roleOf, type QualitySubject } from './quality-subject.ts';

/** Columns that say the same on every row that has them, or nothing on any. */
export function checkConstants(subject: QualitySubject): Sliced<QualityFinding[]> {
  return examineEach(subject.table.columns, (column) => {
    const constant = findConstant(column);
    if (constant === undefined) return [];
    const role = roleOf(subject, column.name);
    const isExcluded = role === 'ignore';
    const isTarget = role === 'target';
    return [
      {
        code: 'constant-column',
        columns: [column.name],
        rows: noRows,
        // Without another duration there is nothing to learn: no step determines that.
        severity: isTarget ? 'error' : 'info',
        details: { value: constant, isExcluded, isTarget },
        proposal: isExcluded || isTarget ? null : { kind: 'set-role', column: column.name, role: 'ignore' },
      },
    ];
  });
}

/** The one value of a column; null if all is missing, undefined if there are two values or more. */
function findConstant(column: Column): string | number | null | undefined {
  if (column.type === 'category') {
    const code = findOnly(column.codes, (candidate) => candidate < 0);
    return typeof code === 'number' ? column.categories[code] : code;
  }
  const value = findOnly(column.values, Number.isNaN);
  return column.type === 'date' && typeof value === 'number' ? writeDay(value) : value;
}

function findOnly(
  values: Int32Array | Float64Array,
  isMissing: (value: number) => boolean,
): number | null | undefined {
  let only: number | null = null;
  for (const value of values) {
    if (isMissing(value)) continue;
    if (only !== null && value !== only) return undefined;
    only = value;
  }
  return only;
}
