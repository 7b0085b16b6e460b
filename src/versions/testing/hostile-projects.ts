import { strToU8, unzipSync, zipSync } from 'fflate';
import { toAppError } from '#base/errors.ts';
import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import { readProject, type Project, writeProject } from '../project-file.ts';
import { createSampleProject, tellSampleLog } from './sample-project.ts';

/** What became of so many hostile files. */
export interface HostileTally {
  readonly nFiles: number;
  /** Refused, by the code of the refusal. */
  readonly refused: Readonly<Record<string, number>>;
  /** Opened and all the same: the change touched nothing that means something. */
  readonly same: number;
  /** Opened with other versions or another log: there must be none. */
  readonly changed: number;
  /** Errors that are no sentence for a person. */
  readonly crashed: readonly string[];
  /** Answers after more than five seconds. */
  readonly slow: number;
}

const project = createSampleProject(tellSampleLog(4), [tellSampleLog(2)]);
const written = writeProject(project);

type Attack = (rng: Rng) => Uint8Array;

const pick = <Item>(rng: Rng, items: readonly Item[]): Item => items[rng.nextBelow(items.length)] as Item;

function rezip(change: (files: Record<string, Uint8Array>) => void): Uint8Array {
  const files = { ...unzipSync(written) };
  change(files);
  return zipSync(files);
}

/** One file's text with a character changed, the manifest as it was or hashed again by whoever forges it. */
function forge(rng: Rng, isRehashed: boolean): Uint8Array {
  return rezip((files) => {
    const path = pick(rng, Object.keys(files));
    const bytes = (files[path] ?? new Uint8Array(1)).slice();
    if (bytes.length > 0) bytes[rng.nextBelow(bytes.length)] = rng.nextBelow(256);
    files[path] = bytes;
    if (!isRehashed || path === 'manifest.json') return;
    const forged = unzipSync(
      writeProject({ ...project, parts: new Map([...project.parts, ['settings.json', bytes]]) }),
    );
    files['manifest.json'] = forged['manifest.json'] ?? bytes;
  });
}

const attacks: readonly Attack[] = [
  // Bytes changed, cut off, put in twice.
  (rng) => {
    const bytes = written.slice();
    for (let i = 0; i <= rng.nextBelow(4); i++) bytes[rng.nextBelow(bytes.length)] = rng.nextBelow(256);
    return bytes;
  },
  (rng) => written.slice(0, rng.nextBelow(written.length)),
  (rng) => {
    const at = rng.nextBelow(written.length);
    return Uint8Array.from([...written.subarray(0, at), ...written.subarray(rng.nextBelow(at + 1))]);
  },
  (rng) => forge(rng, false),
  (rng) => forge(rng, true),
  // Paths that lead out, or mean something to a machine.
  (rng) =>
    rezip((files) => {
      const names = [
        '../x.json',
        '/etc/x.json',
        'a\\..\\x.json',
        'CON.json',
        '__proto__.json',
        'a/../b.json',
        '',
      ];
      files[pick(rng, names)] = strToU8('1');
    }),
  // Files less, twins under another name.
  (rng) =>
    rezip((files) => {
      const [path, other] = [pick(rng, Object.keys(files)), pick(rng, Object.keys(files))];
      if (rng.nextBelow(2) === 0) Reflect.deleteProperty(files, path);
      else files[path] = files[other] ?? new Uint8Array(0);
    }),
  // Bombs: a little that unpacks to much, with or without saying so.
  (rng) =>
    rezip((files) => {
      files['data/bomb.bin'] = new Uint8Array(200_000 * (1 + rng.nextBelow(4)));
    }),
  // Manifests of other versions, of no sense, nested, huge in number.
  (rng) =>
    rezip((files) => {
      const texts = [
        '{"format":"tranche-project","version":99,"files":[]}',
        '{"format":"tranche-project","version":1,"files":[]}',
        '{"format":"other","version":1,"files":[]}',
        'null',
        '[]',
        '['.repeat(5000),
        `{"format":"tranche-project","version":1,"files":${JSON.stringify(Array.from({ length: 6000 }, (_, i) => ({ path: `a/${i}.json`, size: 1, sha256: '0'.repeat(64) })))}}`,
        '{"format":"tranche-project","version":1,"files":[{"path":"a.json","size":1e15,"sha256":""}]}',
      ];
      files['manifest.json'] = strToU8(pick(rng, texts));
    }),
  // Logs whose entries were exchanged, taken out, doubled.
  (rng) => {
    const { own } = project.family;
    const entries = own.entries.slice();
    const [a, b] = [rng.nextBelow(entries.length), rng.nextBelow(entries.length)];
    if (rng.nextBelow(2) === 0) entries.splice(a, 1);
    else entries.splice(a, 0, entries[b] as (typeof entries)[number]);
    return writeProject({ ...project, family: { ...project.family, own: { ...own, entries } } });
  },
];

/** Opens `nFiles` hostile files, each by a seed of its own; `now` in milliseconds. */
export function runHostileProjects(nFiles: number, seed: number, now: () => number): HostileTally {
  const tally = {
    refused: {} as Record<string, number>,
    same: 0,
    changed: 0,
    crashed: [] as string[],
    slow: 0,
  };
  for (let i = 0; i < nFiles; i++) {
    const rng = createRng(deriveSeed(seed, i));
    const bytes = pick(rng, attacks)(rng);
    const begin = now();
    try {
      if (isSame(readProject(bytes))) tally.same++;
      else tally.changed++;
    } catch (thrown) {
      const { code } = toAppError(thrown);
      if (code === 'internal') tally.crashed.push(`${i}: ${String(thrown)}`);
      else tally.refused[code] = (tally.refused[code] ?? 0) + 1;
    }
    if (now() - begin > 5000) tally.slow++;
  }
  return { nFiles, ...tally };
}

/** The log may be cut short (nothing in a file can tell), the versions may not be others. */
function isSame({ family, versions }: Project): boolean {
  const { entries } = project.family.own;
  const isBeginning = family.own.entries.every((entry, i) => entry.hash === entries[i]?.hash);
  return isBeginning && [...versions.keys()].every((id) => project.versions.has(id));
}
