import { type CaptureMode, createCapture } from './answering/capture.ts';
import { createApp } from './app.ts';
import { drain } from './drain.ts';
import { createEmfWriter } from './emf.ts';
import type { KeyRing } from './answering/keys.ts';
import { listen, type TlsFiles } from './listen.ts';
import { createLog, type LogLevel } from './answering/log.ts';
import { createMetrics } from './answering/metrics.ts';
import { createMetricsApp } from './metrics-port.ts';
import { keepModel, type ModelKeeper } from './model-keeper.ts';
import { createModelLibrary } from './model-library.ts';
import { createModelSlots } from './answering/model-slots.ts';
import type { ModelSource } from './model-source.ts';
import { measurePressure } from './pressure.ts';
import type { Service, ServiceSettings } from './answering/service.ts';

export interface StartOptions {
  readonly source: ModelSource | { readonly kind: 'library'; readonly folder: string };
  /** The model's name in the service. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Null: metrics have no port. */
  readonly metricsPort: number | null;
  readonly tls?: TlsFiles;
  /** Called again on `reload`. Null: whoever reaches the port may ask. */
  readonly readKeys: (() => KeyRing) | null;
  readonly capture: { readonly mode: CaptureMode; readonly folder: string };
  readonly logLevel: LogLevel;
  /** Writes a line of CloudWatch's format each minute. */
  readonly writesEmf: boolean;
  readonly settings: ServiceSettings;
  readonly page: string | null;
  /** Where the log goes. */
  readonly write: (lines: string) => void;
}

export interface RunningService {
  readonly port: number;
  readonly metricsPort: number | null;
  /** Keys and model anew. */
  readonly reload: () => Promise<void>;
  /** Ends without losing a request. */
  readonly stop: () => Promise<void>;
}

const MAX_IN_FLIGHT = 512;
const MAX_DELAY = 200;
const EMF_EVERY = 60_000;

/** Starts to answer once the model is open and said what it said when it was written. Errors: those of the model, of the keys and of `listen`. */
export async function startService(options: StartOptions): Promise<RunningService> {
  const now = Date.now;
  const startedAt = now();
  const { source, name, host, settings, readKeys } = options;
  const slots = createModelSlots(name);
  const metrics = createMetrics();
  const log = createLog(options.logLevel, options.write);
  const capture = createCapture(options.capture.mode, options.capture.folder, now);
  let keys = readKeys?.() ?? null;
  let isDraining = false;
  let keeper: ModelKeeper | null = null;
  const isLibrary = source.kind === 'library';
  const service: Service = {
    slots,
    metrics,
    log,
    capture,
    now,
    // A library is ready before its first model: that is how it gets one.
    isReady: () => isLibrary || slots.list().length > 0,
    isDraining: () => isDraining,
    reload: async () => (await keeper?.reload()) ?? 'same',
    library: isLibrary ? createModelLibrary(source.folder, now) : null,
    keys: () => keys,
    settings,
    page: options.page,
  };
  const pressure = measurePressure(MAX_IN_FLIGHT, MAX_DELAY);
  if (!isLibrary) keeper = await keepModel(source, name, { slots, metrics, log, now });
  const { tls, port, metricsPort } = options;
  const main = await listen(createApp(service, pressure), { host, port, ...(tls && { tls }) });
  const watching =
    metricsPort === null
      ? null
      : await listen(createMetricsApp(service, startedAt), { host, port: metricsPort });
  const writeEmf = createEmfWriter(metrics, name, now);
  const emf = options.writesEmf
    ? setInterval(() => void writeEmf().then(options.write), EMF_EVERY)
    : undefined;
  log.event('listening', { host, port: main.port, metricsPort: watching?.port ?? null });

  return {
    port: main.port,
    metricsPort: watching?.port ?? null,
    reload: async () => {
      try {
        keys = readKeys?.() ?? null;
      } catch (thrown) {
        log.event('keys-refused', { message: thrown instanceof Error ? thrown.message : String(thrown) });
      }
      await keeper?.reload();
    },
    stop: async () => {
      isDraining = true;
      log.event('draining');
      await drain(main);
      keeper?.end();
      pressure.end();
      clearInterval(emf);
      await capture.end();
      if (options.writesEmf) options.write(await writeEmf());
      watching?.server.close();
      watching?.server.closeAllConnections();
      log.event('stopped');
      log.flush();
    },
  };
}
