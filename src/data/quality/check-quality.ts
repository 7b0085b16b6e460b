import { gather } from '#base/arrays.ts';
import { runAtOnce, type Sliced } from '#base/slices.ts';
import type { RecipeAction } from '../recipe/recipe-step.ts';
import type { RoleAssignment } from '../roles.ts';
import type { FileRows } from '../row-index.ts';
import type { Table } from '../table.ts';
import { checkCancelled } from './check-cancelled.ts';
import { checkCategories } from './check-categories.ts';
import { checkConstants } from './check-constants.ts';
import { checkDates } from './check-dates.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { checkDurations } from './check-durations.ts';
import { checkIdentifiers } from './check-identifiers.ts';
import { checkLabelVariants } from './check-label-variants.ts';
import { checkLeaks } from './check-leaks.ts';
import { checkMissing } from './check-missing.ts';
import { checkMissingDurations } from './check-missing-durations.ts';
import { checkOngoing } from './check-ongoing.ts';
import { checkOutliers } from './check-outliers.ts';
import { checkSentinels } from './check-sentinels.ts';
import { checkShares } from './check-shares.ts';
import { checkTargets } from './check-targets.ts';
import { checkYearColumns } from './check-year-columns.ts';
import type { FindingSeverity, QualityFinding } from './finding.ts';
import type { QualityCheck } from './quality-subject.ts';

const checks: readonly QualityCheck[] = [
  checkLeaks,
  checkTargets,
  checkSentinels,
  checkDurations,
  checkDates,
  checkIdentifiers,
  checkCancelled,
  checkMissingDurations,
  checkDuplicates,
  checkShares,
  checkOutliers,
  checkLabelVariants,
  checkCategories,
  checkMissing,
  checkConstants,
  checkYearColumns,
  checkOngoing,
];

const severityRank: Record<FindingSeverity, number> = { error: 0, warning: 1, info: 2 };

export interface QualityOptions {
  /** The present instant in milliseconds. */
  readonly now: number;
  /** Of a table that went through a recipe: the row in the file of each of its rows. */
  readonly rowOrigins?: FileRows;
}

/**
 * All findings about a table and its roles, gravest first, otherwise in the order of the checks. Rows
 * are rows of the file. Nothing is changed: each proposal is a recipe action for a person to take.
 * O(cells + rows log rows per number column).
 */
export function checkQuality(
  table: Table,
  roles: readonly RoleAssignment[],
  options: QualityOptions,
): QualityFinding[] {
  return runAtOnce(checkQualityInSlices(table, roles, options, () => {}));
}

/** The same, pausing; `onCheck` is told how many checks are done of how many. */
export function* checkQualityInSlices(
  table: Table,
  roles: readonly RoleAssignment[],
  options: QualityOptions,
  onCheck: (done: number, total: number) => void,
): Sliced<QualityFinding[]> {
  if (table.nRows === 0) return [];
  const subject = { table, roles, now: options.now };
  const findings: QualityFinding[] = [];
  for (const [done, check] of checks.entries()) {
    onCheck(done, checks.length);
    yield;
    findings.push(...(yield* check(subject)));
  }
  return arrange(findings, options);
}

function arrange(findings: readonly QualityFinding[], { rowOrigins }: QualityOptions): QualityFinding[] {
  const inOrder = findings.toSorted((a, b) => severityRank[a.severity] - severityRank[b.severity]);
  return rowOrigins === undefined ? inOrder : inOrder.map((finding) => nameFileRows(finding, rowOrigins));
}

function nameFileRows(finding: QualityFinding, rowOrigins: FileRows): QualityFinding {
  const { rows, proposal } = finding;
  return {
    ...finding,
    rows: { count: rows.count, first: Array.from(gather(rowOrigins, rows.first)) },
    proposal: proposal === null ? null : nameRowsOfAction(proposal, rowOrigins),
  };
}

function nameRowsOfAction(action: RecipeAction, rowOrigins: FileRows): RecipeAction {
  if (action.kind !== 'exclude-rows' && action.kind !== 'set-missing') return action;
  return { ...action, rows: Array.from(gather(rowOrigins, action.rows)) };
}
