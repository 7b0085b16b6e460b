import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

export const CUT_BYTES = 64;

/** Cuts 64 bytes out of the log of a profile's databases, at a fraction of its length; false where it is too short. */
export function cutLog(profile: string, fraction: number): boolean {
  const root = `${profile}/Default/IndexedDB`;
  let isCut = false;
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!/\.leveldb[\\/]\d+\.log$/u.test(path)) continue;
    const bytes = readFileSync(`${root}/${path}`);
    if (bytes.length <= CUT_BYTES) continue;
    const at = Math.floor((bytes.length - CUT_BYTES) * fraction);
    writeFileSync(`${root}/${path}`, Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + CUT_BYTES)]));
    isCut = true;
  }
  return isCut;
}
