import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { AppError } from '#base/errors.ts';
import { captureModes } from '#serve/answering/capture.ts';
import { readKeyRing } from '#serve/answering/keys.ts';
import type { TlsFiles } from '#serve/listen.ts';
import { logLevels } from '#serve/answering/log.ts';
import { type StartOptions, startService } from '#serve/start-service.ts';
import { type Options, readOptions } from './options.ts';
import { type EndingSignal, takeSignals } from './signals.ts';
import { tell, type Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** Where SageMaker unpacks a model. */
const SAGEMAKER_MODEL = '/opt/ml/model';
const SAGEMAKER_LIBRARY = '/opt/ml/models';
const MEBIBYTE = 2 ** 20;

type Environment = Readonly<Record<string, string | undefined>>;

/** `serve [--model M.json | --models FOLDER | --pointer current.json]`: answers requests until a signal ends it. */
export async function runServe(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: [
      'model',
      'models',
      'pointer',
      'name',
      'host',
      'port',
      'metrics-port',
      'keys',
      'tls-cert',
      'tls-key',
      'client-ca',
      'capture',
      'capture-to',
      'log',
      'page',
      'max-body',
      'max-seconds',
    ],
    flags: ['emf'],
    nPositionals: 0,
  });
  const { words } = terminal;
  const start = readStart(options, process.env, (lines) => terminal.out(lines));
  const running = await startService(start);
  if (start.readKeys === null && start.tls?.clientCa === undefined && !isLoopback(start.host)) {
    tell(terminal, [words.pair(words.t('report.warning'), words.t('report.serviceIsOpen'))]);
  }
  await new Promise<void>((resolve) => {
    takeSignals((signal: EndingSignal) => {
      if (signal === 'SIGHUP') void running.reload();
      else void running.stop().then(resolve);
    });
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Options win over the environment that SageMaker sets, which wins over what is usual. */
function readStart(options: Options, env: Environment, write: (lines: string) => void): StartOptions {
  const keysPath = options.text('keys');
  const tls = readTls(options);
  const capture = options.choice('capture', captureModes) ?? 'off';
  const folder = options.text('capture-to');
  if (capture !== 'off' && folder === undefined) throw new UsageError('--capture needs --capture-to FOLDER');
  const defaultAccept = env['SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT'] ?? null;
  const megabytes = options.number('max-body', Number(env['SAGEMAKER_MAX_PAYLOAD_IN_MB'] ?? 6));
  return {
    source: readSource(options, env),
    name: options.text('name') ?? 'tranche',
    host: options.text('host') ?? env['TRANCHE_HOST'] ?? '127.0.0.1',
    port: readPort(options, 'port', Number(env['SAGEMAKER_BIND_TO_PORT'] ?? 8080)),
    metricsPort: options.text('metrics-port') === 'off' ? null : readPort(options, 'metrics-port', 9464),
    ...(tls && { tls }),
    readKeys: keysPath === undefined ? null : () => readKeys(keysPath),
    capture: { mode: capture, folder: folder ?? '' },
    logLevel: options.choice('log', logLevels) ?? 'requests',
    writesEmf: options.flag('emf'),
    settings: {
      maxBodyBytes: megabytes * MEBIBYTE,
      defaultAccept,
      batchStrategy: env['SAGEMAKER_BATCH_STRATEGY'] === 'SINGLE_RECORD' ? 'SINGLE_RECORD' : 'MULTI_RECORD',
      maxConcurrentTransforms: Number(env['SAGEMAKER_MAX_CONCURRENT_TRANSFORMS'] ?? availableParallelism()),
      maxOptimiseSeconds: options.number('max-seconds', 10),
    },
    page: readPage(options.text('page')),
    write,
  };
}

function readSource(options: Options, env: Environment): StartOptions['source'] {
  const given = (['model', 'models', 'pointer'] as const).filter((name) => options.text(name) !== undefined);
  if (given.length > 1) throw new UsageError(`--${given.join(' and --')} exclude one another`);
  const [model, models, pointer] = [options.text('model'), options.text('models'), options.text('pointer')];
  if (pointer !== undefined) return { kind: 'pointer', path: pointer };
  if (models !== undefined) return { kind: 'library', folder: models };
  if (model !== undefined) return { kind: 'file', path: model };
  if (env['SAGEMAKER_MULTI_MODEL'] === 'true') return { kind: 'library', folder: SAGEMAKER_LIBRARY };
  const folder = env['SM_MODEL_DIR'] ?? SAGEMAKER_MODEL;
  if (existsSync(folder)) return { kind: 'file', path: folder };
  throw new UsageError('one of --model FILE, --models FOLDER and --pointer FILE says what is served');
}

function readPort(options: Options, name: string, standard: number): number {
  const port = options.number(name, standard);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`--${name} must be in [0, 65535], got "${port}"`);
}

function readTls(options: Options): TlsFiles | undefined {
  const [cert, key, clientCa] = [
    options.text('tls-cert'),
    options.text('tls-key'),
    options.text('client-ca'),
  ];
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError('--tls-cert and --tls-key go together');
  if (cert === undefined || key === undefined) {
    if (clientCa !== undefined) throw new UsageError('--client-ca needs --tls-cert and --tls-key');
    return undefined;
  }
  return { cert, key, ...(clientCa !== undefined && { clientCa }) };
}

/** Throws `keys-invalid`. */
function readKeys(path: string) {
  try {
    return readKeyRing(readFileSync(path, 'utf8'));
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('keys-invalid', `${path}: ${message}`, { name: path });
  }
}

/** The app's page: the one named, else the one beside the bundle, else the one that a build left. */
function readPage(path: string | undefined): string | null {
  if (path !== undefined) return readFileSync(path, 'utf8');
  const places = ['./index.html', '../../dist/index.html'].map((place) => new URL(place, import.meta.url));
  const found = places.find((place) => existsSync(place));
  return found ? readFileSync(found, 'utf8') : null;
}
