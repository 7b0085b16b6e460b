import type { JobContext } from '#base/job-context.ts';
import { readLedger } from '#monitoring/ledger-file.ts';
import { openSoundModel } from '#inference/open-sound-model.ts';
import { readVersionText } from '#versions/model-version.ts';
import { LEDGER_PART, type Project, readProject } from '#versions/project-file.ts';

/**
 * A project from anywhere, each of its models opened once and closed again: none that says something else than when it was
 * written gets further. Throws what `readProject` and `openSoundModel` do.
 */
export async function openSoundProject(bytes: Uint8Array, context: JobContext): Promise<Project> {
  context.onProgress({ phase: 'reading', done: 0, total: 1 });
  const project = readProject(bytes);
  checkLedger(project);
  let done = 0;
  for (const version of project.versions.values()) {
    openSoundModel('model', readVersionText(version));
    done++;
    context.onProgress({ phase: 'checking', done, total: project.versions.size });
    await context.yieldNow();
  }
  return project;
}

/** A ledger that is none would be met at every start. Throws what reading a ledger throws. */
function checkLedger({ parts }: Project): void {
  const ledger = parts.get(LEDGER_PART);
  if (ledger) readLedger(readVersionText(ledger));
}
