import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSilentContext, type JobContext } from '#base/job-context.ts';
import { ensembleToJson } from '#engine/ensemble-json.ts';
import { lendTeams } from '#engine/kernel/kernel-pool.ts';
import { ticket, word, type TeamLink } from '#engine/kernel/team/control.ts';
import { createProblem } from '#engine/testing/random-problem.ts';
import { fitGradientBoosting } from '#models/gradient-boosting.ts';
import { defaultHyperparameters } from '#models/hyperparameters.ts';
import { prepareEncoded } from '#models/prepared-samples.ts';
import { createJobServer, type JobHost } from './job-server.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { createThreadTeam } from './thread-team.ts';

const { features, target } = createProblem({ nSamples: 250_001, seed: 3, nExtra: 6, nCategories: 40 });
const encoded = { matrix: features, nCategories: [...features.cardinalities] };
const data = prepareEncoded({ features: [], notes: [] }, encoded, target);
const boosting = defaultHyperparameters['gradient-boosting'];
const hyperparameters = { ...boosting, nIterations: 4, nIterNoChange: 0 };

/** One large fit, as the model of a training is fitted; the hash of its bytes. */
async function fit(context: JobContext): Promise<string> {
  const options = { hyperparameters, init: 'mean', scale: 'identity', seed: 1 } as const;
  const { trees } = await fitGradientBoosting(data, options, context);
  return createHash('sha256')
    .update(JSON.stringify(ensembleToJson(trees)))
    .digest('hex');
}
const alone = fit(createSilentContext());

const script = new URL('../../bench/engine/team-helper.mjs', import.meta.url);
const threads: Worker[] = [];
const exits: Promise<unknown>[] = [];
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.terminate()));
  exits.length = 0;
});

function readTicket({ control, helper }: TeamLink): number {
  return Atomics.load(new Int32Array(control), word.tickets + helper);
}

/** A server of one kind of job, and whoever starts threads for it. */
function createServer(
  body: (context: JobContext) => Promise<unknown>,
  {
    canShareMemory = true,
    onCall,
  }: { canShareMemory?: boolean; onCall?: (links: readonly TeamLink[]) => void } = {},
) {
  const sent: FromWorker[] = [];
  const links: TeamLink[] = [];
  const helped: number[] = [];
  const host = { run: (_job, _request, context) => body(context) } as JobHost;
  const server = createJobServer(host, {
    post: (message) => {
      sent.push(message);
      if (message.type !== 'call-helpers') return;
      links.push(...message.links);
      onCall?.(message.links);
    },
    now: () => performance.now(),
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
    startHeartbeat: () => {},
    nPartWorkers: 1,
    canShareMemory,
    onHelped: (nHelped) => helped.push(nHelped),
  });
  let nJobs = 0;
  return {
    server,
    sent,
    links,
    helped,
    run: async () => {
      const id = ++nJobs;
      server.receive({
        type: 'run',
        id,
        job: 'close-dataset',
        request: { datasetId: 'a' },
      } satisfies ToWorker);
      const isAnswer = (message: FromWorker) =>
        (message.type === 'result' || message.type === 'error') && message.id === id;
      await vi.waitFor(() => expect(sent.some(isAnswer)).toBe(true), { timeout: 30_000 });
      const answer = sent.find(isAnswer);
      return answer?.type === 'result' ? (answer.result as unknown) : answer;
    },
  };
}

function startThreads(links: readonly TeamLink[]): void {
  for (const link of links) {
    const thread = new Worker(script, { workerData: link });
    threads.push(thread);
    exits.push(new Promise((resolve) => thread.once('exit', resolve)));
  }
}

describe('the jobs of a worker whose page is isolated', () => {
  it('have large fits helped by another thread, with the same bytes, and let it go at their end', async () => {
    const { run, links, helped } = createServer(
      async (context) => {
        const models = [await fit(context)];
        await vi.waitFor(() => expect(links.map(readTicket)).toEqual([ticket.resting]), { timeout: 30_000 });
        models.push(await fit(context));
        return models;
      },
      { onCall: startThreads },
    );
    expect(await run()).toEqual([await alone, await alone]);
    expect(helped).toHaveLength(1);
    expect(helped[0]).toBeGreaterThan(5);
    expect(links.map(readTicket)).toEqual([ticket.closed]);
    await Promise.all(exits.splice(0));
  });

  it('do not need the helper to come, nor to live', async () => {
    const deaf = createServer(fit);
    expect(await deaf.run()).toBe(await alone);
    // Each job that has use for helpers calls anew.
    expect(await deaf.run()).toBe(await alone);
    expect(deaf.links.map(readTicket)).toEqual([ticket.closed, ticket.closed]);

    const mortal = createServer(
      async (context) => {
        const models = [await fit(context)];
        await vi.waitFor(() => expect(mortal.links.map(readTicket)).toEqual([ticket.resting]), {
          timeout: 30_000,
        });
        await threads[0]?.terminate();
        models.push(await fit(context));
        return models;
      },
      { onCall: startThreads },
    );
    expect(await mortal.run()).toEqual([await alone, await alone]);
    expect(mortal.helped).toEqual([]);
  });

  it('give back the team of a fit that was cancelled', async () => {
    const { run, server, sent, links } = createServer(fit, {
      onCall: () => server.receive({ type: 'cancel', id: 1 }),
    });
    expect(await run()).toMatchObject({ type: 'error', error: { code: 'cancelled' } });
    expect(links.map(readTicket)).toEqual([ticket.closed]);
    expect(await run()).toBe(await alone);
    expect(sent.filter(({ type }) => type === 'call-helpers')).toHaveLength(2);
  });
});

it('a page that is not isolated is never asked for a helper', async () => {
  const { run, sent } = createServer(fit, { canShareMemory: false });
  expect(await run()).toBe(await alone);
  expect(sent.map(({ type }) => type)).not.toContain('call-helpers');
});

describe('a team', () => {
  const calls: number[] = [];
  let nFree = 1;
  const createTeam = (nHelpers: number) =>
    createThreadTeam(nHelpers, {
      call: (links) => calls.push(links.length),
      countFree: () => nFree,
      report: () => {},
    });

  it('calls nobody while part workers work on all cores, and one for each core that is free', async () => {
    const team = createTeam(2);
    lendTeams(team);
    nFree = 0;
    expect(await fit(createSilentContext())).toBe(await alone);
    expect(calls).toEqual([]);
    for (nFree = 1; nFree < 4; nFree++) expect(await fit(createSilentContext())).toBe(await alone);
    expect(calls).toEqual([1, 1]);
    lendTeams(null);
    team.close();
  });

  it('is for one fit at a time, and for none after a failure', () => {
    const team = createTeam(1);
    const kernel = team.take();
    expect(team.take()).toBeNull();
    team.giveBack(kernel!, false);
    expect(team.take()).toBe(kernel);
    team.giveBack(kernel!, true);
    expect(team.take()).toBeNull();
  });
});
