import { AppError } from '#base/errors.ts';
import type { FromPartWorker, ToPartWorker } from './part-protocol.ts';
import { fromErrorMessage } from './protocol.ts';
import { watchForSilence } from './watchdog.ts';

type Outcome = { readonly result: unknown } | null;

/** A part that a part worker was sent. */
export interface SentPart {
  readonly name: string;
  readonly request: unknown;
  readonly key: number;
  /** Sent first, unless the part worker has it. */
  readonly shared: object;
  readonly onProgress: (share: number) => void;
}

export interface RunningPart {
  /** The part's result; null where the part worker is lost. Rejects with the part's error, and at once when cancelled. */
  readonly outcome: Promise<Outcome>;
  readonly cancel: () => void;
  readonly stop: () => void;
}

export type PartWorkerLink = ReturnType<typeof linkPartWorker>;

/**
 * The worker's side of `part-protocol.ts`. A part worker that has been silent for long while it had work is lost: whoever
 * waits for it is told null and does the part again elsewhere, which is safe as parts are pure.
 */
export function linkPartWorker(
  port: MessagePort,
  events: { readonly onReady: () => void; readonly onLost: () => void },
) {
  const post = (message: ToPartWorker) => port.postMessage(message);
  const known = new Set<number>();
  const waiting = new Map<
    number,
    {
      onProgress: (share: number) => void;
      resolve: (outcome: Outcome) => void;
      reject: (error: Error) => void;
    }
  >();
  let nextId = 1;
  let isReady = false;
  let isLost = false;
  const watchdog = watchForSilence({ ping: () => post({ type: 'ping' }), onSilence: lose });

  function lose(): void {
    watchdog.rest();
    isLost = true;
    isReady = false;
    port.onmessage = null;
    port.close();
    const lost = [...waiting.values()];
    waiting.clear();
    for (const { resolve } of lost) resolve(null);
    events.onLost();
  }

  function settle(id: number): void {
    waiting.delete(id);
    if (waiting.size === 0) watchdog.rest();
  }

  port.onmessage = ({ data: message }: MessageEvent<FromPartWorker>) => {
    watchdog.hear();
    if (message.type === 'ready') {
      isReady = true;
      events.onReady();
    } else if (message.type !== 'pong') {
      const part = waiting.get(message.id);
      if (message.type === 'progress') {
        part?.onProgress(message.share);
        return;
      }
      settle(message.id);
      if (message.type === 'result') part?.resolve({ result: message.result });
      else part?.reject(fromErrorMessage(message.error));
    }
  };

  return {
    get isReady() {
      return isReady;
    },

    run({ name, request, key, shared, onProgress }: SentPart): RunningPart {
      const id = nextId++;
      const outcome = new Promise<Outcome>((resolve, reject) => {
        if (isLost) resolve(null);
        else waiting.set(id, { onProgress, resolve, reject });
      });
      if (isLost) return { outcome, cancel: () => {}, stop: () => {} };
      try {
        if (!known.has(key)) post({ type: 'share', key, data: shared });
        known.add(key);
        post({ type: 'run', id, part: name, key, request });
        watchdog.start();
      } catch {
        // No room for a copy: the part worker is of no use for such data.
        lose();
      }
      return {
        outcome,
        cancel: () => {
          const part = waiting.get(id);
          if (!part) return;
          post({ type: 'cancel', id });
          settle(id);
          part.reject(new AppError('cancelled', 'Cancelled by the user.'));
        },
        stop: () => {
          if (waiting.has(id)) post({ type: 'stop', id });
        },
      };
    },

    forget(keys: readonly number[]): void {
      const held = keys.filter((key) => known.delete(key));
      if (held.length > 0 && isReady) post({ type: 'forget', keys: held });
    },

    lose,
  };
}
