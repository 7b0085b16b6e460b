import type { IDBPDatabase, IDBPTransaction } from 'idb';
import type { LogEntry } from '#versions/contract.ts';
import { orderBySaving } from './order-by-saving.ts';
import type { ModelEntry } from './records.ts';
import { advanceSentinel, NOTHING_SAVED, type Sentinel } from './second-copy/sentinel.ts';
import { nameText, planSubmission, type Submission, toBytes, toLogRecord } from './version-records.ts';

type AnyTransaction = IDBPTransaction<unknown, string[], 'versionchange'>;

/**
 * Brings a database of version `to − 1` to version `to`, inside the one transaction of all upgraders: a failure leaves
 * the database as it was. May await nothing but requests of that transaction. The numbers run from 1 to the current one
 * without a gap; none is ever removed or changed.
 */
export interface DatabaseUpgrade {
  readonly to: number;
  readonly change: string;
  readonly up: (database: IDBPDatabase, transaction: AnyTransaction) => Promise<void> | void;
}

export const databaseUpgrades: readonly DatabaseUpgrade[] = [
  {
    to: 1,
    change: 'Projects, datasets, models, scenarios.',
    up: (database) => {
      database.createObjectStore('projects', { keyPath: 'id' });
      database.createObjectStore('datasets', { keyPath: 'id' });
      database.createObjectStore('models', { keyPath: 'id' }).createIndex('datasetId', 'datasetId');
      database.createObjectStore('scenarios', { keyPath: 'modelId' });
    },
  },
  {
    to: 2,
    change: 'What was decided about the last file of a shape.',
    up: (database) => void database.createObjectStore('shapes', { keyPath: 'shape' }),
  },
  {
    to: 3,
    change: 'What the neural network said of a model, then called a challenge.',
    up: (database) => void database.createObjectStore('challenges', { keyPath: 'modelId' }),
  },
  {
    to: 4,
    change:
      'Challenges are second opinions. What a list of models shows stands apart from the models, whose texts are large; ' +
      'old models keep theirs beside it, as copying the texts would need twice the room.',
    up: async (database, transaction) => {
      await renameChallenges(database, transaction);
      await listOldModels(database, transaction);
    },
  },
  {
    to: 5,
    change: 'How far the saves have come, so that an emptied store is not taken for one never used.',
    up: async (database, transaction) => {
      const sentinels = database.createObjectStore('sentinels');
      const projects = await transaction.objectStore('projects').getAllKeys();
      if (projects.length > 0)
        await sentinels.put(advanceSentinel(NOTHING_SAVED, projects.map(String)), 'last');
    },
  },
  {
    to: 6,
    change:
      'Versions of models, their log, and logs that went on apart elsewhere; kept models are its first versions. The ledger of announcements.',
    up: async (database, transaction) => {
      database.createObjectStore('versionLog', { keyPath: 'key' });
      database.createObjectStore('versions', { keyPath: 'id' });
      database.createObjectStore('otherLogs', { keyPath: 'head' });
      database.createObjectStore('ledger', { keyPath: 'key' });
      await submitOldModels(transaction);
    },
  },
];

interface OldChallenge {
  readonly modelId: string;
  readonly challenge: unknown;
}

async function renameChallenges(database: IDBPDatabase, transaction: AnyTransaction): Promise<void> {
  // One unreleased build had version 3 with the new name.
  if (database.objectStoreNames.contains('secondOpinions')) return;
  const opinions = database.createObjectStore('secondOpinions', { keyPath: 'modelId' });
  const challenges = (await transaction.objectStore('challenges').getAll()) as readonly OldChallenge[];
  for (const { modelId, challenge } of challenges) await opinions.put({ modelId, secondOpinion: challenge });
  database.deleteObjectStore('challenges');
}

/** A model's record up to version 3; the text and the result stay where they are. */
interface OldModel {
  readonly id: string;
  readonly datasetId: string | null;
  readonly summary: Pick<ModelEntry, 'name' | 'target' | 'nTrainingRows' | 'hash'>;
  readonly fromSample: boolean;
}

async function listOldModels(database: IDBPDatabase, transaction: AnyTransaction): Promise<void> {
  const entries = database.createObjectStore('modelEntries', { keyPath: 'id' });
  entries.createIndex('datasetId', 'datasetId');
  const models = transaction.objectStore('models');
  // One at a time: together their texts may not fit the memory.
  for (let cursor = await models.openCursor(); cursor; cursor = await cursor.continue()) {
    const { id, datasetId, summary, fromSample } = cursor.value as OldModel;
    const { name, target, nTrainingRows, hash } = summary;
    const entry: ModelEntry = { id, datasetId, name, target, nTrainingRows, hash, fromSample, savedAt: null };
    await entries.put(entry);
  }
  models.deleteIndex('datasetId');
}

/** In the order they were saved in; that on show becomes the champion. One that is no sound version stays a mere model. */
async function submitOldModels(transaction: AnyTransaction): Promise<void> {
  const entries = orderBySaving((await transaction.objectStore('modelEntries').getAll()) as ModelEntry[]);
  const project = (await transaction.objectStore('projects').get('current')) as
    { readonly modelId?: string | null } | undefined;
  const written: LogEntry[] = [];
  for (const entry of [...entries].sort(
    (a, b) => Number(b.id === project?.modelId) - Number(a.id === project?.modelId),
  )) {
    const content = (await transaction.objectStore('models').get(entry.id)) as { text?: unknown } | undefined;
    if (typeof content?.text !== 'string') continue;
    const id = nameText(content.text);
    const planned = planOld(written, id, describeOldModel(entry, content.text));
    written.push(...planned);
    if (planned.length > 0) await transaction.objectStore('versions').put({ id, modelId: entry.id });
  }
  for (const entry of written) await transaction.objectStore('versionLog').put(toLogRecord(entry));
  if (written.length === 0) return;
  const sentinels = transaction.objectStore('sentinels');
  const last = ((await sentinels.get('last')) as Sentinel | undefined) ?? NOTHING_SAVED;
  // So that the second copy hears of it.
  await sentinels.put(advanceSentinel(last, ['versionLog']), 'last');
}

/** None for a record that is no sound version. */
function planOld(written: readonly LogEntry[], id: string, submission: Submission): readonly LogEntry[] {
  try {
    return planSubmission(written, id, submission);
  } catch {
    return [];
  }
}

function describeOldModel(
  { name, target, nTrainingRows, hash, savedAt }: ModelEntry,
  text: string,
): Submission {
  return {
    facts: {
      model: hash,
      name,
      target,
      nTrainingRows,
      data: null,
      nBytes: toBytes(text).length,
      seed: 0,
      app: null,
      settings: null,
      figures: null,
    },
    signature: { by: 'Tranche', at: savedAt ?? 0, reason: 'kept before there were versions' },
  };
}
