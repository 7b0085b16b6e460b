import type { Sliced } from '#base/slices.ts';
import { findRoleColumn } from '../role-columns.ts';
import { findRows, noRows, type QualityFinding } from './finding.ts';
import { featureRoles } from '../roles.ts';
import { countMissing, roleOf, type QualitySubject } from './quality-subject.ts';

/** From this share on a person should know; from the second on the column is hardly there. */
const manyShare = 0.3;
const nearlyAllShare = 0.95;

/** Features with many missing cells, and outages without a duration. */
export function* checkMissing(subject: QualitySubject): Sliced<QualityFinding[]> {
  const { table } = subject;
  const findings: QualityFinding[] = [];
  for (const column of table.columns) {
    if (!featureRoles.includes(roleOf(subject, column.name))) continue;
    yield;
    const share = countMissing(column) / table.nRows;
    if (share < manyShare || share === 1) continue; // all missing is a constant column
    const isHardlyThere = share >= nearlyAllShare;
    findings.push({
      code: 'many-missing',
      columns: [column.name],
      rows: noRows,
      severity: isHardlyThere ? 'warning' : 'info',
      details: { share },
      proposal: isHardlyThere ? { kind: 'set-role', column: column.name, role: 'ignore' } : null,
    });
  }
  return [...findings, ...reportTarget(subject)];
}

function reportTarget(subject: QualitySubject): QualityFinding[] {
  const target = findRoleColumn(subject, 'target', 'number');
  if (target === undefined) return [];
  const rows = findRows(target.values, Number.isNaN);
  if (rows.count === 0) return [];
  const share = rows.count / target.values.length;
  return [
    {
      code: 'target-missing',
      columns: [target.name],
      rows,
      severity: 'info',
      details: { share },
      proposal: null,
    },
  ];
}
