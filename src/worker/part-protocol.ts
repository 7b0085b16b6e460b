import type { ErrorMessage } from './protocol.ts';

/**
 * What a worker and a part worker (another worker that does parts of its job) say to one another over a port.
 *
 * Order: the part worker says `ready` once, first. `share` comes before the first `run` that names its key. `run` is answered
 * by any number of `progress` and then exactly one `result` or `error` with the same id, after a `cancel` too. `forget`
 * lets go of shared data; no `run` names these keys again. `ping` is answered by `pong`.
 */
export type ToPartWorker =
  | { readonly type: 'share'; readonly key: number; readonly data: object }
  | { readonly type: 'forget'; readonly keys: readonly number[] }
  | {
      readonly type: 'run';
      readonly id: number;
      readonly part: string;
      readonly key: number;
      readonly request: unknown;
    }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'stop'; readonly id: number }
  | { readonly type: 'ping' };

export type FromPartWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly share: number }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorMessage }
  | { readonly type: 'pong' };
