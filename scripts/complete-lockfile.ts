import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Adds to package-lock.json the optional packages for other platforms that it lacks.
 *
 * A registry that does not hold a tool's builds for every platform makes npm leave them out, and `npm ci` then
 * refuses the file everywhere. The names and versions are known all the same: the tools list them.
 */

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** What is missing, by the path it would have. */
export function findMissingOptionalPackages({ packages }: Lockfile): ReadonlyMap<string, LockedPackage> {
  const missing = new Map<string, LockedPackage>();
  for (const [path, { dev, optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const platform = readPlatform(name);
      const isPinned = /^\d+\.\d+\.\d+[-.\w]*$/u.test(version);
      if (!platform || !isPinned || isListed(packages, path, name)) continue;
      missing.set(`node_modules/${name}`, { version, ...platform, ...(dev && { dev }), optional: true });
    }
  }
  return missing;
}

/** `…/binding-linux-arm64-musl` → its os, cpu and libc, as npm writes them. */
function readPlatform(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> | null {
  const match = /(?<os>android|darwin|freebsd|linux|openharmony|win32)-(?<cpu>[a-z0-9]+)(?<rest>.*)$/u.exec(
    name,
  );
  const { os, cpu, rest = '' } = match?.groups ?? {};
  if (os === undefined || cpu === undefined) return null;
  const libc = rest.includes('musl') ? ['musl'] : rest.includes('gnu') ? ['glibc'] : [];
  return { os: [os], cpu: [cpu], ...(os === 'linux' && libc.length > 0 && { libc }) };
}

/** Node looks for a package beside the one that wants it, then in each folder above. */
function isListed(packages: Lockfile['packages'], path: string, name: string): boolean {
  const steps = path === '' ? [] : path.split('/node_modules/');
  return steps
    .map((_, i) => `${steps.slice(0, steps.length - i).join('/node_modules/')}/node_modules/${name}`)
    .concat(`node_modules/${name}`)
    .some((candidate) => candidate in packages);
}

function completeLockfile(): void {
  const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lockfile;
  const missing = findMissingOptionalPackages(lock);
  const all = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
  const packages = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(`package-lock.json: ${missing.size} packages for other platforms added`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) completeLockfile();
