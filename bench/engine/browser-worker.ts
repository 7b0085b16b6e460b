/** What `bench/browser.ts` bundles and runs in a worker of the browser. */
import { createSilentContext } from '#base/job-context.ts';
import { readTable } from '#data/csv/read-table.ts';
import type { BlobLike } from '#jobs/dataset/contract.ts';
import { toByteSource } from '#jobs/dataset/file-source.ts';
import { fitModelsToCompare, runCases } from './cases.ts';
import type { Figure } from './figure.ts';

/** What the worker tells of itself. */
export type Message =
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'models'; readonly models: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'end' };

interface Order {
  readonly wanted: string;
  readonly file: BlobLike | null;
}

const scope = globalThis as unknown as {
  onmessage: (event: { data: Order }) => void;
  postMessage: (message: Message) => void;
};

const now = (): number => performance.now();
const report = (figure: Figure): void => scope.postMessage({ kind: 'figure', figure });

async function timeReading(file: BlobLike): Promise<void> {
  const startedAt = now();
  const { table } = await readTable(
    toByteSource({ name: 'numbers.csv', bytes: file }),
    {},
    createSilentContext(now),
  );
  const name = `csv: ${table.nRows.toLocaleString('en')} × ${table.columns.length}, from file to typed table`;
  report({ name, value: (now() - startedAt) / 1000, unit: 's' });
  if (table.columns.some((column) => column.type !== 'number'))
    throw new Error('A column of numbers was not read as one.');
}

async function run(wanted: string, file: BlobLike | null): Promise<void> {
  if (file) {
    await timeReading(file);
  } else {
    scope.postMessage({ kind: 'models', models: fitModelsToCompare() });
    runCases(now, wanted.trim(), report);
  }
}

scope.onmessage = ({ data }) => {
  run(data.wanted, data.file)
    .catch((error: unknown) => scope.postMessage({ kind: 'failed', why: String(error) }))
    .finally(() => scope.postMessage({ kind: 'end' }));
};
