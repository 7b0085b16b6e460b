import { access, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toAppError } from '#base/errors.ts';
import { readDataset } from '#jobs/dataset/read-dataset.ts';
import { readDialectOptions } from './dialect-options.ts';
import { listDataFiles, openArrivals } from './arrivals.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { openDatasetFile } from './files.ts';
import { createCommandContext } from './job-context.ts';
import { type Options, readOptions } from './options.ts';
import { retrainOnce, retrainOptions } from './retrain-command.ts';
import { openNamedStore } from './store-options.ts';
import { tell, type Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';
import { writeError } from './write-error.ts';

/** What a folder held at the last look: size and time of change by name. */
type Look = ReadonlyMap<string, string>;

/**
 * `watch --data DIR --store S [--every SECONDS] [--once]`: takes files that are dropped into a folder, and retrains on all that were
 * taken. A file is taken when it was the same at two looks, or when NAME.done lies beside it.
 */
export async function runWatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = readOptions(args, {
    named: [...retrainOptions.named, 'data', 'every'],
    flags: [...retrainOptions.flags, 'once'],
    nPositionals: 0,
  });
  const folder = options.text('data');
  if (folder === undefined) throw new UsageError('name the folder: --data FOLDER');
  const everyMs = 1000 * options.number('every', 60);
  if (!(everyMs > 0)) throw new UsageError('--every must be above 0 seconds');
  let look: Look = new Map();
  for (;;) {
    const { next, taken } = await takeSettled(folder, look, options, terminal);
    look = next;
    if (taken > 0) {
      const code = await retrainTaken(folder, options, terminal);
      if (options.flag('once')) return code;
    } else if (options.flag('once') && look.size === 0) return exitCodes.nothingNew;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

async function retrainTaken(folder: string, options: Options, terminal: Terminal): Promise<number> {
  try {
    const store = await openNamedStore(options);
    return await retrainOnce(store, await openArrivals(join(folder, 'taken')), options, terminal, false);
  } catch (thrown) {
    if (thrown instanceof UsageError || options.flag('once')) throw thrown;
    // The next arrival is another occasion.
    const error = toAppError(thrown);
    terminal.error(writeError(error, terminal.words));
    return exitCodeOf(error.code);
  }
}

async function takeSettled(folder: string, before: Look, options: Options, terminal: Terminal) {
  const next = new Map<string, string>();
  let taken = 0;
  for (const name of await listDataFiles(folder)) {
    const { size, mtimeMs } = await stat(join(folder, name));
    const now = `${size} ${mtimeMs}`;
    const isDone = await access(join(folder, `${name}.done`)).then(
      () => true,
      () => false,
    );
    if (!isDone && before.get(name) !== now) next.set(name, now);
    else if (await takeFile(folder, name, options, terminal)) taken++;
  }
  return { next, taken };
}

/** Moves a file to `taken/`, or, with the reason beside it, to `refused/`. Whether it was taken. */
async function takeFile(
  folder: string,
  name: string,
  options: Options,
  terminal: Terminal,
): Promise<boolean> {
  const move = async (to: string) => {
    await mkdir(join(folder, to), { recursive: true });
    await rename(join(folder, name), join(folder, to, name));
  };
  try {
    const file = await openDatasetFile(join(folder, name));
    await readDataset(
      { datasetId: 'data', file, overrides: readDialectOptions(options) },
      createCommandContext(),
    );
  } catch (thrown) {
    const reason = writeError(toAppError(thrown), terminal.words);
    await move('refused');
    await writeFile(join(folder, 'refused', `${name}.reason.txt`), reason);
    tell(terminal, [terminal.words.t('report.retrain.refusedFile', { name }), reason.trimEnd()]);
    return false;
  }
  await move('taken');
  tell(terminal, [terminal.words.t('report.retrain.takenFile', { name })]);
  return true;
}
