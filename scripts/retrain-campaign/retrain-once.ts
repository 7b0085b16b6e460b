/** One retraining in a process of its own, to be killed: DATA STORE CHALLENGER whole|quick. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { toAppError } from '#base/errors.ts';
import { exitCodeOf, exitCodes } from '#cli/exit-codes.ts';
import { createCommandContext } from '#cli/job-context.ts';
import { assignRole } from '#jobs/dataset/assign-role.ts';
import { createFolderStore } from '#pipeline/folder-store.ts';
import { takeLock } from '#pipeline/lock.ts';
import { executeRetrain, prepareRetrain } from '#pipeline/retrain.ts';
import { type Challenger, fitChallenger } from '#pipeline/steps/fit.ts';
import { updatePointer } from '#pipeline/store-versions.ts';
import { defaultTrainingSettings, withPreset } from '#training/training-settings.ts';
import { createSampleReport } from '#versions/testing/sample-versions.ts';

const [data = '', folder = '', kept = '', mode = 'whole'] = process.argv.slice(2);
const store = createFolderStore(folder);
const context = {
  job: createCommandContext(),
  now: () => Date.now() - Number(process.env['SET_BACK_MS'] ?? 0),
  fit: mode === 'quick' && existsSync(kept) ? readKept : fitAndKeep,
  judge: async () => createSampleReport('proven-better'),
};

async function fitAndKeep(...asked: Parameters<typeof fitChallenger>): Promise<Challenger> {
  const made = await fitChallenger(...asked);
  writeFileSync(kept, JSON.stringify({ ...made, bytes: new TextDecoder().decode(made.bytes) }));
  return made;
}

async function readKept(): Promise<Challenger> {
  const made = JSON.parse(readFileSync(kept, 'utf8')) as Omit<Challenger, 'bytes'> & { bytes: string };
  return { ...made, bytes: new TextEncoder().encode(made.bytes) };
}

async function retrain(): Promise<number> {
  const lock = await takeLock(store);
  try {
    const request = {
      arrivals: [{ name: 'a.csv', bytes: new Uint8Array(readFileSync(data)) }],
      overrides: {},
      chooseRoles: (guessed: Parameters<typeof assignRole>[0]) =>
        assignRole(guessed, 'duration (days)', 'target'),
      settings: {
        ...withPreset(defaultTrainingSettings, 'reference'),
        folds: 2,
        usesPast: false,
        horizon: { kind: 'start' },
      } as const,
      defaults: defaultTrainingSettings,
      rule: 'paired',
      by: 'campaign',
    } as const;
    const { plan } = await prepareRetrain(store, request, context);
    if (plan.kind === 'nothing-new') {
      await updatePointer(store);
      return exitCodes.nothingNew;
    }
    const { deploy } = await executeRetrain(plan, store, request, context);
    return deploy ? exitCodes.done : exitCodes.kept;
  } finally {
    await lock.release();
  }
}

process.exitCode = await retrain().catch((thrown: unknown) => {
  const error = toAppError(thrown);
  process.stderr.write(`${error.code}: ${error.message}\n`);
  return exitCodeOf(error.code);
});
