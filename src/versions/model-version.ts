import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Sha256 } from './contract.ts';

/** L4: a version's name is the hash of its bytes, the text of a model file in UTF-8. */
export function nameVersion(bytes: Uint8Array): Sha256 {
  return bytesToHex(sha256(bytes));
}
