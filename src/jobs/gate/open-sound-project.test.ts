import { strToU8 } from 'fflate';
import { expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { writeLedger } from '#monitoring/ledger-file.ts';
import { writeProject } from '#versions/project-file.ts';
import { createSampleProject, tellSampleLog } from '#versions/testing/sample-project.ts';
import { openSoundProject } from './open-sound-project.ts';

const context = createSilentContext(() => 0);
const empty = createSampleProject(tellSampleLog(0));
const withLedger = (text: string) =>
  writeProject({ ...empty, parts: new Map([['ledger.json', strToU8(text)]]) });

it('opens a project whose models and ledger are sound', async () => {
  expect(await openSoundProject(writeProject(empty), context)).toEqual(empty);
  expect((await openSoundProject(withLedger(writeLedger([])), context)).parts.size).toBe(1);
});

it.each([
  ['of no form', '{}'],
  ['a bare list', '[]'],
  ['no JSON', '['],
  ['an event that is none', writeLedger([]).replace('[', '[{"kind":"announced"}')],
])('refuses a ledger that is %s, however well it is hashed', async (_what, text) => {
  await expect(openSoundProject(withLedger(text), context)).rejects.toMatchObject({ name: 'AppError' });
});

it('refuses a version that is no model, though the log names it', async () => {
  const project = createSampleProject(tellSampleLog(1));
  await expect(openSoundProject(writeProject(project), context)).rejects.toMatchObject({
    code: 'model-file-invalid',
  });
});
