import type { Sliced } from '#base/slices.ts';
import type { RecipeAction } from '../recipe/recipe-step.ts';
import { listRoleColumns } from '../role-columns.ts';
import type { ColumnRole } from '../roles.ts';
import type { NumberColumn } from '../table.ts';
import { findRows, type QualityFinding } from './finding.ts';
import { examineEach, type QualitySubject } from './quality-subject.ts';

/** Nines only, or the largest integers of machines: what programs write for "not known". */
const mark = /^-?(9{2,}(\.9+)?|8{4,}|32767|65535|2147483647|4294967295)$|^-[19]$/;
/** By so much it must be larger than any other value. */
const minRatio = 3;

/** Values such as 9999 or −1 that stand, alone and more than once, far beyond all others of a column. */
export function checkSentinels(subject: QualitySubject): Sliced<QualityFinding[]> {
  const roles = ['target', 'announced', 'lever', 'context'] as const;
  return examineEach(listRoleColumns(subject, roles, 'number'), ({ column, role }) => examine(column, role));
}

function examine({ name, values }: NumberColumn, role: ColumnRole): QualityFinding[] {
  const counts = new Map<number, number>();
  for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const distinct = [...counts.keys()].sort((a, b) => a - b);
  const [lowest = NaN, second = NaN] = distinct;
  const [belowHighest = NaN, highest = NaN] = distinct.slice(-2);
  const isAbove = isMark(highest, counts) && highest >= minRatio * Math.max(belowHighest, 1);
  const isBelow = isMark(lowest, counts) && lowest < 0 && second >= 0;
  if (distinct.length < 3 || (!isAbove && !isBelow)) return [];
  const value = isAbove ? highest : lowest;
  const bounds = isAbove ? { max: belowHighest } : { min: second };
  const kind = role === 'target' ? 'exclude-outside' : 'set-missing-outside';
  const proposal: RecipeAction = { kind, column: name, bounds };
  return [
    {
      code: 'sentinel',
      columns: [name],
      rows: findRows(values, (each) => each === value),
      severity: 'warning',
      details: { value, next: isAbove ? belowHighest : second },
      proposal,
    },
  ];
}

/** A long row of nines says it once; a short one only where it comes back. */
function isMark(value: number, counts: ReadonlyMap<number, number>): boolean {
  const text = String(value);
  return mark.test(text) && ((counts.get(value) ?? 0) > 1 || text.replace(/\D/g, '').length > 3);
}
