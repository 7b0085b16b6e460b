import { countCodes, gather } from '#base/arrays.ts';
import type { Sliced } from '#base/slices.ts';
import type { CategoryColumn } from '../table.ts';
import { listRoleColumns } from '../role-columns.ts';
import { findRows, type QualityFinding } from './finding.ts';
import { examineEach, type QualitySubject } from './quality-subject.ts';

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
  const counts = countCodes(codes, categories.length);
  return [...variants.values()].flatMap((alike): QualityFinding[] => {
    const countOf = (code: number) => counts[code] ?? 0;
    const used = alike.filter((code) => countOf(code) > 0);
    used.sort((a, b) => countOf(b) - countOf(a) || a - b);
    const labels = gather(categories, used);
    const [into, ...from] = labels;
    if (into === undefined || from.length === 0) return [];
    const isMeant = new Set(used.slice(1));
    return [
      {
        code: 'label-variants',
        columns: [name],
        rows: findRows(codes, (code) => isMeant.has(code)),
        severity: 'warning',
        details: { labels, counts: used.map(countOf) },
        proposal: { kind: 'merge-labels', column: name, from, into },
      },
    ];
  });
}
