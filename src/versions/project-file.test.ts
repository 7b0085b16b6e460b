import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { runHostileProjects } from './testing/hostile-projects.ts';
import { createSampleProject, tellSampleLog } from './testing/sample-project.ts';
import { createSampleVersion, sign } from './testing/sample-versions.ts';
import { writeProject, readProject, isProject } from './project-file.ts';
import { createProjectStore, listConflicts, mergeProjects } from './project-store.ts';
import { act } from './version-store.ts';

const [first, second] = [createSampleVersion(1), createSampleVersion(2)];
const promote = (version: string) => ({ kind: 'promote', version, gate: null, isForced: true }) as const;
const project = createSampleProject(tellSampleLog(3), [tellSampleLog(2, [promote(second.id)])]);

/** The file, changed entry by entry; undefined takes one out. */
function change(changes: Readonly<Record<string, Uint8Array | undefined>>): Uint8Array {
  const files: Record<string, Uint8Array | undefined> = { ...unzipSync(writeProject(project)), ...changes };
  const left = Object.entries(files).filter((entry): entry is [string, Uint8Array] => entry[1] !== undefined);
  return zipSync(Object.fromEntries(left));
}

describe('a project file', () => {
  it('opens as it was written, and is written again byte for byte', () => {
    const bytes = writeProject(project);
    const opened = readProject(bytes);
    expect(opened).toEqual(project);
    expect(writeProject(opened)).toEqual(bytes);
    expect(isProject(bytes)).toBe(true);
  });

  it.each<[string, string, Uint8Array]>([
    ['project-invalid', 'no zip', strToU8('a;b\n1;2')],
    ['project-invalid', 'no manifest', change({ 'manifest.json': undefined })],
    ['project-invalid', 'no JSON', change({ 'manifest.json': strToU8('{') })],
    ['project-too-new', 'a newer version', change({ 'manifest.json': strToU8('{"version":2}') })],
    ['project-invalid', 'a file that is not listed', change({ 'data/x.json': strToU8('1') })],
    ['project-invalid', 'a path that leads out', change({ '../x.json': strToU8('1') })],
    ['project-invalid', 'a file less', change({ 'settings.json': undefined })],
    ['project-altered', 'another text in a file', change({ 'settings.json': strToU8('{"folds":6}') })],
    ['project-altered', 'another model', change({ [`versions/${first.id}.json`]: second.bytes })],
  ])('is refused (%s) for %s', (code, _what, bytes) => {
    expect(() => readProject(bytes)).toThrow(expect.objectContaining({ code }));
  });

  it('does not open without a version that was promoted, here or elsewhere', () => {
    for (const id of [first.id, second.id]) {
      const versions = new Map([...project.versions].filter(([each]) => each !== id));
      expect(() => readProject(writeProject({ ...project, versions }))).toThrow(
        expect.objectContaining({ code: 'project-altered' }),
      );
    }
  });

  it('is a store of versions: what is done to it is in it', async () => {
    const { store, read } = createProjectStore(project);
    await act(store, promote(second.id), sign());
    expect(readProject(writeProject(read())).family.own.state.champion).toBe(second.id);
  });
});

describe('merging projects', () => {
  const mine = createSampleProject(tellSampleLog(3));
  const theirs = createSampleProject(tellSampleLog(2, [promote(second.id)]));

  it('keeps both logs and one’s own champion, twice as once, and the same logs in either order', () => {
    const merged = mergeProjects(mine, theirs);
    expect(merged.family.own.state.champion).toBe(first.id);
    expect(merged.family.others.map(({ state }) => state.champion)).toEqual([second.id]);
    expect(mergeProjects(merged, theirs)).toEqual(merged);
    const other = mergeProjects(theirs, mine);
    const heads = ({ family }: typeof mine) => [family.own, ...family.others].map(({ head }) => head);
    expect(new Set(heads(other))).toEqual(new Set(heads(merged)));
    expect(readProject(writeProject(merged)).versions.size).toBe(3);
  });

  it('goes on where one’s own log ends', () => {
    const further = createSampleProject(tellSampleLog(3, [promote(second.id)]));
    expect(mergeProjects(mine, further).family).toEqual(further.family);
    expect(mergeProjects(further, mine).family).toEqual(further.family);
  });

  it('says which parts differ, and keeps one’s own', () => {
    const changed = { ...theirs, parts: new Map([...theirs.parts, ['settings.json', strToU8('{}')]]) };
    expect(listConflicts(mine, changed)).toEqual(['settings.json']);
    expect(mergeProjects(mine, changed).parts).toEqual(mine.parts);
  });
});

it('withstands 80 hostile files', () => {
  expect(runHostileProjects(80, 1, () => performance.now())).toMatchObject({
    changed: 0,
    crashed: [],
    slow: 0,
  });
});
