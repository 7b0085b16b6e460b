import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { strFromU8 } from 'fflate';
import type { Sha256 } from './contract.ts';

/** L4: a version's name is the hash of its bytes, the text of a model file in UTF-8. */
export function nameVersion(bytes: Uint8Array): Sha256 {
  return bytesToHex(sha256(bytes));
}

/** The text of the model file that a version is. */
export function readVersionText(bytes: Uint8Array): string {
  return strFromU8(bytes);
}
