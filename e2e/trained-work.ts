import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { SampleRequest } from '#jobs/dataset/contract.ts';
import type { DatasetRecord, KeptWork } from '#registry/records.ts';
import type { TrainingSettings } from '#training/contract.ts';
import { createAppStore } from '#store/app-store.ts';
import { createInPlaceServices } from '#store/testing/in-place-services.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = `${root}/node_modules/.cache/trained-work`;

/** What to train on, with the settings as they are at first but for those that are chosen. */
export type WorkSource = { readonly settings?: Partial<TrainingSettings> } & (
  { readonly sample: SampleRequest } | { readonly file: { readonly name: string; readonly text: string } }
);

/** The kept work of one browser, in values that can be written to a file and handed to a page: a blob as its bytes. */
export interface TrainedWork extends Omit<KeptWork, 'dataset'> {
  readonly dataset: Omit<DatasetRecord, 'bytes'> & { readonly bytes: Uint8Array };
}

/**
 * The records that a browser keeps once a person opened `source` and trained on it. They come from the product's own
 * store over its own jobs, run in Node: another spec proves that a browser makes the same bytes. Kept on disk until a
 * source file changes.
 */
export async function findTrainedWork(source: WorkSource): Promise<TrainedWork> {
  const folder = `${cache}/${hashSources()}`;
  const path = `${folder}/${createHash('sha256').update(JSON.stringify(source)).digest('hex')}`;
  try {
    return deserialize(readFileSync(path)) as TrainedWork;
  } catch {
    const work = await train(source);
    mkdirSync(folder, { recursive: true });
    // Whole or not at all: another worker may be reading or writing the same one.
    const own = `${path}.${process.pid}`;
    writeFileSync(own, serialize(work));
    renameSync(own, path);
    forgetOtherSources(folder);
    return work;
  }
}

async function train(source: WorkSource): Promise<TrainedWork> {
  const services = createInPlaceServices();
  const { getState } = createAppStore(services);
  await getState().restore();
  await ('sample' in source
    ? getState().openSample(source.sample)
    : getState().openFile(new File([source.file.text], source.file.name, { type: 'text/csv' })));
  if (source.settings) getState().setSettings(source.settings);
  await getState().train();
  const kept = await services.registry.load();
  const { problem } = getState();
  if (problem || !kept.dataset || !kept.model) throw new Error(`no model: ${JSON.stringify(problem)}`);
  const bytes = new Uint8Array(await kept.dataset.bytes.arrayBuffer());
  return { ...kept, dataset: { ...kept.dataset, bytes } };
}

function forgetOtherSources(folder: string): void {
  for (const name of readdirSync(cache)) {
    if (`${cache}/${name}` !== folder) rmSync(`${cache}/${name}`, { recursive: true, force: true });
  }
}

let sourcesHash: string | null = null;

/** Changes with anything that may change what a training gives. */
function hashSources(): string {
  if (sourcesHash !== null) return sourcesHash;
  const hash = createHash('sha256');
  const paths = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.(?:ts|json)$/u.test(path))
    .map((path) => `src/${path}`);
  for (const path of [...paths.sort(), 'e2e/trained-work.ts', 'package-lock.json']) {
    hash.update(path).update(readFileSync(`${root}/${path}`));
  }
  return (sourcesHash = hash.digest('hex'));
}
