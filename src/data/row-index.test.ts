import { expect, it } from 'vitest';
import type { FileRow, FileRows, SampleIndex, TableRow, TableRows } from './row-index.ts';

it('lets a plain number be of any space, and no number of one space be of another', () => {
  const inFile: FileRow = 3;
  const inTable: TableRow = Number(inFile);
  const rowOrigins: FileRows = Int32Array.of(3, 5);
  const rows: FileRow | undefined = rowOrigins[inTable];
  expect(rows).toBeUndefined();
  // @ts-expect-error a row of the file is no position in the cleaned table
  const wrong: TableRow = inFile;
  // @ts-expect-error nor a position among the outages
  const worse: SampleIndex = inFile;
  // @ts-expect-error nor are many of them
  const many: TableRows = rowOrigins;
  // Types only: at runtime all are numbers.
  expect([wrong, worse, many.length]).toEqual([3, 3, 2]);
});
