import type { Sliced } from '#base/slices.ts';
import { findRange } from '#base/statistics.ts';
import { nameSays, plainName } from '../column-words.ts';
import type { RecipeAction } from '../recipe/recipe-step.ts';
import type { NumberColumn } from '../table.ts';
import { listRoleColumns } from '../role-columns.ts';
import { findRows, type QualityFinding } from './finding.ts';
import { examineEach, type QualitySubject } from './quality-subject.ts';

/** A column is a share of that scale when so much of it lies within. */
const minShareWithin = 0.9;
/** A meter may read 102 % of nominal power, or a little below zero; beyond this it is a mistake. */
const tolerance = 0.05;

/** Shares below 0 or above 1, or above 100 where the column is in per cent. */
export function checkShares(subject: QualitySubject): Sliced<QualityFinding[]> {
  return examineEach(listRoleColumns(subject, ['lever', 'context'], 'number'), ({ column }) =>
    examine(column),
  );
}

/** The full scale of a column of shares: 1 or 100; null where it is no share. */
export function findShareScale(column: NumberColumn): 1 | 100 | null {
  if (!isShareName(column.name)) return null;
  let nKnown = 0;
  let nWithinOne = 0;
  let nWithinHundred = 0;
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    nKnown += 1;
    if (value >= 0 && value <= 1) nWithinOne += 1;
    if (value >= 0 && value <= 100) nWithinHundred += 1;
  }
  if (nKnown === 0) return null;
  if (nWithinOne >= minShareWithin * nKnown) return 1;
  return nWithinHundred >= minShareWithin * nKnown ? 100 : null;
}

/** "Available MW" is a power; "power before the stop (%)" is a share all the same. */
function isShareName(name: string): boolean {
  if (/%|\b(pct|percent|pourcentage|ratio|fraction)\b/.test(plainName(name))) return true;
  return nameSays(name, 'share') && !nameSays(name, 'power') && !nameSays(name, 'energy');
}

function examine(column: NumberColumn): QualityFinding[] {
  const scale = findShareScale(column);
  if (scale === null) return [];
  const { name, values } = column;
  const isOutside = (value: number) => value < 0 || value > scale;
  const rows = findRows(values, isOutside);
  if (rows.count === 0) return [];
  const [min, max] = findRange(values);
  const nPercent = scale === 1 ? findRows(values, (value) => value > 1 + tolerance && value <= 100).count : 0;
  const isMeterNoise = min >= -tolerance * scale && max <= (1 + tolerance) * scale;
  const proposal: RecipeAction = isMeterNoise
    ? { kind: 'clip', column: name, min: 0, max: scale }
    : { kind: 'set-missing-outside', column: name, bounds: { min: 0, max: scale } };
  const severity = isMeterNoise ? 'info' : 'warning';
  return [
    {
      code: 'share-outside',
      columns: [name],
      rows,
      severity,
      details: { scale, min, max, nPercent },
      proposal,
    },
  ];
}
