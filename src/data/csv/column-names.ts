import { unescapeFormula } from './formula-escape.ts';

/** A column of the file that becomes a column of the table. */
export interface NamedColumn {
  readonly index: number; // position in the record
  readonly name: string;
}

/**
 * Names for all columns, none empty and no two the same: spaces are trimmed and joined, an empty name
 * becomes `C` and its position, a repeated one gets ` (2)`. With more than one header record the name is
 * `group · name`, `name (unit)` or `group · name (unit)`; `hasUnits` says that the last record gives units.
 */
export function nameColumns(
  headers: readonly (readonly string[])[],
  width: number,
  hasUnits: boolean,
): NamedColumn[] {
  const named = hasUnits ? headers.slice(0, -1) : headers;
  const units = hasUnits ? headers.at(-1) : undefined;
  const taken = new Set<string>();
  const groups = fillGroups(named.length > 1 ? (named[0] ?? []) : []);
  return Array.from({ length: width }, (_, index) => {
    const own = tidy(named.at(-1)?.[index]);
    const below = tidy(units?.[index]).replace(/^[([]\s*|\s*[)\]]$/g, '');
    const group = tidy(groups[index]);
    // A name merged over both records stands in both.
    const parts = group === own ? [own] : [group, own];
    const base = parts.filter((part) => part !== '').join(' · ') || `C${index + 1}`;
    const wanted = below === '' || below === '-' ? base : `${base} (${below})`;
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`;
    taken.add(name);
    return { index, name };
  });
}

/** A group's name stands over its first column; the empty cells to its right belong to it. */
function fillGroups(cells: readonly string[]): string[] {
  let last = '';
  return cells.map((cell) => {
    if (cell.trim() !== '') last = cell;
    return last;
  });
}

function tidy(text: string | undefined): string {
  return unescapeFormula((text ?? '').replace(/\s+/g, ' ').trim());
}
