import { AppError, toAppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { NamedPart } from '#jobs/part-table.ts';
import type { FromPartWorker, ToPartWorker } from './part-protocol.ts';
import { toErrorMessage } from './protocol.ts';

/** The part worker's side of `part-protocol.ts`: does the parts it is sent, until the port closes. */
export function serveParts(
  port: MessagePort,
  parts: ReadonlyMap<string, NamedPart>,
  { now, yieldNow }: Pick<JobContext, 'now' | 'yieldNow'>,
): void {
  const shared = new Map<number, object>();
  const running = new Map<
    number,
    { readonly signal: { aborted: boolean }; readonly stop: { aborted: boolean } }
  >();

  const post = (message: FromPartWorker) => port.postMessage(message);

  async function answer({
    id,
    part: name,
    key,
    request,
  }: Extract<ToPartWorker, { type: 'run' }>): Promise<void> {
    const endings = { signal: { aborted: false }, stop: { aborted: false } };
    running.set(id, endings);
    try {
      const part = parts.get(name);
      const data = shared.get(key);
      if (!part || !data) throw new AppError('internal', `no part "${name}" or no data ${key}`);
      const result = await part.run(data as never, request as never, {
        ...endings,
        now,
        yieldNow,
        onProgress: ({ done, total }) => post({ type: 'progress', id, share: done / total }),
      });
      post({ type: 'result', id, result });
    } catch (thrown) {
      post({ type: 'error', id, error: toErrorMessage(toAppError(thrown)) });
    } finally {
      running.delete(id);
    }
  }

  port.onmessage = ({ data: message }: MessageEvent<ToPartWorker>) => {
    if (message.type === 'run') void answer(message);
    else if (message.type === 'share') shared.set(message.key, message.data);
    else if (message.type === 'forget') for (const key of message.keys) shared.delete(key);
    else if (message.type === 'ping') post({ type: 'pong' });
    else {
      const endings = running.get(message.id);
      if (endings) endings[message.type === 'cancel' ? 'signal' : 'stop'].aborted = true;
    }
  };
  post({ type: 'ready' });
}
