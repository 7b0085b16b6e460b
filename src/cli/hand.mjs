/** What a thread of the command line starts with: plain JavaScript, until the TypeScript can be loaded. */
import { workerData } from 'node:worker_threads';
import { tsImport } from 'tsx/esm/api';

const { serveThread } = await tsImport('./serve-thread.ts', import.meta.url);
serveThread(workerData);
