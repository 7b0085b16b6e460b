import { healthRoutes } from './routes/health.ts';
import { inferenceProtocolRoutes } from './routes/inference-protocol.ts';
import { jobRoutes } from './routes/jobs.ts';
import { predictRoutes } from './routes/predict.ts';
import { sagemakerRoutes } from './routes/sagemaker.ts';
import type { Route } from './answering/route.ts';

/** Every route there is; what is not here is 404. */
export const routeTable: readonly Route[] = [
  ...predictRoutes,
  ...sagemakerRoutes,
  ...inferenceProtocolRoutes,
  ...jobRoutes,
  ...healthRoutes,
];
