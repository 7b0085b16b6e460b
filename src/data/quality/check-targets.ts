import type { Sliced } from '#base/slices.ts';
import type { RoleAssignment } from '../roles.ts';
import type { Column } from '../table.ts';
import { isSameInOtherUnit, listTargetCandidates, saysActual } from '../target-candidates.ts';
import { noRows, type QualityFinding } from './finding.ts';
import type { QualitySubject } from './quality-subject.ts';

/** Several columns that may be the duration to predict, and columns of one name: which is which, only a person knows. */
export function* checkTargets({ table, roles }: QualitySubject): Sliced<QualityFinding[]> {
  yield;
  const target = roles.find(({ role }) => role === 'target');
  const isOpen = target !== undefined && target.reason !== 'user' && !saysActual(target.column);
  const candidates = listTargetCandidates(table.columns);
  const own = candidates.find(({ name }) => name === target?.column);
  // The same durations in another unit leave nothing to choose.
  const others = candidates.filter((column) => column !== own && !(own && isSame(own, column, roles)));
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

function isSame(own: Column, column: Column, roles: readonly RoleAssignment[]): boolean {
  const leak = roles.find((role) => role.column === column.name)?.leak;
  if (leak?.kind !== 'copy-of-target' || (leak.strength ?? 0) < 0.98) return false;
  return own.type === 'number' && column.type === 'number' && isSameInOtherUnit(own.values, column.values);
}
