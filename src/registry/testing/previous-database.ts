import { openDB } from 'idb';
import type { CellRow } from '#data/cell.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { DATABASE_NAME } from '../database.ts';

/** Of the fixture's JSON: the ends of intervals that could not be claimed were NaN in the database. */
function withNaN(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => (item === null ? NaN : withNaN(item)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withNaN(part)]));
}

const summary = {
  modelId: 'm',
  name: 'quantile-forest',
  scale: 'log1p',
  target: { name: 'Durée (jours)', unit: 'day' },
  features: [{ type: 'number', name: 'Effectif', role: 'lever', settles: [] }],
  nTrainingRows: 56,
  hash: 'h',
};

const challenge = {
  score: {
    name: 'neural-log',
    scale: 'log1p',
    isReference: false,
    cv: { mae: 30, rmse: 40, r2: 0.1, sd: 3 },
    test: { mae: 31, rmse: 41, r2: 0.2 },
  },
  nTest: 11,
  theirs: { coverage: 0.7, meanWidth: 80 },
  band: [0.5, 1],
  disagreement: null,
  isStopped: false,
};

/** A model's text, its training's result as the fixture keeps it, and a case of it. */
export interface PreviousModel {
  readonly text: string;
  readonly result: Readonly<Record<string, unknown>>;
  readonly cells: CellRow;
  /** Of its content; no real one where nothing is said. */
  readonly hash?: string;
}

/**
 * Writes the database of version 3 as the build before the second opinion had its name left it: two models of one file,
 * the first of them on show, with a scenario and what the neural network said.
 */
export async function writePreviousDatabase({
  text,
  result,
  cells,
  hash = 'h',
}: PreviousModel): Promise<void> {
  const old = await openDB(DATABASE_NAME, 3, {
    upgrade(database) {
      database.createObjectStore('projects', { keyPath: 'id' });
      database.createObjectStore('datasets', { keyPath: 'id' });
      database.createObjectStore('models', { keyPath: 'id' }).createIndex('datasetId', 'datasetId');
      database.createObjectStore('scenarios', { keyPath: 'modelId' });
      database.createObjectStore('shapes', { keyPath: 'shape' });
      database.createObjectStore('challenges', { keyPath: 'modelId' });
    },
  });
  const { repeats: _repeats, ...settings } = defaultTrainingSettings;
  const test = withNaN((result as { readonly test: unknown }).test);
  const model = {
    datasetId: 'd',
    summary: { ...summary, hash },
    result: { ...result, test },
    text,
    fromSample: true,
  };
  const typical = { cells, origin: null };
  await old.put('projects', { id: 'current', datasetId: 'd', modelId: 'm', settings });
  await old.put('datasets', {
    id: 'd',
    name: 'parc.csv',
    bytes: new Blob(['durée (jours);type\n1;a\n']),
    sample: null,
    overrides: {},
    roles: [{ column: 'type', role: 'context', reason: 'user' }],
  });
  await old.put('models', { ...model, id: 'm' });
  await old.put('models', { ...model, id: 'n', result: { ...result, models: 'lost' } });
  await old.put('scenarios', { modelId: 'm', scenario: typical, reference: typical });
  await old.put('shapes', { shape: 's', roles: [], nLeftBehind: 1 });
  await old.put('challenges', { modelId: 'm', challenge });
  old.close();
}
