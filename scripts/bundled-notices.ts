import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { rewritePage } from './rewrite-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The innermost package of a module's path, its scope included. */
const packagePath = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u;

/**
 * Puts the licence notices of all packages that the page is made of at its end. `collect` is for the workers' bundles, which
 * are made apart; `write` for the page's own, made after them.
 */
export function bundledNotices(): { readonly collect: () => Plugin; readonly write: () => Plugin } {
  const folders = new Set<string>();
  const collect = (): Plugin => ({
    name: 'collect-packages',
    apply: 'build',
    moduleParsed({ id }) {
      const folder = packagePath.exec(id.replaceAll('\\', '/').replace(/^\0/u, ''))?.[1];
      if (folder !== undefined) folders.add(folder);
    },
  });
  const write = (): Plugin => ({
    ...collect(),
    ...rewritePage(
      'bundled-notices',
      (html) => `${html.trimEnd()}\n<!--\n${writeNotices([...folders])}\n-->\n`,
    ),
  });
  return { collect, write };
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Name, version and licence of each package, its licence's own text once for all that share it. Safe in an HTML comment. */
export function writeNotices(folders: readonly string[]): string {
  const byText = new Map<string, string[]>();
  for (const folder of folders.toSorted()) {
    const { name, version, license } = readPackage(folder);
    const text = readLicence(folder);
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license ?? 'no licence named'})`]);
  }
  const notices = Array.from(byText, ([text, names]) => `${names.join(', ')}\n\n${text}`.trimEnd());
  return `Tranche is made with these packages.\n\n${notices.join('\n\n----\n\n')}`.replaceAll(
    /-(?=-|>)/gu,
    '- ',
  );
}

function readPackage(folder: string): PackageJson {
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as PackageJson;
}

function readLicence(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)(\.|-|$)/iu.test(name));
  return files.map((name) => readFileSync(`${folder}/${name}`, 'utf8').trim()).join('\n\n');
}

/** Where the packages stand that package.json names for running. */
export function listDependencies(): readonly string[] {
  const { dependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return Object.keys(dependencies).map((name) => `${root}node_modules/${name}`);
}
