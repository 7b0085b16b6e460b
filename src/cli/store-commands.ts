import { checkStore } from '#pipeline/check-store.ts';
import { findPrevious } from '#pipeline/retrain.ts';
import { createStoreVersions, updatePointer } from '#pipeline/store-versions.ts';
import { tellEntry, tellStore } from '#report/retrain-sentences.ts';
import { act, readCheckedLog } from '#versions/version-store.ts';
import { exitCodes } from './exit-codes.ts';
import { readOptions } from './options.ts';
import { openNamedStore, readSigner, storeFlags, storeOptionNames } from './store-options.ts';
import { tell, type Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** `history --store S [--json]`: the log, an entry a line. */
export async function runHistory(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, { named: ['store'], flags: storeFlags, nPositionals: 0 });
  const log = await readCheckedLog(createStoreVersions(await openNamedStore(options)));
  if (options.flag('json')) terminal.out(log.entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  else
    tell(
      { ...terminal, error: terminal.out },
      log.entries.map((entry) => tellEntry(entry, terminal.words)),
    );
}

/** `rollback --store S --reason R [--to VERSION]`: the champion before goes back to work. */
export async function runRollback(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: [...storeOptionNames, 'reason', 'to'],
    flags: storeFlags,
    nPositionals: 0,
  });
  const reason = options.text('reason');
  if (reason === undefined) throw new UsageError('say why: --reason "at least ten characters"');
  const store = await openNamedStore(options);
  const versions = createStoreVersions(store);
  const log = await readCheckedLog(versions);
  const named = options.text('to');
  const version = named === undefined ? findPrevious(log) : findVersion(log.state.versions, named);
  await act(versions, { kind: 'roll-back', version }, { by: readSigner(options), at: Date.now(), reason });
  terminal.out(`${JSON.stringify(await updatePointer(store), null, 2)}\n`);
}

/** `check-store --store S`: exit code 3 where something is lost or altered. */
export async function runCheckStore(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = readOptions(args, { named: ['store'], flags: storeFlags, nPositionals: 0 });
  const report = await checkStore(await openNamedStore(options));
  if (options.flag('json')) terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  else tell({ ...terminal, error: terminal.out }, tellStore(report, terminal.words));
  return report.isSound ? exitCodes.done : exitCodes.badData;
}

/** By its number, or by the beginning of its hash. */
function findVersion(versions: readonly { readonly id: string; readonly number: number }[], named: string) {
  const found = versions.filter(({ id, number }) => String(number) === named || id.startsWith(named));
  const [only] = found;
  if (only && found.length === 1) return only.id;
  throw new UsageError(`--to ${named}: ${found.length} versions are called so`);
}
