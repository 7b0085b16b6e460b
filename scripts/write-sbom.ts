import { readFileSync } from 'node:fs';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly peer?: boolean;
}

/**
 * What the bundle may hold, as CycloneDX 1.5: every package of the lockfile that is no tool of development, with its licence
 * and hash. Without a time or a number of its own: the same lockfile gives the same bytes.
 */
export function writeSbom(lockfile: string): string {
  const { name, version, packages } = JSON.parse(lockfile) as {
    name: string;
    version: string;
    packages: Readonly<Record<string, LockedPackage>>;
  };
  const components = Object.entries(packages).flatMap(([path, entry]) => {
    const bare = path.split('node_modules/').at(-1) ?? '';
    const { version: locked, dev, devOptional, optional, peer, license, integrity } = entry;
    const isLeftOut = [dev, devOptional, optional, peer].includes(true);
    if (bare === '' || isLeftOut || locked === undefined) return [];
    const [algorithm, digest] = integrity?.split('-', 2) ?? [];
    const hash =
      algorithm === 'sha512' && digest !== undefined && Buffer.from(digest, 'base64').toString('hex');
    return [
      {
        type: 'library',
        name: bare,
        version: locked,
        purl: `pkg:npm/${bare.replace('@', '%40')}@${locked}`,
        ...(license !== undefined && { licenses: [{ license: { id: license } }] }),
        ...(hash !== false && { hashes: [{ alg: 'SHA-512', content: hash }] }),
      },
    ];
  });
  const component = { type: 'application', name, version, 'bom-ref': name };
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component }, components }, null, 2)}\n`;
}

export const readLockfile = () => readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
