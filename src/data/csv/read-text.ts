import { createSilentContext } from '#base/job-context.ts';
import { readCell, type CellValue } from '../cell.ts';
import { civilFromInstant } from '../dates.ts';
import type { Table } from '../table.ts';
import { createByteSource } from './byte-source.ts';
import type { Dialect } from './dialect.ts';
import { readTable, type ReadResult } from './read-table.ts';

/** Reads a text as if it came in a UTF-8 file: for a paste, and for the tests. */
export function readText(text: string, overrides: Partial<Dialect> = {}): Promise<ReadResult> {
  return readBytes(encodeUtf8(text), overrides);
}

/** Reads bytes handed out in pieces of `chunkSize`. */
export function readBytes(
  bytes: Uint8Array,
  overrides: Partial<Dialect> = {},
  chunkSize = 1 << 20,
): Promise<ReadResult> {
  return readTable(createByteSource('text.csv', bytes, chunkSize), overrides, createSilentContext());
}

const { TextEncoder } = globalThis as unknown as {
  TextEncoder: new () => { encode(text: string): Uint8Array };
};

export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The cells of a table as plain values by row: numbers, labels, ISO dates, null for missing. */
export function listRows(table: Table): CellValue[][] {
  return Array.from({ length: table.nRows }, (_, row) =>
    table.columns.map((column) => {
      const cell = readCell(column, row);
      return column.type === 'date' && typeof cell === 'number' ? writeIso(cell, column.hasTime) : cell;
    }),
  );
}

function writeIso(instant: number, hasTime: boolean): string {
  const { year, month, day, hour, minute } = civilFromInstant(instant);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}${hasTime ? ` ${two(hour)}:${two(minute)}` : ''}`;
}
