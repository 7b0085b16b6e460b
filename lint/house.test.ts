import { describe, expect, it } from 'vitest';
import { folderArrows, sharedNames } from './allowances.mjs';
import layers from './layers.json' with { type: 'json' };
import {
  findWay,
  folderOf,
  isTest,
  listFolderArrows,
  listImports,
  listSources,
  readSource,
  roomOf,
} from './sources.mjs';

const sources = listSources().filter((path) => !isTest(path));
const importsOf = new Map(sources.map((path) => [path, listImports(path)]));

describe('the arrows between rooms', () => {
  it('are all used: take out of lint/layers.json what no file but a test needs', () => {
    const used = new Set(
      [...importsOf].flatMap(([path, targets]) => targets.map((to) => `${roomOf(path)} -> ${roomOf(to)}`)),
    );
    const allowed = Object.entries(layers).flatMap(([from, rooms]) => rooms.map((to) => `${from} -> ${to}`));
    expect(allowed.filter((arrow) => !used.has(arrow))).toEqual([]);
  });
});

describe('files', () => {
  it('import each other in no circle', () => {
    const circles = sources.flatMap((path) => {
      const ways = (importsOf.get(path) ?? []).map((next) =>
        findWay((at) => importsOf.get(at) ?? [], next, path),
      );
      return ways.flatMap((way) => (way ? [[path, ...way].join(' → ')] : []));
    });
    expect(circles).toEqual([]);
  });
});

describe('the folders of a room', () => {
  const arrows = listFolderArrows(sources);
  const listArrows = (from: string) => Object.keys(arrows[from] ?? {});

  it('import each other in no circle, but for the arrows of lint/allowances.mjs', () => {
    const follow = (from: string) =>
      listArrows(from).filter((to) => !folderArrows.includes(`${from} -> ${to}`));
    const circles = Object.keys(arrows).flatMap((from) =>
      follow(from).flatMap((to) => (findWay(follow, to, from) ? [...(arrows[from]?.[to] ?? [])] : [])),
    );
    expect(circles).toEqual([]);
  });

  it('still need each arrow that lint/allowances.mjs lets pass', () => {
    const settled = folderArrows.filter((arrow) => {
      const [from = '', to = ''] = arrow.split(' -> ');
      return !listArrows(from).includes(to) || findWay(listArrows, to, from) === null;
    });
    expect(settled).toEqual([]);
  });
});

describe('exported names', () => {
  /** The two languages say the same by the same names; the assembly side and the tests' oracle are the engine again. */
  const isCounted = (path: string) =>
    !/^(?:language\/(?:en|fr)|engine\/assembly|engine\/testing\/oracle)\//u.test(path);
  const declaration =
    /^export (?:declare )?(?:async )?(?:function\*?|const|let|class|interface|type|enum) (\w+)/gmu;

  const filesOf = new Map<string, Set<string>>();
  for (const path of sources.filter(isCounted)) {
    for (const [, name = ''] of readSource(path).matchAll(declaration)) {
      filesOf.set(name, (filesOf.get(name) ?? new Set()).add(path));
    }
  }
  const shared = [...filesOf].flatMap(([name, files]) => (files.size > 1 ? [name] : [])).sort();

  it('mean one thing: none is declared in two files, but for those of lint/allowances.mjs', () => {
    const news = shared.filter((name) => !sharedNames.includes(name));
    expect(news.map((name) => `${name}: ${[...(filesOf.get(name) ?? [])].join(', ')}`)).toEqual([]);
  });

  it('are taken out of lint/allowances.mjs once they are settled', () => {
    expect(sharedNames.filter((name) => !shared.includes(name))).toEqual([]);
  });
});

it('reads every file below src/ from its folder', () => {
  expect(sources).toContain('data/csv/read-table.ts');
  expect(folderOf('data/csv/read-table.ts')).toBe('data/csv');
  expect(importsOf.get('data/csv/read-table.ts')).toContain('data/table.ts');
});
