import type { Sliced } from '#base/slices.ts';
import { listCancelled } from '../status-words.ts';
import { examineEach, type QualitySubject } from './quality-subject.ts';
import { findRows, type QualityFinding } from './finding.ts';

/** Lines of outages that were cancelled or withdrawn: they did not take place. */
export function checkCancelled({ table }: Pick<QualitySubject, 'table'>): Sliced<QualityFinding[]> {
  return examineEach(table.columns, (column): QualityFinding[] => {
    if (column.type !== 'category') return [];
    const labels = listCancelled(column);
    const cancelled = new Set(labels);
    const rows = findRows(column.codes, (code) => cancelled.has(column.categories[code] ?? ''));
    if (rows.count === 0) return [];
    return [
      {
        code: 'cancelled-lines',
        columns: [column.name],
        rows,
        severity: 'error',
        details: { labels },
        proposal: { kind: 'exclude-labels', column: column.name, labels },
      },
    ];
  });
}
