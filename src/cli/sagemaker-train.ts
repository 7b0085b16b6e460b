import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, toAppError } from '#base/errors.ts';
import { parseDataRecipe } from '#pipeline/steps/recipe.ts';
import { type Challenger, fitChallenger } from '#pipeline/steps/fit.ts';
import { makeSnapshot, takeData } from '#pipeline/steps/take-data.ts';
import { openArrivals } from './arrivals.ts';
import { chooseRoles, requireTarget, roleOptionNames } from './choose-roles.ts';
import { dialectOptionNames, readDialectOptions } from './dialect-options.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { createCommandContext } from './job-context.ts';
import { type Options, readOptions } from './options.ts';
import { openOutputFile, toOutputError } from './output-file.ts';
import { readChosenSettings } from './settings-file.ts';
import type { Terminal } from './streams.ts';
import { withThreads } from './thread-pool.ts';
import { readTrainingSettings, readWorkers, settingsOptionNames } from './training-options.ts';
import { UsageError } from './usage-error.ts';
import { writeError } from './write-error.ts';

/** As much of a failure as SageMaker shows. */
const MAX_FAILURE = 1024;

/**
 * Trains as SageMaker asks a container to: hyperparameters are `train`'s options, the channel `training` holds the files, a channel
 * `recipe` the roles and settings of a retraining. Writes the model and what is known of it to `model/`; a failure's reason to
 * `output/failure`. SIGTERM keeps the best so far. Gives the exit code.
 */
export async function runSageMakerTrain(terminal: Terminal, root = '/opt/ml'): Promise<number> {
  try {
    await train(terminal, root);
    return exitCodes.done;
  } catch (thrown) {
    const isUsage = thrown instanceof UsageError;
    const error = toAppError(thrown);
    const text = isUsage ? `usage: ${thrown.message}\n` : writeError(error, terminal.words);
    terminal.error(text);
    const folder = join(root, 'output');
    // There may be no room left for the reason either; the exit code says that it failed.
    await mkdir(folder, { recursive: true })
      .then(() => writeFile(join(folder, 'failure'), text.slice(0, MAX_FAILURE)))
      .catch(() => {});
    return isUsage ? exitCodes.usage : exitCodeOf(error.code);
  }
}

async function train(terminal: Terminal, root: string): Promise<void> {
  const { env } = process;
  const config = (name: string) => readJsonIfPresent(join(root, 'input', 'config', name));
  refuseManyHosts(await config('resourceconfig.json'));
  refusePipes(await config('inputdataconfig.json'));
  const asked = toHyperparameters(await config('hyperparameters.json'));
  const channel = (name: string) =>
    env[`SM_CHANNEL_${name.toUpperCase()}`] ?? join(root, 'input', 'data', name);
  const options = readHyperparameters(asked);
  const recipe = await readChannelRecipe(channel('recipe'));
  if (!recipe) requireTarget(options);
  const context = createCommandContext();
  const stop = { aborted: false };
  const onStop = () => {
    stop.aborted = true;
  };
  process.prependOnceListener('SIGTERM', onStop);
  const others = process.listeners('SIGTERM').filter((listener) => listener !== onStop);
  for (const listener of others) process.off('SIGTERM', listener as NodeJS.SignalsListener);
  try {
    const files = await openArrivals(channel('training'));
    const taken = await takeData(files, readDialectOptions(options), context);
    const { roles, settings } = recipe ?? {
      roles: chooseRoles(taken.roles, options),
      settings: await readChosenSettings(options, readTrainingSettings(options)),
    };
    const own = makeSnapshot(taken, roles, null);
    const { snapshot: id = own.id, data = own.manifest.data } = asked;
    const snapshot = { ...own, id, manifest: { ...own.manifest, data } };
    const nWorkers = readWorkers(options, terminal);
    const challenger = await withThreads(nWorkers - 1, (pool) =>
      fitChallenger(snapshot, { roles, settings }, Date.now(), { ...context, pool, stop }),
    );
    await writeChallenger(challenger, env['SM_MODEL_DIR'] ?? join(root, 'model'));
    tellMetrics(challenger, terminal);
  } finally {
    process.off('SIGTERM', onStop);
    for (const listener of others) process.on('SIGTERM', listener as NodeJS.SignalsListener);
  }
}

async function writeChallenger({ bytes, ...known }: Challenger, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((thrown: unknown) => {
    throw toOutputError(folder, thrown);
  });
  const write = async (name: string, text: string) =>
    (await openOutputFile('model-out', join(folder, name))).write(text);
  await write('model.json', new TextDecoder().decode(bytes));
  await write('challenger.json', `${JSON.stringify(known)}\n`);
}

/** As the metric definitions of a training job read them. */
function tellMetrics({ ownTest }: Challenger, { out }: Terminal): void {
  const metrics = {
    mae: ownTest.new.mae,
    mse: ownTest.new.mse,
    median_mae: ownTest.median.mae,
    n: ownTest.n,
  };
  for (const [name, value] of Object.entries(metrics))
    out(`tranche_metric name=validation:${name} value=${value}\n`);
}

const named = [...roleOptionNames, ...dialectOptionNames, ...settingsOptionNames, 'preset'] as const;
const flags = ['no-past', 'holidays'] as const;

/** Every value is a text; those of flags are `true` or `false`. Throws `UsageError` for a name that `train` does not know. */
function readHyperparameters(asked: Readonly<Record<string, string>>): Options {
  const own = new Set(['snapshot', 'data']);
  const args = Object.entries(asked)
    .filter(([name]) => !own.has(name) && !name.startsWith('sagemaker_'))
    .flatMap(([name, value]) => {
      if (!flags.some((flag) => flag === name)) return [`--${name}=${value}`];
      if (value !== 'true' && value !== 'false')
        throw new UsageError(`hyperparameter ${name} is true or false, got "${value}"`);
      return value === 'true' ? [`--${name}`] : [];
    });
  return readOptions(args, { named: [...named, 'settings'], flags, nPositionals: 0 });
}

/** Some tools write texts as JSON within the text: "\"Durée\"" means Durée. */
function toHyperparameters(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, text]) => [name, unquote(String(text))]));
}

function unquote(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}

async function readChannelRecipe(folder: string) {
  const value = await readJsonIfPresent(join(folder, 'recipe.json'));
  return value === null ? null : parseDataRecipe(value);
}

function refuseManyHosts(value: unknown): void {
  const hosts = (value as { hosts?: readonly string[] } | null)?.hosts ?? [];
  if (hosts.length > 1)
    throw new UsageError(`one instance trains; ${hosts.length} were asked for: set InstanceCount to 1`);
}

function refusePipes(value: unknown): void {
  for (const [name, channel] of Object.entries(
    (value ?? {}) as Record<string, { TrainingInputMode?: string }>,
  ))
    if (channel.TrainingInputMode === 'Pipe')
      throw new UsageError(`channel ${name} comes by a pipe: choose the input mode File or FastFile`);
}

async function readJsonIfPresent(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError('file-unreadable', `${path} is no JSON`, { name: path, message: 'no JSON' });
  }
}
