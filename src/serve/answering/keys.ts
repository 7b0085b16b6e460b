import { createHash, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';

/** Headers by their names in small letters. */
export interface HeaderReader {
  readonly get: (name: string) => string | null;
}

const keysSchema = v.strictObject({
  keys: v.pipe(
    v.array(v.strictObject({ name: v.string(), sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })),
    v.minLength(1),
  ),
});

/** Who may ask. The file holds no key, only the SHA-256 of each with whose it is. */
export interface KeyRing {
  /** The name of the key's owner; null for a key that is none. */
  readonly findOwner: (key: string) => string | null;
}

/** Reads `{"keys": [{"name", "sha256"}]}`. Throws an `Error` that says what is wrong. */
export function readKeyRing(text: string): KeyRing {
  const { keys } = v.parse(keysSchema, JSON.parse(text));
  const known = keys.map(({ name, sha256 }) => ({ name, digest: Buffer.from(sha256, 'hex') }));
  return {
    findOwner: (key) => {
      const digest = createHash('sha256').update(key).digest();
      let owner: string | null = null;
      // All are compared, each in the same time: how long it takes tells nothing.
      for (const each of known) if (timingSafeEqual(each.digest, digest)) owner = each.name;
      return owner;
    },
  };
}

/** The key of a request: `x-api-key`, or a bearer token. */
export function readKey(headers: HeaderReader): string | null {
  const bearer = /^Bearer (\S+)$/iu.exec(headers.get('authorization') ?? '')?.[1];
  return headers.get('x-api-key') ?? bearer ?? null;
}
