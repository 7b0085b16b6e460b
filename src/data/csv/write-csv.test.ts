import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { generateFleet } from '../fleet-sample.ts';
import type { Column, Table } from '../table.ts';
import { readText } from './read-text.ts';
import { writeCsv, type CsvDialectName } from './write-csv.ts';

const dialects: readonly CsvDialectName[] = ['excel-french', 'international'];

const label = (name: string, labels: readonly string[]): Column => ({
  type: 'category',
  name,
  codes: Int32Array.from(labels, (_, i) => i),
  categories: labels,
});

/** The column's cells, apart from how its categories are numbered. */
function cellsOf(column: Column): unknown {
  if (column.type !== 'category') return column.values;
  return Array.from(column.codes, (code) => column.categories[code] ?? null);
}

describe('writeCsv', () => {
  const table: Table = {
    nRows: 2,
    columns: [
      label('Tranche', ['Été; "1"', 'B\r\n2']),
      { type: 'number', name: 'Durée', values: Float64Array.of(1234.5, NaN) },
      {
        type: 'date',
        name: 'Début',
        values: Float64Array.of(Date.UTC(2026, 10, 23, 7, 30), NaN),
        hasTime: true,
      },
      { type: 'date', name: 'Jour', values: Float64Array.of(Date.UTC(2026, 10, 3), NaN), hasTime: false },
    ],
  };

  it('writes what French Excel opens', () => {
    expect(writeCsv(table, 'excel-french')).toBe(
      '\uFEFFTranche;Durée;Début;Jour\r\n"Été; ""1""";1234,5;23/11/2026 07:30;03/11/2026\r\n"B\r\n2";;;\r\n',
    );
  });

  it('writes the international form', () => {
    expect(writeCsv(table, 'international')).toBe(
      '\uFEFFTranche,Durée,Début,Jour\r\n"Été; ""1""",1234.5,2026-11-23 07:30,2026-11-03\r\n"B\r\n2",,,\r\n',
    );
  });

  it('neutralises what a spreadsheet would run, and only that', () => {
    const labels = ['=1+1', '@x', '+cmd', '-cmd', '＝1', '\t=1', "'=1", '-5', '−5', 'a=b'];
    const cells = writeCsv({ nRows: labels.length, columns: [label('x', labels)] }, 'international')
      .slice(1)
      .split('\r\n')
      .slice(1, -1);
    expect(cells).toEqual(["'=1+1", "'@x", "'+cmd", "'-cmd", "'＝1", "'\t=1", "''=1", '-5', '−5', 'a=b']);
    const negative: Table = {
      nRows: 1,
      columns: [{ type: 'number', name: '=n', values: Float64Array.of(-2.5) }],
    };
    expect(writeCsv(negative, 'international')).toBe("\uFEFF'=n\r\n-2.5\r\n");
  });

  it.each(dialects)('%s: a table read from a file is the same after writing and reading', async (dialect) => {
    const fleet = generateFleet({ units: 6, years: 6, seed: 2 });
    const first = await readText(writeCsv(fleet, dialect));
    const second = await readText(writeCsv(first.table, dialect));
    expect(second.table).toEqual(first.table);
    expect(first.table.nRows).toBe(fleet.nRows);
    for (const [i, column] of fleet.columns.entries()) {
      const read = first.table.columns[i] as Column;
      expect(read.name).toBe(column.name);
      expect(cellsOf(read)).toEqual(cellsOf(column));
    }
  });

  const cell = fc.string({
    unit: fc.constantFrom('a', 'É', '=', '+', '-', '@', "'", '"', ';', ',', '\n', ' ', '\t', '1', '|', '🙂'),
    minLength: 1,
    maxLength: 8,
  });
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });

  it.each(dialects)('%s: import(export(x)) = x for any labels, names and numbers', async (dialect) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, number, fc.integer({ min: -1e5, max: 1e5 })), {
          minLength: 3,
          maxLength: 12,
        }),
        cell,
        async (rows, name) => {
          const labels = rows.map(([text], i) => `${text.trim()}x${i}`);
          const column = label(`${name.replace(/\s+/g, ' ').trim()}n`, labels);
          const written: Table = {
            nRows: rows.length,
            columns: [
              column,
              { type: 'number', name: 'x', values: Float64Array.from(rows, ([, value]) => value) },
              {
                type: 'date',
                name: 'début',
                values: Float64Array.from(rows, ([, , minutes]) => minutes * 60_000),
                hasTime: true,
              },
            ],
          };
          const { table, ledger } = await readText(writeCsv(written, dialect));
          expect(ledger.rejected).toBe(0);
          expect(table).toEqual(written);
        },
      ),
      { numRuns: 300 },
    );
  });
});
