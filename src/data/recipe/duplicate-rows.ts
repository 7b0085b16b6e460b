import { range } from '#base/arrays.ts';
import { isSliceEnd, type Sliced } from '#base/slices.ts';
import type { Column } from '../table.ts';

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);

/**
 * For each row the first row that is equal to it in all the columns, itself where there is none
 * before. Missing cells are equal to each other. Without a column no row equals another.
 * O(rows × columns) expected, by hashing and then comparing.
 */
export function* findDuplicateRows(columns: readonly Column[], nRows: number): Sliced<Int32Array> {
  const firstEqual = range(nRows);
  if (columns.length === 0) return firstEqual;
  const hashes = new Int32Array(nRows);
  for (const column of columns) yield* mixColumn(column, hashes);
  const newestOf = new Map<number, number>();
  const previous = new Int32Array(nRows).fill(-1); // chains the distinct rows of one hash
  for (const [row, hash] of hashes.entries()) {
    if (isSliceEnd(row)) yield;
    let candidate = newestOf.get(hash) ?? -1;
    while (candidate >= 0 && !areEqual(columns, candidate, row)) candidate = previous[candidate] ?? -1;
    if (candidate >= 0) {
      firstEqual[row] = candidate;
      continue;
    }
    previous[row] = newestOf.get(hash) ?? -1;
    newestOf.set(hash, row);
  }
  return firstEqual;
}

function* mixColumn(column: Column, outHashes: Int32Array): Sliced<void> {
  const bitsOf = column.type === 'category' ? (code: number) => code : hashNumber;
  const cells = column.type === 'category' ? column.codes : column.values;
  for (const [row, cell] of cells.entries()) {
    if (isSliceEnd(row)) yield;
    const hash = Math.imul((outHashes[row] ?? 0) ^ bitsOf(cell), 0x85ebca6b);
    outHashes[row] = hash ^ (hash >>> 15);
  }
}

function hashNumber(value: number): number {
  scratch[0] = Number.isNaN(value) ? NaN : value + 0; // −0 is 0
  return (words[0] ?? 0) ^ Math.imul(words[1] ?? 0, 0x9e3779b1);
}

function areEqual(columns: readonly Column[], a: number, b: number): boolean {
  for (const column of columns) {
    if (column.type === 'category') {
      if (column.codes[a] !== column.codes[b]) return false;
    } else {
      const [left, right] = [column.values[a], column.values[b]];
      if (left !== right && !(Number.isNaN(left) && Number.isNaN(right))) return false;
    }
  }
  return true;
}
