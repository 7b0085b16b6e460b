import { maxListedRows, type QualityFinding } from '#data/quality/finding.ts';
import type { OpenDataset } from './open-dataset.ts';

/** Beyond this share of the rows a merge is asked about: it may as well be a code that comes back. */
const largestShare = 0.2;

/** The warning that a merge takes away a large part of the rows; none where no merge does. */
export function findManyMerged({
  read,
  recipe,
  cleaned,
}: Pick<OpenDataset, 'read' | 'recipe' | 'cleaned'>): readonly QualityFinding[] {
  return recipe.steps.flatMap(({ action, isEnabled }, position): QualityFinding[] => {
    const count = cleaned.report[position]?.nRowsRemoved ?? 0;
    const share = count / read.table.nRows;
    if (action.kind !== 'merge-rows' || !isEnabled || !(share > largestShare)) return [];
    const first: number[] = [];
    for (const [row, step] of cleaned.removedBy.entries()) {
      if (step !== position) continue;
      first.push(row);
      if (first.length === maxListedRows) break;
    }
    return [
      {
        code: 'many-merged',
        columns: [action.identifier],
        rows: { count, first },
        severity: 'warning',
        details: { nOutages: cleaned.table.nRows, share },
        proposal: null,
      },
    ];
  });
}
