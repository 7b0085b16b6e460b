import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeTrialLog } from '#tuning/testing/trial-log-suite.ts';
import { openTrialLogFile, type TrialLogFile } from './trial-log-file.ts';

const folders: string[] = [];
const opened: TrialLogFile[] = [];
afterAll(async () => {
  for (const log of opened) await log.close();
  for (const folder of folders) await rm(folder, { recursive: true });
});

describeTrialLog('a log in a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tranche-log-'));
  folders.push(folder);
  return async () => {
    const log = await openTrialLogFile(join(folder, 'log.jsonl'));
    opened.push(log);
    return log;
  };
});
