import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Table } from '../table.ts';
import { runAtOnce } from '#base/slices.ts';
import { mergeRows } from './merge-rows.ts';

interface Line {
  readonly id: number | null;
  readonly start: number | null;
  readonly end: number | null;
}

function tableOf(lines: readonly Line[]): Table {
  const pick = (key: keyof Line) => Float64Array.from(lines, (line) => line[key] ?? NaN);
  return {
    nRows: lines.length,
    columns: [
      { type: 'number', name: 'id', values: pick('id') },
      { type: 'date', name: 'start', values: pick('start'), hasTime: true },
      { type: 'date', name: 'end', values: pick('end'), hasTime: true },
    ],
  };
}

function merge(lines: readonly Line[]): Line[] {
  const rowOrigins = Int32Array.from(lines.keys());
  const { table } = runAtOnce(mergeRows({ table: tableOf(lines), rowOrigins }, 'id', 'start', 'end'));
  const [ids, starts, ends] = table.columns.map((column) =>
    column.type === 'category' ? [] : Array.from(column.values),
  );
  const orNull = (value: number) => (Number.isNaN(value) ? null : value);
  return ids!.map((id, row) => ({ id: orNull(id), start: orNull(starts![row]!), end: orNull(ends![row]!) }));
}

const instant = fc.option(fc.nat(20), { freq: 5 });
const line: fc.Arbitrary<Line> = fc.record({
  id: fc.option(fc.nat(3), { freq: 8 }),
  start: instant,
  end: instant,
});

/** By definition: open if a line that starts last (unknown starts come first) has no end. */
function mergeNaively(lines: readonly Line[], id: number): Line {
  const own = lines.filter((candidate) => candidate.id === id);
  const known = (key: 'start' | 'end') => own.flatMap((candidate) => candidate[key] ?? []);
  const lastStart = Math.max(...own.map(({ start }) => start ?? -1));
  const isOpen = own.some(({ start, end }) => (start ?? -1) === lastStart && end === null);
  const starts = known('start');
  return {
    id,
    start: starts.length === 0 ? null : Math.min(...starts),
    end: isOpen ? null : Math.max(...known('end')),
  };
}

describe('mergeRows', () => {
  it('agrees with the definition, in any order of the lines', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const merged = merge(lines);
        for (const id of [0, 1, 2, 3]) {
          const expected = lines.some((candidate) => candidate.id === id) ? [mergeNaively(lines, id)] : [];
          expect(merged.filter((outage) => outage.id === id)).toEqual(expected);
        }
        expect(merged.filter(({ id }) => id === null)).toEqual(lines.filter(({ id }) => id === null));
      }),
      { numRuns: 500 },
    );
  });
});
