import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { nameVersion } from '#versions/model-version.ts';

/**
 * Where the served model comes from: a model file, a folder that holds one (as SageMaker unpacks it), or the pointer of a
 * store, which names the model in service by its hash.
 */
export type ModelSource = { readonly kind: 'file' | 'pointer'; readonly path: string };

export interface FoundModel {
  readonly text: string;
  /** When it was written or promoted, in milliseconds since 1970. */
  readonly bornAt: number;
}

const pointerSchema = v.object({ model: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });

/** Reads what the source holds now. Throws `file-unreadable`, and `model-file-altered` where a store's file is not the version named. */
export async function readSource({ kind, path }: ModelSource): Promise<FoundModel> {
  return attempt(path, async () => {
    if (kind === 'file') {
      const file = await findModelFile(path);
      const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
      return { text, bornAt: mtimeMs };
    }
    const { model } = v.parse(pointerSchema, JSON.parse(await readFile(path, 'utf8')));
    const bytes = await readFile(join(dirname(path), 'models', model, 'model.json'));
    if (nameVersion(bytes) !== model)
      throw new AppError('model-file-altered', `the file of version ${model} is another one`, {
        what: 'hash',
      });
    return { text: bytes.toString('utf8'), bornAt: (await stat(path)).mtimeMs };
  });
}

/** Tells one state of the source from another; null where nothing is there. Cheap: one look, also on a network's disk. */
export async function signSource({ path }: ModelSource): Promise<string | null> {
  try {
    const { ino, size, mtimeMs } = await stat(await findModelFile(path));
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}

/** The file itself, or the one model that a folder holds. Throws an `Error` that says what is there. */
async function findModelFile(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return path;
  const names = (await readdir(path)).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  const name = names.includes('model.json') ? 'model.json' : names[0];
  if (name === undefined || (names.length > 1 && name !== 'model.json')) {
    throw new Error(`it is a folder with ${names.length} files of models (.json), not one`);
  }
  return join(path, name);
}

async function attempt<Result>(path: string, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('file-unreadable', `${path}: ${message}`, { name: path, message });
  }
}
