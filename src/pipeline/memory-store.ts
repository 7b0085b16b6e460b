import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type ArtifactStore, isBelow, requireKey, storeError } from './artifact-store.ts';

/** A store that ends with the process. */
export function createMemoryStore(address = 'memory:'): ArtifactStore {
  const objects = new Map<string, Uint8Array>();
  const tagOf = (bytes: Uint8Array) => bytesToHex(sha256(bytes));
  return {
    address,
    get: async (key) => {
      requireKey(key);
      const bytes = objects.get(key);
      if (!bytes) throw storeError('artifact-missing', address, key);
      return { bytes: bytes.slice(), tag: tagOf(bytes) };
    },
    put: async (key, bytes, mode) => {
      requireKey(key);
      const old = objects.get(key);
      if (mode.kind === 'create' && old) throw storeError('artifact-exists', address, key);
      if (mode.kind === 'replace' && (!old || tagOf(old) !== mode.expected))
        throw storeError('artifact-changed', address, key);
      objects.set(key, bytes.slice());
      return tagOf(bytes);
    },
    list: async function* (prefix) {
      const below = [...objects].filter(([key]) => isBelow(key, prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [key, bytes] of below) yield { key, size: bytes.length };
    },
    delete: async (key) => {
      requireKey(key);
      objects.delete(key);
    },
  };
}
