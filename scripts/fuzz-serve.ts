/** `npm run fuzz:serve [-- REQUESTS [SEED]]`: requests drawn from the schemas of the service's routes; none may be its fault. */
import fc from 'fast-check';
import { trainSampleModel } from '#jobs/testing/trained-sample.ts';
import { openServedModel } from '#serve/answering/served-model.ts';
import { ask } from '#serve/testing/check.ts';
import { drawRequests } from '#serve/testing/drawn-requests.ts';
import { createAppTarget } from '#serve/testing/targets.ts';

const nRequests = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
const target = createAppTarget(openServedModel('tranche', await trainSampleModel(), 0));
const counts = new Map<number, number>();
await fc.assert(
  fc.asyncProperty(drawRequests(), async (asked) => {
    // Throws for 5xx that is the service's fault, and for a stack that leaks.
    const { status } = await ask(target, asked);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }),
  { numRuns: nRequests, seed },
);
const told = [...counts].sort(([a], [b]) => a - b).map(([status, n]) => `${n} × ${status}`);
console.log(`${nRequests} requests, seed ${seed}: ${told.join(', ')}; none the service's fault`);
