import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { cutCells, sliceCell } from './cell-block.ts';
import { createRecordSplitter, type RecordBlock } from './records.ts';
import { tokenize } from './tokenize.ts';

function readRecords(pieces: readonly string[]): { records: string[][]; rejects: string[]; lines: number[] } {
  const splitter = createRecordSplitter(',');
  const blocks = [...pieces.map((piece) => splitter.push(piece)), splitter.end()].filter(
    (block): block is RecordBlock => block !== null,
  );
  expect(splitter.nPending).toBe(0);
  return {
    records: blocks.flatMap((block) => tokenize(block, ',')),
    rejects: blocks.flatMap((block) => block.rejects.map(({ line, reason }) => `${line} ${reason}`)),
    lines: blocks.flatMap(({ nRecords, lines, firstLine }) =>
      Array.from({ length: nRecords }, (_, i) => lines?.[i] ?? firstLine + i),
    ),
  };
}

describe('createRecordSplitter', () => {
  it.each<[string, string, string[][]]>([
    ['one record', 'a,b,c', [['a', 'b', 'c']]],
    ['comma in quotes', 'a,"b,b",c', [['a', 'b,b', 'c']]],
    [
      'an empty quoted cell',
      'a,"",c\n"","",""',
      [
        ['a', '', 'c'],
        ['', '', ''],
      ],
    ],
    [
      'escaped quotes',
      '1,"ha ""ha"" ha"\n3,4',
      [
        ['1', 'ha "ha" ha'],
        ['3', '4'],
      ],
    ],
    ['a cell of quotes only', '"""","""",""""', [['"', '"', '"']]],
    ['quotes and delimiters', '"a"",""b",c', [['a","b', 'c']]],
    ['JSON in a cell', '1,"{""type"": ""Point"", ""c"": [1,2]}"', [['1', '{"type": "Point", "c": [1,2]}']]],
    [
      'a line end in quotes',
      '"a\nb",c\nd,e',
      [
        ['a\nb', 'c'],
        ['d', 'e'],
      ],
    ],
    [
      'CRLF in quotes is kept',
      '"a\r\nb",c\r\nd,e\r\n',
      [
        ['a\r\nb', 'c'],
        ['d', 'e'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'old Mac line ends',
      'a,b\rc,d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'mixed line ends',
      'a,b\r\nc,d\ne,f\rg,h',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
        ['g', 'h'],
      ],
    ],
    ['a quote in the middle of a cell is text', 'a b"c"d,e', [['a b"c"d', 'e']]],
    ['a quote behind a space is text', 'a, "b",c', [['a', ' "b"', 'c']]],
    [
      'spaces behind a closing quote',
      '"a"  ,b,"c"   \nd,e,f',
      [
        ['a', 'b', 'c'],
        ['d', 'e', 'f'],
      ],
    ],
    ['spaces behind the last quote', 'a,"b"  ', [['a', 'b']]],
    ['blank lines', 'a\n\nb\n\n\n', [['a'], [''], ['b'], [''], ['']]],
    ['only a line end', '\n', [['']]],
    [
      'empty cells',
      ',,\n,',
      [
        ['', '', ''],
        ['', ''],
      ],
    ],
    ['spaces are kept', ' a , b ', [[' a ', ' b ']]],
  ])('cuts %s', (_, text, expected) => {
    expect(readRecords([text])).toMatchObject({ records: expected, rejects: [] });
  });

  it.each<[string, string, string[][], string[]]>([
    ['text behind a closing quote', 'a,"b"x,c\nd,e,f', [['d', 'e', 'f']], ['1 quote-malformed']],
    [
      'a quote never closed',
      'a,b\nc,"d\ne,f\ng,h',
      [
        ['a', 'b'],
        ['e', 'f'],
        ['g', 'h'],
      ],
      ['2 quote-unclosed'],
    ],
    ['a lone quote', '"', [], ['1 quote-unclosed']],
    ['three quotes', '"""', [], ['1 quote-unclosed']],
  ])('rejects %s and resumes on the next line', (_, text, records, rejects) => {
    expect(readRecords([text])).toMatchObject({ records, rejects });
  });

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
        const trimmed = (grid: string[][]) => grid.map((cells) => cells.map((cell) => cell.trimEnd()));
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
    isDamaged: false,
    lendBounds: (n: number) => new Int32Array(n),
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
