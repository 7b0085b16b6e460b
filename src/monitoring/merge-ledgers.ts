import type { LedgerEvent } from './contract.ts';
import { readEvents } from './ledger-file.ts';

/**
 * The events of another ledger that this one lacks, to be added behind its own: both then tell the same, whichever was first,
 * and adding it again adds nothing. Conflicting outcomes stay side by side: the joins tell them. O(events).
 */
export function listMissing(
  own: readonly LedgerEvent[],
  theirs: readonly LedgerEvent[],
): readonly LedgerEvent[] {
  const known = new Set(own.map(nameEvent));
  return theirs.filter((event) => !known.has(nameEvent(event)));
}

/** The same of events as a store holds them. Throws `ledger-invalid`. */
export function listMissingKept(own: readonly unknown[], theirs: readonly unknown[]): readonly LedgerEvent[] {
  return theirs.length === 0 ? [] : listMissing(readEvents(own), readEvents(theirs));
}

/** Two events of one name are one: a model is that of its file, an announcement that of its content. */
function nameEvent(event: LedgerEvent): string {
  if (event.kind === 'model') return `model ${event.hash}`;
  if (event.kind === 'announced') return `announced ${event.id}`;
  return JSON.stringify(event);
}
