import type { TrialLog } from '#tuning/trial-log.ts';
import { readFrom, type TrancheDatabase } from './database.ts';

/**
 * The log of a study, a transaction an event. Neither counted nor copied with the saves, of which there would be hundreds: a trial that is lost
 * is tried again.
 */
export function openTrialLog(database: TrancheDatabase, studyId: string): TrialLog {
  return {
    append: async (event) => {
      // A killed tab loses nothing of it; a cut of the power may.
      const adding = database.transaction('trialEvents', 'readwrite', { durability: 'relaxed' });
      const completed = adding.done;
      completed.catch(() => {});
      await adding.store.add({ studyId, event });
      await completed;
    },
    read: async () => {
      const kept = await readFrom(database, ['trialEvents'], (reading) =>
        reading.objectStore('trialEvents').index('studyId').getAll(studyId),
      );
      return kept.map(({ event }) => event);
    },
  };
}

/** Removes what is left of studies that are no longer kept. That it cannot is no loss. O(events of such studies). */
export async function forgetOrphanedTrials(database: TrancheDatabase): Promise<void> {
  try {
    const removing = database.transaction(['studies', 'trialEvents'], 'readwrite', { durability: 'relaxed' });
    removing.done.catch(() => {});
    const kept = new Set((await removing.objectStore('studies').getAll()).map(({ id }) => id));
    const trials = removing.objectStore('trialEvents');
    const ofStudies = trials.index('studyId');
    for (
      let cursor = await ofStudies.openKeyCursor(null, 'nextunique');
      cursor;
      cursor = await cursor.continue()
    ) {
      if (kept.has(cursor.key)) continue;
      for (const key of await ofStudies.getAllKeys(cursor.key)) await trials.delete(key);
    }
    await removing.done;
  } catch {
    // They are found again at the next study.
  }
}
