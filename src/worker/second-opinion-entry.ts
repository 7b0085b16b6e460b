/** The second opinion's worker: the only place that holds tfjs, so that nobody loads it who does not ask for a network. */
import { createSecondOpinionHost } from '#jobs/second-opinion/second-opinion-host.ts';
import { serveJobs } from './serve-jobs.ts';

serveJobs(createSecondOpinionHost());
