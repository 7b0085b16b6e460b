import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * A signature of the names of a table's columns, in their order: SHA-256 as hexadecimal. Two files of the
 * same shape share it whatever their rows, so roles and recipe are remembered by it. Types have no part in
 * it: a month without a single end date, or another decimal mark, is still the same export.
 */
export function computeTableShape(table: { readonly columns: readonly { readonly name: string }[] }): string {
  const names = table.columns.map(({ name }) => name);
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(names))));
}
