import { AppError } from '#base/errors.ts';

/** The events of a ledger that were saved together. */
export interface LedgerPart {
  readonly key: string;
  readonly events: readonly unknown[];
}

/** Keys sort as their numbers. */
const KEY_LENGTH = 12;

/**
 * What a save adds to a ledger of which a tab knows so many events. Throws `ledger-moved` where another tab has added some
 * since: what was said before has to be known before more is.
 */
export function planLedgerPart(
  parts: readonly LedgerPart[],
  nKnown: number,
  events: readonly unknown[],
): LedgerPart {
  const n = countEvents(parts);
  if (n !== nKnown) {
    throw new AppError('ledger-moved', `${n} events are kept, ${nKnown} were known`, {
      expected: nKnown,
      found: n,
    });
  }
  return { key: String(n).padStart(KEY_LENGTH, '0'), events };
}

function countEvents(parts: readonly LedgerPart[]): number {
  return parts.reduce((sum, { events }) => sum + events.length, 0);
}
