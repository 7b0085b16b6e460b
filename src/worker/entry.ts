/** The worker's shell. Bundled as a classic script and started from a blob (see `client/`). */
import { partTable } from '#jobs/part-table.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import { serveJobs } from './serve-jobs.ts';

serveJobs(createWorkbench(), partTable);
