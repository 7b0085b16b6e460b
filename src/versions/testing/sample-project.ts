import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { CheckedLog, Sha256, VersionAction } from '../contract.ts';
import type { Project } from '../project-file.ts';
import { EMPTY_LOG, extendLog, nextEntry } from '../version-log.ts';
import { createSampleVersion, sign } from './sample-versions.ts';

/** A log of versions 1 … n, the first one champion, then what else was done. */
export function tellSampleLog(n: number, actions: readonly VersionAction[] = []): CheckedLog {
  const all = Array.from({ length: n }, (_, i): VersionAction[] => {
    const { id, facts } = createSampleVersion(i + 1);
    const submit = { kind: 'submit', version: id, facts } as const;
    return i === 0 ? [submit, { kind: 'promote', version: id, gate: null, isForced: false }] : [submit];
  });
  return [...all.flat(), ...actions].reduce(
    (log, action) => extendLog(log, nextEntry(log, action, sign())),
    EMPTY_LOG,
  );
}

export function createSampleProject(own: CheckedLog, others: readonly CheckedLog[] = []): Project {
  const ids = new Set([own, ...others].flatMap(({ state }) => state.versions.map(({ id }) => id)));
  const all = Array.from({ length: 30 }, (_, i) => createSampleVersion(i + 1));
  return {
    family: { own, others },
    versions: new Map<Sha256, Uint8Array>(all.flatMap(({ id, bytes }) => (ids.has(id) ? [[id, bytes]] : []))),
    parts: new Map([
      ['data/d/file.bin', utf8ToBytes('a;b\r\n1;2'.repeat(50))],
      ['settings.json', utf8ToBytes('{"folds":5}')],
    ]),
  };
}
