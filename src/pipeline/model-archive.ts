import { gunzipSync, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { nameVersion } from '#versions/model-version.ts';
import type { Challenger } from './steps/fit.ts';

const BLOCK = 512;
/** More is no model: one may have 50 MB, and what is known of it little. */
const MAX_BYTES = 128 * 2 ** 20;

/**
 * The files of a `model.tar.gz`, by name without leading `./`. Throws `model-file-invalid` for what is none, or unpacks to more than
 * a model has.
 */
export function readArchive(packed: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const bytes = attempt(() => gunzipSync(packed, { maxOutputLength: MAX_BYTES }));
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    const text = (from: number, length: number) =>
      header
        .subarray(from, from + length)
        .toString('utf8')
        .replace(/\0[^]*$/u, '');
    const name = text(0, 100);
    if (name === '') break;
    const size = Number.parseInt(text(124, 12), 8);
    if (!Number.isFinite(size) || at + BLOCK + size > bytes.length) reject('a file of it is cut off');
    const kind = text(156, 1);
    const full = [text(345, 155), name].filter((part) => part !== '').join('/');
    if (kind === '' || kind === '0')
      files.set(full.replace(/^\.\//u, ''), new Uint8Array(bytes.subarray(at + BLOCK, at + BLOCK + size)));
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return files;
}

/** A `model.tar.gz` with these files: the same bytes for the same files. */
export function writeArchive(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const blocks: Buffer[] = [];
  for (const [name, bytes] of files) {
    const header = Buffer.alloc(BLOCK);
    header.write(name, 0, 100, 'utf8');
    header.write('0000644\0' + '0000000\0'.repeat(2), 100);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0${' '.repeat(8)}0`, 124);
    header.write('ustar\u000000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    blocks.push(header, Buffer.from(bytes), Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK));
  }
  return new Uint8Array(gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9 }));
}

const errorsSchema = v.object({ mae: v.number(), mse: v.number() });
const knownSchema = v.looseObject({
  id: v.string(),
  facts: v.looseObject({ model: v.string(), nBytes: v.number(), settings: v.unknown() }),
  ownTest: v.object({ new: errorsSchema, median: errorsSchema, n: v.number() }),
});

/** The challenger that a training job left. Throws `model-file-invalid`, `model-file-altered`. */
export function readChallenger(packed: Uint8Array): Challenger {
  const files = readArchive(packed);
  const [model, known] = [files.get('model.json'), files.get('challenger.json')];
  if (!model || !known) return reject('model.json or challenger.json is missing');
  const value: unknown = attempt(() => JSON.parse(new TextDecoder().decode(known)));
  if (!v.is(knownSchema, value)) return reject('challenger.json is unsound');
  if (nameVersion(model) !== value.id)
    throw new AppError('model-file-altered', 'model.json is not the one that challenger.json names');
  return { ...(value as unknown as Omit<Challenger, 'bytes'>), bytes: model };
}

function attempt<Result>(task: () => Result): Result {
  try {
    return task();
  } catch (thrown) {
    return reject(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function reject(problem: string): never {
  throw new AppError('model-file-invalid', `model.tar.gz: ${problem}`, { problem });
}
