import { describe, expect, it } from 'vitest';
import { readRecords } from './read-records.ts';
import { listRows, readText } from './read-text.ts';

/**
 * The situations that csv-spectrum and papaparse publish as their tests, each told again with cells of our
 * own. Where we differ from papaparse the name says so: a bad quote costs its own line, never the rest.
 */
type Case = readonly [name: string, text: string, records: readonly (readonly string[])[]];

const wellFormed: readonly Case[] = [
  ['one record', 'Ax,b,c', [['Ax', 'b', 'c']]],
  [
    'three records',
    'u,v\n1,2\n3,4',
    [
      ['u', 'v'],
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['spaces and tabs around a cell are kept', 'VP,\tdix jours ,fin', [['VP', '\tdix jours ', 'fin']]],
  ['lines that begin with a space', 'ASR\n VP\nVD', [['ASR'], [' VP'], ['VD']]],
  ['a quoted cell', 'VP,"Bugey",2', [['VP', 'Bugey', '2']]],
  ['spaces within quotes are kept', 'VP,"  Bugey ",2', [['VP', '  Bugey ', '2']]],
  ['a delimiter in quotes', 'VP,"Bugey, tranche 2",910', [['VP', 'Bugey, tranche 2', '910']]],
  [
    'a line end in quotes',
    '"Bugey\ntranche 2",910\nb,c',
    [
      ['Bugey\ntranche 2', '910'],
      ['b', 'c'],
    ],
  ],
  ['several line ends in several quoted cells', 'x,"1\n2","3\n4\n5"', [['x', '1\n2', '3\n4\n5']]],
  [
    'CRLF in quotes is kept',
    '"a\r\nb",c\r\nd,e\r\n',
    [
      ['a\r\nb', 'c'],
      ['d', 'e'],
    ],
  ],
  ['a lone CR in quotes is kept', 'x,"1\r2",y', [['x', '1\r2', 'y']]],
  [
    'delimiter and line end in the last cell',
    'a,"b,b\nb"\nc,d',
    [
      ['a', 'b,b\nb'],
      ['c', 'd'],
    ],
  ],
  ['quoted lines and quotes within them', '"Il dit ""oui"",\nréunion",3', [['Il dit "oui",\nréunion', '3']]],
  [
    'doubled quotes',
    '1,"ha ""ha"" ha"\n3,4',
    [
      ['1', 'ha "ha" ha'],
      ['3', '4'],
    ],
  ],
  ['doubled quotes at both edges', 'x,"""VP""",y', [['x', '"VP"', 'y']]],
  ['a cell of quotes only', '"""","""",""""', [['"', '"', '"']]],
  ['quotes on both sides of a delimiter', 'x,""",""",y', [['x', '","', 'y']]],
  ['quotes to the right of a delimiter', 'x,",""",y', [['x', ',"', 'y']]],
  ['quotes to the left of a delimiter', 'x,""",",y', [['x', '",', 'y']]],
  ['five quotes in a row and a delimiter', '"1","n="""",m=""""","2"', [['1', 'n="",m=""', '2']]],
  [
    'doubled quotes at the end of a line',
    'a,"b""b"""\nc,d',
    [
      ['a', 'b"b"'],
      ['c', 'd'],
    ],
  ],
  ['JSON in a cell', '1,"{""type"": ""Point"", ""c"": [1,2]}"', [['1', '{"type": "Point", "c": [1,2]}']]],
  ['coordinates in a cell', 'lieu,"47°24′N, 1°30′E"', [['lieu', '47°24′N, 1°30′E']]],
  [
    'characters of many scripts',
    'ʤ,漢字,🙂\nœ,€,ß',
    [
      ['ʤ', '漢字', '🙂'],
      ['œ', '€', 'ß'],
    ],
  ],
  ['a quote at the end of a cell is text', 'x,3",y', [['x', '3"', 'y']]],
  ['quotes in the middle of a cell are text', 'a b"c"d,e', [['a b"c"d', 'e']]],
  ['quotes behind a space are text', 'x, "b" ,c', [['x', ' "b" ', 'c']]],
  [
    'a closing quote before a line end',
    'a,"b"\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a closing quote before the end',
    'a,b\nc,"d"',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a line that begins with a quoted cell',
    'a,b\n"c",d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'quoted cells behind an empty one',
    'a,b\n,"c"\n,"d"',
    [
      ['a', 'b'],
      ['', 'c'],
      ['', 'd'],
    ],
  ],
  [
    'spaces behind a closing quote',
    '"a"  ,b,"c"   \nd,e,f',
    [
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ],
  ],
  ['spaces behind the last quote', 'a,"b"  ', [['a', 'b']]],
  [
    'empty quoted cells',
    'a,"",c\n"","",""',
    [
      ['a', '', 'c'],
      ['', '', ''],
    ],
  ],
  [
    'an empty quoted cell at the end',
    'a,""\nb,""',
    [
      ['a', ''],
      ['b', ''],
    ],
  ],
  [
    'empty cells in a row',
    'a,b,,,c\n,,d,,',
    [
      ['a', 'b', '', '', 'c'],
      ['', '', 'd', '', ''],
    ],
  ],
  [
    'only delimiters',
    ',,\n,',
    [
      ['', '', ''],
      ['', ''],
    ],
  ],
  ['only a line end', '\n', [['']]],
  ['nothing', '', []],
  ['one column', 'a\nb\nc', [['a'], ['b'], ['c']]],
  ['blank lines', 'a\n\nb\n\n\n', [['a'], [''], ['b'], [''], ['']]],
  ['a final line end adds no record', 'a,b\n', [['a', 'b']]],
  [
    'CRLF',
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'CR alone',
    'a,b\rc,d\r',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'mixed line ends (papaparse keeps to the first kind)',
    'a,b\r\nc,d\ne,f\rg,h',
    [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ],
  ],
  ['a line that looks like a comment is a record', '# liste\na,b', [['# liste'], ['a', 'b']]],
  ['separators of other trades are text', 'a\u001eb\u001fc,d', [['a\u001eb\u001fc', 'd']]],
];

type FaultyCase = readonly [...Case, rejects: readonly string[]];

const faulty: readonly FaultyCase[] = [
  ['text behind a closing quote', 'a,"b"x,c\nd,e,f', [['d', 'e', 'f']], ['1 quote-malformed']],
  ['a second opening quote', '"a,"b,c"\nd,e,f', [['d', 'e', 'f']], ['1 quote-malformed']],
  [
    'a closing quote before text at the line’s end',
    'a,"b,"c\nd,e,f',
    [['d', 'e', 'f']],
    ['1 quote-malformed'],
  ],
  [
    'a quote closed within the next line',
    'a,"b,c\nd"e,f,g\nh,i,j',
    [
      ['d"e', 'f', 'g'],
      ['h', 'i', 'j'],
    ],
    ['1 quote-malformed'],
  ],
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
];

describe('published cases', () => {
  it.each(wellFormed)('cuts %s', (_, text, records) => {
    expect(readRecords([text])).toMatchObject({ records, rejects: [], nPending: 0 });
  });

  it.each(faulty)('rejects %s and resumes on the next line', (_, text, records, rejects) => {
    expect(readRecords([text])).toMatchObject({ records, rejects, nPending: 0 });
  });

  const texts = [...wellFormed, ...faulty].map(([name, text]) => [name, text] as const);
  it.each(texts)('cuts the same in pieces of one character: %s', (_, text) => {
    const { records, rejects } = readRecords([text]);
    expect(readRecords(text.split(''))).toMatchObject({ records, rejects, nPending: 0 });
  });

  /** csv-spectrum's files, read whole: header, one row an outage. */
  it.each<readonly [name: string, text: string, rows: readonly (readonly (string | number | null)[])[]]>([
    ['simple', 'a,b,c\n1,2,3\n', [[1, 2, 3]]],
    ['simple with CRLF', 'a,b,c\r\n1,2,3\r\n', [[1, 2, 3]]],
    [
      'an empty quoted cell',
      'a,b,c\n1,"",3\n4,"5",6\n',
      [
        [1, null, 3],
        [4, 5, 6],
      ],
    ],
    ['a comma in quotes', 'nom,site\nVP,"Bugey, Ain"\n', [['VP', 'Bugey, Ain']]],
    [
      'doubled quotes',
      'a,b\n1,"ha ""ha"" ha"\n3,4\n',
      [
        [1, 'ha "ha" ha'],
        [3, '4'],
      ],
    ],
    [
      'JSON',
      'key,val\n1,"{""type"": ""Point"", ""c"": [102.0, 0.5]}"\n',
      [[1, '{"type": "Point", "c": [102.0, 0.5]}']],
    ],
    [
      'line ends in cells',
      'a,b,c\n1,2,3\n"Once\nupon",5,6\n',
      [
        ['1', 2, 3],
        ['Once\nupon', 5, 6],
      ],
    ],
    [
      'CRLF in cells',
      'a,b\r\n1,2\r\n"deux\r\nlignes",5\r\n',
      [
        ['1', 2],
        ['deux\r\nlignes', 5],
      ],
    ],
    [
      'quotes and line ends',
      'a,b\n1,"ha\n""ha""\nha"\n3,4\n',
      [
        [1, 'ha\n"ha"\nha'],
        [3, '4'],
      ],
    ],
    [
      'CR line ends',
      'a,b\r1,2\r3,4\r',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'UTF-8',
      'a,b\n1,漢字\n4,ʤ\n',
      [
        [1, '漢字'],
        [4, 'ʤ'],
      ],
    ],
    ['coordinates', 'lieu,"x, y"\nA,"47,4 / 1,5"\n', [['A', '47,4 / 1,5']]],
    [
      'the word NULL',
      'a,b\nNULL,1\nx,2\n',
      [
        [null, 1],
        ['x', 2],
      ],
    ],
  ])('reads the file of %s', async (_, text, rows) => {
    const { table, ledger } = await readText(text, { delimiter: ',' });
    expect(listRows(table)).toEqual(rows);
    expect(ledger).toMatchObject({ headers: 1, kept: rows.length, rejected: 0 });
  });
});
