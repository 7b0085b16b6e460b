import { createMemoryLog, type TrialEvent } from './trial-log.ts';
import { describeTrialLog } from './testing/trial-log-suite.ts';

describeTrialLog('a log in memory', () => {
  const events: TrialEvent[] = [];
  return Promise.resolve(() => Promise.resolve(createMemoryLog(events)));
});
