/** A helper thread of Node: plain JavaScript, until the TypeScript can be loaded. */
import { workerData } from 'node:worker_threads';
import { tsImport } from 'tsx/esm/api';

const { serveTeam } = await tsImport('../../src/engine/kernel/team/serve-team.ts', import.meta.url);
serveTeam(workerData);
