/** The challenger's worker: the only place that holds tfjs, so that nobody loads it who does not ask for a network. */
import { createChallengerHost } from '#jobs/challenge/challenger-host.ts';
import { serveJobs } from './serve-jobs.ts';

serveJobs(createChallengerHost());
