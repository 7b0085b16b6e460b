/** The files of `src/` and what they import, as the tests and the rules of `lint/` read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const srcFolder = fileURLToPath(new URL('../src/', import.meta.url));

/** Paths below `src/`, with `/`: `data/csv/read-table.ts`. */
export function listSources() {
  return readdirSync(srcFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
    .map((entry) => posix.relative(slashed(srcFolder), posix.join(slashed(entry.parentPath), entry.name)))
    .sort();
}

function slashed(path) {
  return path.replaceAll('\\', '/');
}

export function isTest(path) {
  return /\.test\.tsx?$/u.test(path);
}

export function readSource(path) {
  return readFileSync(srcFolder + path, 'utf8');
}

const importPattern =
  /^(?:import|export)\b[^;'"]*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gmu;

/** What a file imports, `import type` and `import()` among it, as paths below `src/`; packages are left out. */
export function listImports(path, code = readSource(path)) {
  const found = [];
  for (const [, from, bare, dynamic] of code.matchAll(importPattern)) {
    const target = resolveImport(path, from ?? bare ?? dynamic);
    if (target !== null) found.push(target);
  }
  return found;
}

/** `./x.ts` or `#room/x.ts` in a file below `src/` as a path below `src/`; null for a package. */
export function resolveImport(path, specifier) {
  const plain = specifier.replace(/\?.*$/u, '');
  if (plain.startsWith('#')) return plain.slice(1);
  return plain.startsWith('.') ? posix.join(posix.dirname(path), plain) : null;
}

export function roomOf(path) {
  return path.split('/')[0];
}

/** The folder a file is in. That of the files directly in a room is the room itself: a folder like the others. */
export function folderOf(path) {
  return posix.dirname(path);
}

/** Arrows between the folders of each room: folder → { folder it imports from → the imports that say so }. Tests do not count. */
export function listFolderArrows(paths = listSources().filter((path) => !isTest(path))) {
  const arrows = {};
  for (const path of paths) {
    const from = folderOf(path);
    for (const target of listImports(path)) {
      const to = folderOf(target);
      if (roomOf(target) !== roomOf(path) || to === from) continue;
      ((arrows[from] ??= {})[to] ??= []).push(`${path} imports ${target}`);
    }
  }
  return arrows;
}

/** The nodes on the way from one node to another along the arrows, both included; null where there is none. */
export function findWay(arrowsOf, from, to, seen = new Set()) {
  if (from === to) return [to];
  seen.add(from);
  for (const next of arrowsOf(from)) {
    const way = seen.has(next) ? null : findWay(arrowsOf, next, to, seen);
    if (way) return [from, ...way];
  }
  return null;
}
