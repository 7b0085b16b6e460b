import type { Sliced } from '#base/slices.ts';
import type { RoleAssignment } from '../roles.ts';
import { listTargetCandidates, saysActual } from '../target-candidates.ts';
import { noRows, type QualityFinding } from './finding.ts';
import type { QualitySubject } from './quality-subject.ts';

/** Several columns that may be the duration to predict, and columns of one name: which is which, only a person knows. */
export function* checkTargets({ table, roles }: QualitySubject): Sliced<QualityFinding[]> {
  yield;
  const target = roles.find(({ role }) => role === 'target');
  const isOpen = target !== undefined && target.reason !== 'user' && !saysActual(target.column);
  const copies = new Set(roles.filter(isCopy).map(({ column }) => column));
  const others = listTargetCandidates(table.columns).filter(
    ({ name }) => name !== target?.column && !copies.has(name),
  );
  const findings: QualityFinding[] = [];
  if (isOpen && others.length > 0) {
    findings.push({
      code: 'several-targets',
      columns: [target.column, ...others.map(({ name }) => name)],
      rows: noRows,
      severity: 'warning',
      details: { target: target.column },
      proposal: null,
    });
  }
  const names = new Set(table.columns.map(({ name }) => name));
  const repeated = [...names].filter((name) => {
    const first = / \(\d+\)$/.test(name) ? name.replace(/ \(\d+\)$/, '') : null;
    return first !== null && names.has(first);
  });
  if (repeated.length > 0) {
    findings.push({
      code: 'repeated-names',
      columns: repeated,
      rows: noRows,
      severity: 'info',
      details: {},
      proposal: null,
    });
  }
  return findings;
}

/** The same durations in another unit leave nothing to choose. */
function isCopy({ leak }: RoleAssignment): boolean {
  return leak?.kind === 'copy-of-target' && (leak.strength ?? 0) >= 0.98;
}
