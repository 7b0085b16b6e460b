/** What a thread starts with: plain JavaScript, until the TypeScript module that serves the port can be loaded. */
import { workerData } from 'node:worker_threads';
import { tsImport } from 'tsx/esm/api';

const { serveThread } = await tsImport(workerData.module, import.meta.url);
serveThread(workerData.port);
