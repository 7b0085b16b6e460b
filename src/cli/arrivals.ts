import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#base/errors.ts';
import type { DatasetFile } from '#jobs/dataset/contract.ts';
import { openStore } from '#pipeline/store-address.ts';
import { openDatasetFile } from './files.ts';

/** Files of data by the ends of their names; others that lie beside them are none. */
const endings = /\.(?:csv|tsv|txt|xlsx)(?:\.gz)?$/iu;

/**
 * The files of a folder, of a bucket, or one file, in the order of names. Throws `file-unreadable`, `file-no-rows` where there are
 * none.
 */
export async function openArrivals(address: string): Promise<readonly DatasetFile[]> {
  const files = address.startsWith('s3://') ? await openObjects(address) : await openFiles(address);
  if (files.length > 0) return files;
  throw new AppError('file-no-rows', `no file of data (.csv, .tsv, .txt, .xlsx) in ${address}`, {
    name: address,
  });
}

async function openFiles(path: string): Promise<DatasetFile[]> {
  const found = await stat(path).catch((thrown: unknown) => {
    throw new AppError('file-unreadable', String(thrown), { name: path, message: String(thrown) });
  });
  if (!found.isDirectory()) return [await openDatasetFile(path)];
  return Promise.all((await listDataFiles(path)).map((name) => openDatasetFile(join(path, name))));
}

/** Names of the files of data in a folder, not below it, ascending. */
export async function listDataFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && endings.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

async function openObjects(address: string): Promise<DatasetFile[]> {
  // It is only read: what it does with conditions is all one.
  const store = await openStore(address, { allowsUnconditional: true });
  const files: DatasetFile[] = [];
  for await (const { key } of store.list('')) {
    if (endings.test(key)) files.push({ name: key, bytes: (await store.get(key)).bytes });
  }
  return files;
}
