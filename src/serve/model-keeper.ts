import { toAppError } from '#base/errors.ts';
import type { Log } from './answering/log.ts';
import type { ServiceMetrics } from './answering/metrics.ts';
import type { ModelSlots } from './answering/model-slots.ts';
import { type ModelSource, readSource, signSource } from './model-source.ts';
import { openServedModel } from './answering/served-model.ts';
import type { ReloadResult } from './answering/service.ts';

/** Keeps the newest model of a source in service. */
export interface ModelKeeper {
  /** Takes the source's model into service if it is another one and sound; a bad one is refused and the old one stays. */
  readonly reload: () => Promise<ReloadResult>;
  /** Of the model in service; null without one. */
  readonly bornAt: () => number | null;
  readonly end: () => void;
}

/** Looks at the source so often: a look, and not a watch, works on a network's disk too. */
const POLL = 2000;

export interface KeeperParts {
  readonly slots: ModelSlots;
  readonly metrics: ServiceMetrics;
  readonly log: Log;
  readonly now: () => number;
}

/** The first model must be there, unless a pointer may come to name one. Errors: those of reading and opening a model. */
export async function keepModel(
  source: ModelSource,
  name: string,
  { slots, metrics, log, now }: KeeperParts,
): Promise<ModelKeeper> {
  let signature: string | null = null;
  let bornAt: number | null = null;

  async function take(): Promise<ReloadResult> {
    const seen = await signSource(source);
    if (seen === null && source.kind === 'pointer') return 'absent';
    const found = await readSource(source);
    const served = openServedModel(name, found.text, now());
    signature = seen;
    if (slots.has(name) && slots.find(name).hash === served.hash) return 'same';
    slots.put(served);
    bornAt = found.bornAt;
    metrics.tellModels(slots.list(), bornAt, now());
    log.event('model', { name, hash: served.hash });
    return 'swapped';
  }

  // One after the other: two at once could leave the older one in service.
  let last: Promise<unknown> = Promise.resolve();
  function reload(): Promise<ReloadResult> {
    const next = last.then(take).catch((thrown: unknown): ReloadResult => {
      const { code, message } = toAppError(thrown);
      log.event('model-refused', { name, code, message });
      return 'refused';
    });
    last = next;
    return next.then((result) => {
      metrics.reloads.inc({ result });
      return result;
    });
  }

  const first = await take();
  metrics.reloads.inc({ result: first });
  let refusedSignature: string | null = null;
  const timer = setInterval(() => {
    metrics.tellModels(slots.list(), bornAt, now());
    void signSource(source).then(async (seen) => {
      if (seen === null || seen === signature || seen === refusedSignature) return;
      refusedSignature = (await reload()) === 'refused' ? seen : null;
    });
  }, POLL);
  timer.unref();
  return { reload, bornAt: () => bornAt, end: () => clearInterval(timer) };
}
