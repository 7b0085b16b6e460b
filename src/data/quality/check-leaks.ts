import type { Sliced } from '#base/slices.ts';
import { findLeaks } from '../leaks.ts';
import { noRows, type QualityFinding } from './finding.ts';
import { featureRoles } from '../roles.ts';
import { roleOf, type QualitySubject } from './quality-subject.ts';

/** Columns known only once the outage is over. Those kept out already are reported, to be overruled. In one piece: it looks at a sample. */
export function* checkLeaks(subject: QualitySubject): Sliced<QualityFinding[]> {
  yield;
  return findLeaks(subject.table, subject.roles).map((leak): QualityFinding => {
    const { column, kind, strength, through } = leak;
    const isUsed = featureRoles.includes(roleOf(subject, column));
    return {
      code: 'leak',
      columns: [column],
      rows: noRows,
      severity: isUsed ? 'error' : 'info',
      details: { kind, strength: strength ?? null, through: through ?? null, isExcluded: !isUsed },
      proposal: isUsed ? { kind: 'set-role', column, role: 'ignore' } : null,
    };
  });
}
