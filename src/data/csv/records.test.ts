import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { cutCells, sliceCell } from './cell-block.ts';
import { createRecordSplitter, type RecordBlock } from './records.ts';
import { noSideLines } from './side-lines.ts';
import { readRecords } from './read-records.ts';

describe('createRecordSplitter', () => {
  it('knows the line of each record behind cells of several lines', () => {
    expect(readRecords(['a\n"b\r\nc\n\nd"\ne\n']).lines).toEqual([1, 2, 6]);
  });

  it('gives up a quoted cell of more than 1,000 lines', () => {
    const { records, rejects } = readRecords([`"a\n${'b\n'.repeat(1_000)}c"\nd`]);
    expect(rejects[0]).toBe('1 quote-unclosed');
    expect(records).toHaveLength(1_002);
  });

  it('refuses a record of more than a million characters', () => {
    const splitter = createRecordSplitter(',');
    const piece = 'x,'.repeat(300_000);
    splitter.push(piece);
    expect(() => splitter.push(piece)).toThrow(expect.objectContaining({ code: 'record-too-long' }));
  });

  const tricky = fc.string({
    unit: fc.constantFrom('a', 'é', '"', '""', ',', '\n', '\r', '\r\n', ' ', '\t', '",', ',"'),
    maxLength: 60,
  });

  it('gives the same records wherever the text is cut', () => {
    fc.assert(
      fc.property(tricky, fc.nat(60), fc.nat(60), (text, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const pieces = [text.slice(0, from), text.slice(from, to), text.slice(to)];
        expect(readRecords(pieces)).toEqual(readRecords([text]));
      }),
      { numRuns: 2_000 },
    );
  });

  it('agrees with csv-parse wherever it rejects nothing', () => {
    fc.assert(
      fc.property(tricky, (text) => {
        const { records, rejects } = readRecords([text]);
        fc.pre(rejects.length === 0);
        const expected = parse(text, {
          record_delimiter: ['\r\n', '\n', '\r'],
          relax_column_count: true,
          relax_quotes: true,
          rtrim: true,
        });
        const trimmed = (grid: readonly (readonly string[])[]) =>
          grid.map((cells) => cells.map((cell) => cell.trimEnd()));
        // csv-parse leaves out a record that is an empty line.
        const ours = trimmed(records);
        expect(ours.filter((cells) => cells.join('') !== '' || cells.length > 1)).toEqual(
          trimmed(expected).filter((cells) => cells.join('') !== '' || cells.length > 1),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('cutCells', () => {
  const rules = {
    delimiter: ',',
    width: 3,
    unevenRecords: 'reject',
    usualWidth: 3,
    fits: () => true,
    shifts: { hasOddCell: () => false, judge: () => null },
    split: null,
    sideLines: noSideLines,
    isDamaged: false,
    allocateBounds: (n: number) => new Int32Array(n),
  } as const;

  function cut(text: string, nSkipped = 0) {
    const splitter = createRecordSplitter(',');
    const block = splitter.push(`${text}\n`) as RecordBlock;
    const cells = cutCells(block, nSkipped, rules);
    return {
      rows: Array.from({ length: cells.nRows }, (_, row) => [0, 1, 2].map((c) => sliceCell(cells, row, c))),
      nEmpty: cells.nEmpty,
      rejects: cells.rejects.map(({ line, reason, raw }) => [line, reason, raw]),
    };
  }

  it.each([
    ['without quotes', ''],
    ['with quotes', '\n"q",r,s'],
  ])('keeps rows, counts blank records and rejects those of another width, %s', (_, tail) => {
    const { rows, nEmpty, rejects } = cut(
      `title\na,b,c\n\n,,\n , ,\n\u00a0,\u202f,\nd,e\nf,g,h,\ni,j,k,l\n,m,${tail}`,
      1,
    );
    expect(rows.slice(0, 3)).toEqual([
      ['a', 'b', 'c'],
      ['f', 'g', 'h'],
      ['', 'm', ''],
    ]);
    expect(nEmpty).toBe(4);
    expect(rejects).toEqual([
      [7, 'too-few-cells', 'd,e'],
      [9, 'too-many-cells', 'i,j,k,l'],
    ]);
    expect(rows.slice(3)).toEqual(tail === '' ? [] : [['q', 'r', 's']]);
  });
});
