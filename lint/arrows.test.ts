import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, writeFileSync, cpSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findStrayFolders, isUpToDate } from './draw-layers.mjs';
import layers from './layers.json' with { type: 'json' };

const root = new URL('..', import.meta.url).pathname;
let house: string;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'arrows-'));
  cpSync(join(root, 'lint'), join(house, 'lint'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  writeFileSync(
    join(house, '.oxlintrc.json'),
    JSON.stringify({
      jsPlugins: ['./lint/plugin.mjs'],
      categories: { correctness: 'off' },
      rules: { 'tranche/arrows': 'error', 'tranche/folder-cycles': 'error' },
    }),
  );
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

/** What the rule says of one file; '' when it is content. */
function lint(path: string, code: string): string {
  const file = join(house, 'src', path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, code);
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '-f', 'unix', file], {
      cwd: house,
    });
    return '';
  } catch (failure) {
    return String((failure as { stdout: Buffer }).stdout);
  }
}

describe('the arrows rule', () => {
  it('lets an arrow of the table through, and code within its own folder', () => {
    expect(
      lint('models/ridge.ts', "import { a } from '#engine/a.ts'; import { b } from './b.ts'; a(b);"),
    ).toBe('');
  });

  it.each([
    ['engine/a.ts', "import { x } from '#data/table.ts'; x();", 'No arrow from engine to data'],
    [
      'engine/b.ts',
      "import type { X } from '#models/x.ts'; export type Y = X;",
      'No arrow from engine to models',
    ],
    ['data/c.ts', "export * from '#store/x.ts';", 'No arrow from data to store'],
    ['base/d.ts', "export const load = () => import('#engine/x.ts');", 'No arrow from base to engine'],
    ['jobs/e.ts', "import { x } from '../data/table.ts'; x();", "Leave the folder by its name: '#data/…'"],
    [
      'screens/model/f.ts',
      "import { x } from '../data/view.ts'; x();",
      'A screen never imports another screen',
    ],
    ['cellar/g.ts', "import { x } from '#base/x.ts'; x();", 'src/cellar is not in lint/layers.json'],
  ])('stops %s', (path, code, message) => {
    expect(lint(path, code)).toContain(message);
  });
});

describe('the rule on folders of a room', () => {
  it('lets folders stand on each other and on the room, and stops a circle on both its arrows', () => {
    expect(lint('models/table.ts', 'export const x = 1;')).toBe('');
    expect(lint('models/csv/a.ts', "import { x } from '../table.ts'; export const a = x;")).toBe('');
    expect(lint('models/quality/b.ts', "import { a } from '../csv/a.ts'; export const b = a;")).toBe('');
    const message = 'A circle of folders: models/csv → models/quality → models/csv';
    expect(lint('models/csv/c.ts', "import type { B } from '../quality/b.ts'; export type C = B;")).toContain(
      message,
    );
    expect(lint('models/quality/b.ts', "import { a } from '../csv/a.ts'; export const b = a;")).toContain(
      'A circle of folders: models/quality → models/csv → models/quality',
    );
  });

  it('takes the files directly in a room for a folder', () => {
    lint('evaluation/front.ts', "import { y } from './inner/y.ts'; export const x = y;");
    expect(
      lint('evaluation/inner/y.ts', "import type { X } from '../front.ts'; export type Y = X;"),
    ).toContain('A circle of folders: evaluation/inner → evaluation → evaluation/inner');
  });
});

describe('lint/layers.json', () => {
  it('has no cycle: every arrow leads to a folder that cannot come back', () => {
    const table: Record<string, string[]> = layers;
    const reach = (name: string, seen: string[]): void => {
      expect(seen).not.toContain(name);
      for (const next of table[name] ?? []) reach(next, [...seen, name]);
    };
    for (const name of Object.keys(table)) reach(name, []);
  });

  it('is what docs/architecture.md shows (mend: node lint/draw-layers.mjs)', () => {
    expect(isUpToDate()).toBe(true);
  });

  it('names each folder of src/ and no other', () => {
    expect(findStrayFolders()).toEqual([]);
  });
});
