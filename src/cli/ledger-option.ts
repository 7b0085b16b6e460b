import type { Instant } from '#base/instant.ts';
import { lastInstantOf } from '#data/dates.ts';
import type { LedgerEvent } from '#monitoring/contract.ts';
import { readLedger, writeLedger } from '#monitoring/ledger-file.ts';
import { readText, statInput } from './files.ts';
import type { Options } from './options.ts';
import { openOutputFile } from './output-file.ts';
import { UsageError } from './usage-error.ts';

/** A ledger that announcements are added to. */
export interface OpenLedger {
  readonly events: readonly LedgerEvent[];
  /** When they are made. */
  readonly at: Instant;
  readonly write: (events: readonly LedgerEvent[]) => Promise<void>;
}

/**
 * The ledger that `--announce` names, empty where there is none yet; null where it was not given. Checked before any work:
 * what is no ledger is not written over. Throws `ledger-invalid`, `ledger-too-new`, and what `openOutputFile` throws.
 */
export async function openLedger(options: Options): Promise<OpenLedger | null> {
  const path = options.text('announce');
  const on = options.text('announced-on');
  if (path === undefined) {
    if (on !== undefined) throw new UsageError('--announced-on goes with --announce');
    return null;
  }
  const today = Date.now();
  const at = on === undefined ? today : lastInstantOf(on);
  if (at === null) throw new UsageError(`--announced-on must be a date, as 2026-11-28, got "${on}"`);
  const file = await openOutputFile('announce', path, options.positionals);
  const isThere = await statInput(path).then(
    () => true,
    () => false,
  );
  const events = isThere ? readLedger(await readText(path)) : [];
  return { events, at: Math.min(at, today), write: (all) => file.write(writeLedger(all)) };
}
