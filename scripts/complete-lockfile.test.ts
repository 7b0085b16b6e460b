import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Lockfile, findMissingOptionalPackages } from './complete-lockfile.ts';

describe('package-lock.json', () => {
  const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');

  it('lists every platform’s packages, or npm ci refuses it (npm run fix:lockfile mends it)', () => {
    expect([...findMissingOptionalPackages(JSON.parse(text) as Lockfile).keys()]).toEqual([]);
  });

  it('knows the bytes of every package by their hash', () => {
    const { packages } = JSON.parse(text) as { packages: Record<string, { integrity?: string }> };
    const isKnown = ({ integrity = '' }: { integrity?: string }) => /^sha512-.{86}==$/u.test(integrity);
    const unknown = Object.keys(packages).filter((path) => path !== '' && !isKnown(packages[path] ?? {}));
    expect(unknown).toEqual([]);
  });

  it('names no registry: the packages come from whatever registry the machine uses', () => {
    expect(text).not.toContain('"resolved"');
  });

  it('would notice a package that was left out, and what it is for', () => {
    const lock = {
      packages: {
        'node_modules/tool': {
          optionalDependencies: {
            '@tool/linux-arm64-musl': '1.2.3',
            '@tool/darwin-x64': '1.2.3',
            fsevents: '~2.3.2',
          },
        },
        'node_modules/tool/node_modules/@tool/darwin-x64': {},
      },
    };
    expect([...findMissingOptionalPackages(lock)]).toEqual([
      [
        'node_modules/@tool/linux-arm64-musl',
        { version: '1.2.3', os: ['linux'], cpu: ['arm64'], libc: ['musl'], optional: true },
      ],
    ]);
  });
});
