import { isMainThread, workerData } from 'node:worker_threads';
import { runProcess } from './run-process.ts';
import { serveThread } from './serve-parts.ts';

/** Where the bundle starts, as the command or as one of its threads. */
if (isMainThread) await runProcess();
else serveThread((workerData as { readonly port: MessagePort }).port);
