import { open, readFile } from 'node:fs/promises';
import { AppError } from '#base/errors.ts';
import { readTrialEvent, type TrialLog } from '#tuning/trial-log.ts';
import { toOutputError } from './output-file.ts';

export interface TrialLogFile extends TrialLog {
  readonly close: () => Promise<void>;
}

/**
 * The log of a study, an event a line; a new file where there is none. A last line that was cut short when the study was killed is
 * taken away: what it told is done again. Throws `invalid-setting` for what is no such log, `output-unwritable`.
 */
export async function openTrialLogFile(path: string): Promise<TrialLogFile> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return '';
    throw toOutputError(path, thrown);
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const events = whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => {
      const event = readTrialEvent(line);
      if (event) return event;
      throw new AppError('invalid-setting', `${path}: line ${i + 1} is no event of a study`, {
        name: 'resume',
        value: i + 1,
      });
    });
  const file = await open(path, 'a').catch((thrown: unknown) => {
    throw toOutputError(path, thrown);
  });
  if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole));
  let last: Promise<void> = Promise.resolve();
  async function write(line: string): Promise<void> {
    try {
      await file.appendFile(line, 'utf8');
      await file.sync();
    } catch (thrown) {
      throw toOutputError(path, thrown);
    }
  }
  return {
    read: () => Promise.resolve(events),
    append: (event) => {
      events.push(event);
      last = last.then(() => write(`${JSON.stringify(event)}\n`));
      return last;
    },
    close: async () => {
      await last.catch(() => {});
      await file.close();
    },
  };
}
