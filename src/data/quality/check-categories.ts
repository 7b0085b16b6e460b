import { countCodes } from '#base/arrays.ts';
import type { Sliced } from '#base/slices.ts';
import type { RecipeAction } from '../recipe/recipe-step.ts';
import type { CategoryColumn } from '../table.ts';
import type { ColumnRole } from '../roles.ts';
import { listRoleColumns } from '../role-columns.ts';
import { findRows, noRows, type QualityFinding } from './finding.ts';
import { examineEach, type QualitySubject } from './quality-subject.ts';

/** On fewer rows a label teaches nothing that holds. */
const minRowsPerLabel = 5;
/** What the engine keeps apart in one column; the encoder pools the rest. */
const maxLabels = 255;
const nExamples = 5;
/** The label that rare ones are pooled under, until a person calls it otherwise. */
const pooledLabel = '(autres)';

/** Labels on very few rows, and columns with more labels than can be told apart. */
export function checkCategories(subject: QualitySubject): Sliced<QualityFinding[]> {
  const roles: readonly ColumnRole[] = ['lever', 'context', 'group'];
  return examineEach(listRoleColumns(subject, roles, 'category'), ({ column, role }) => {
    const counts = countCodes(column.codes, column.categories.length);
    const nLabels = counts.filter((count) => count > 0).length;
    const nKnown = counts.reduce((sum, count) => sum + count, 0);
    const isNearlyUnique = nLabels > 20 && nLabels > nKnown / 2;
    if (isNearlyUnique || nLabels > maxLabels)
      return [reportTooMany(column, counts, nLabels, isNearlyUnique, role)];
    return reportRare(column, counts, nLabels, role);
  });
}

function reportTooMany(
  { name: column }: CategoryColumn,
  counts: Int32Array,
  nLabels: number,
  isNearlyUnique: boolean,
  role: ColumnRole,
): QualityFinding {
  // One label is the pool, so one less is left to the frequent ones.
  const atLimit = counts.toSorted().at(-maxLabels) ?? 0;
  return {
    code: 'too-many-categories',
    columns: [column],
    rows: noRows,
    severity: role === 'group' ? 'info' : 'warning',
    details: { nLabels, limit: maxLabels, isNearlyUnique },
    proposal: proposeForTooMany(column, isNearlyUnique, atLimit + 1, role),
  };
}

function proposeForTooMany(
  column: string,
  isNearlyUnique: boolean,
  minRows: number,
  role: ColumnRole,
): RecipeAction | null {
  if (isNearlyUnique) return { kind: 'set-role', column, role: 'ignore' };
  if (role === 'group') return null; // pooled units would have no history of their own
  return { kind: 'group-rare-labels', column, minRows, into: pooledLabel };
}

function reportRare(
  { name: column, codes, categories }: CategoryColumn,
  counts: Int32Array,
  nLabels: number,
  role: ColumnRole,
): QualityFinding[] {
  const isRare = (code: number) => {
    const count = counts[code] ?? 0;
    return count > 0 && count < minRowsPerLabel;
  };
  const rare = categories.flatMap((label, code) => (isRare(code) ? [label] : []));
  if (rare.length < 2 || rare.length === nLabels) return []; // pooling one label alone changes nothing
  return [
    {
      code: 'rare-categories',
      columns: [column],
      rows: findRows(codes, isRare),
      severity: 'info',
      details: { nRare: rare.length, nLabels, minRows: minRowsPerLabel, examples: rare.slice(0, nExamples) },
      proposal:
        role === 'group'
          ? null
          : { kind: 'group-rare-labels', column, minRows: minRowsPerLabel, into: pooledLabel },
    },
  ];
}
