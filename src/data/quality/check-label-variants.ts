import type { Sliced } from '#base/slices.ts';
import type { CategoryColumn } from '../table.ts';
import { listRows, type QualityFinding } from './finding.ts';
import { countLabels, examineEach, listRoleColumns, type QualitySubject } from './quality-subject.ts';

/** Labels that differ only by case, accent or space: proposed for merging into the most frequent. */
export function checkLabelVariants(subject: QualitySubject): Sliced<QualityFinding[]> {
  const labels = listRoleColumns(subject, ['lever', 'context', 'group'], 'category');
  return examineEach(labels, ({ column }) => examine(column));
}

/**
 * What is left of a label without case, accents and spaces. Other signs count (P4 and P'4 are two
 * series of reactors), and so does a space between two digits (unit 1 1 is not unit 11).
 */
function simplifyLabel(label: string): string {
  return label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(?<=\d)[\s\u200b]+(?=\d)/gu, '\u0000')
    .replace(/[\s\u200b]+/gu, '')
    .replaceAll('\u0000', ' ');
}

function examine({ name, codes, categories }: CategoryColumn): QualityFinding[] {
  const variants = new Map<string, number[]>();
  categories.forEach((label, code) => {
    const simple = simplifyLabel(label);
    const known = variants.get(simple);
    if (known === undefined) variants.set(simple, [code]);
    else known.push(code);
  });
  if (variants.size === categories.length) return [];
  const counts = countLabels(codes, categories.length);
  return [...variants.values()].flatMap((alike): QualityFinding[] => {
    const used = alike.filter((code) => (counts[code] as number) > 0);
    if (used.length < 2) return [];
    used.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
    const labels = used.map((code) => categories[code] as string);
    const isMeant = new Set(used.slice(1));
    return [
      {
        code: 'label-variants',
        columns: [name],
        rows: listRows(codes.length, (row) => isMeant.has(codes[row] as number)),
        severity: 'warning',
        details: { labels, counts: used.map((code) => counts[code] as number) },
        proposal: { kind: 'merge-labels', column: name, from: labels.slice(1), into: labels[0] as string },
      },
    ];
  });
}
