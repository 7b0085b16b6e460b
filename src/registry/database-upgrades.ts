import type { IDBPDatabase, IDBPTransaction } from 'idb';
import type { ModelEntry } from './records.ts';
import { advanceSentinel, NOTHING_SAVED } from './second-copy/sentinel.ts';

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
    change: 'Searches of settings, and the logs of their trials.',
    up: (database) => {
      database.createObjectStore('studies', { keyPath: 'datasetId' });
      database.createObjectStore('trialEvents', { autoIncrement: true }).createIndex('studyId', 'studyId');
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
