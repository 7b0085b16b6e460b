import type { DatasetFile } from '#jobs/dataset/contract.ts';
import { takeLock } from '#pipeline/lock.ts';
import type { ArtifactStore } from '#pipeline/artifact-store.ts';
import { executeRetrain, prepareRetrain, type RetrainRequest } from '#pipeline/retrain.ts';
import type { RetrainPlan } from '#pipeline/steps/retrain-plan.ts';
import { gateRules } from '#pipeline/steps/decide.ts';
import { createJudge } from '#pipeline/steps/judge.ts';
import { fitChallenger } from '#pipeline/steps/fit.ts';
import { updatePointer } from '#pipeline/store-versions.ts';
import { tellRetrain } from '#report/retrain-sentences.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { openArrivals } from './arrivals.ts';
import { chooseRoles, roleOptionNames } from './choose-roles.ts';
import { dialectOptionNames, readDialectOptions } from './dialect-options.ts';
import { exitCodes } from './exit-codes.ts';
import { createCommandContext } from './job-context.ts';
import { type Options, readOptions } from './options.ts';
import { openNamedStore, readSigner, storeFlags, storeOptionNames } from './store-options.ts';
import { tell, type Terminal } from './streams.ts';
import { readChosenSettings } from './settings-file.ts';
import { withThreads } from './thread-pool.ts';
import { readTrainingSettings, readWorkers, settingsOptionNames } from './training-options.ts';
import { UsageError } from './usage-error.ts';

export const retrainOptions = {
  named: [
    ...storeOptionNames,
    ...roleOptionNames,
    ...dialectOptionNames,
    ...settingsOptionNames,
    'preset',
    'settings',
    'rule',
  ],
  flags: [...storeFlags, 'no-past', 'holidays'],
} as const;

/** `retrain --data DIR --store DIR …`: README.md has its contract. */
export async function runRetrain(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = readOptions(args, {
    named: [...retrainOptions.named, 'data'],
    flags: [...retrainOptions.flags, 'dry-run'],
    nPositionals: 0,
  });
  const data = options.text('data');
  if (data === undefined) throw new UsageError('name the data: --data FOLDER, --data FILE or --data s3://…');
  const store = await openNamedStore(options);
  return retrainOnce(store, await openArrivals(data), options, terminal);
}

/** One retraining, under the store's lock but for a dry run. Gives the exit code. */
export async function retrainOnce(
  store: ArtifactStore,
  arrivals: readonly DatasetFile[],
  options: Options,
  terminal: Terminal,
  isDry = options.flag('dry-run'),
): Promise<number> {
  const nWorkers = readWorkers(options, terminal);
  const request = await readRequest(arrivals, options);
  const now = () => Date.now();
  const context = { job: createCommandContext(), now, fit: fitChallenger, judge: createJudge(now) };
  const lock = isDry ? null : await takeLock(store);
  try {
    const { plan, files } = await prepareRetrain(store, request, context);
    if (plan.kind === 'nothing-new' || isDry) {
      if (!isDry) await updatePointer(store);
      answer({ status: isDry ? 'plan' : 'nothing-new', ...describePlan(plan), files });
      return isDry ? exitCodes.done : exitCodes.nothingNew;
    }
    const report = await withThreads(nWorkers - 1, (pool) =>
      executeRetrain(plan, store, request, { ...context, job: { ...context.job, pool } }),
    );
    answer({ status: report.deploy ? 'promoted' : 'kept', ...report, files });
    return report.deploy ? exitCodes.done : exitCodes.kept;
  } finally {
    await lock?.release();
  }

  function answer(outcome: Parameters<typeof tellRetrain>[0]): void {
    if (options.flag('json')) terminal.out(`${JSON.stringify(outcome, null, 2)}\n`);
    else tell({ ...terminal, error: terminal.out }, tellRetrain(outcome, terminal.words));
  }
}

/** The plan without the rows themselves. */
function describePlan(plan: RetrainPlan) {
  if (plan.kind === 'nothing-new') return plan;
  const { kind, snapshot, recipe, champion, nNew } = plan;
  const { train, test, data } = snapshot.manifest;
  const sizes = { train: train.length, test: test.length };
  return { kind, data, snapshot: snapshot.id, sizes, nNew, champion, recipe };
}

async function readRequest(arrivals: readonly DatasetFile[], options: Options): Promise<RetrainRequest> {
  const isGiven = (names: readonly string[]) => names.some((name) => options.text(name) !== undefined);
  const hasSettings =
    isGiven([...settingsOptionNames.filter((name) => name !== 'workers'), 'preset', 'settings']) ||
    options.flag('no-past') ||
    options.flag('holidays');
  return {
    arrivals,
    overrides: readDialectOptions(options),
    chooseRoles: isGiven(roleOptionNames) ? (guessed) => chooseRoles(guessed, options) : null,
    settings: hasSettings ? await readChosenSettings(options, readTrainingSettings(options)) : null,
    defaults: defaultTrainingSettings,
    rule: options.choice('rule', gateRules) ?? 'paired',
    by: readSigner(options),
  };
}
