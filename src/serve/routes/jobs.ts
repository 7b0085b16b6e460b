import * as v from 'valibot';
import { parseDate } from '#data/dates.ts';
import type { JobContext } from '#base/job-context.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { openSoundModel } from '#inference/open-sound-model.ts';
import type { OpenDataset } from '#jobs/dataset/open-dataset.ts';
import { readAsLearnt } from '#jobs/dataset/read-as-learnt.ts';
import { readDataset } from '#jobs/dataset/read-dataset.ts';
import { compareModels } from '#jobs/gate/compare-models.ts';
import { toGateJson } from '#jobs/gate/gate-json.ts';
import { explainCase } from '#jobs/explanation/explain-case.ts';
import { leverSchema, readLevers } from '#jobs/planning/lever-json.ts';
import { optimise } from '#jobs/planning/optimise.ts';
import { writePlanJson } from '#jobs/planning/plan-json.ts';
import { planObjectives, type PlanTarget } from '#planning/contract.ts';
import { caseSchema, explainBody, explanationSchema } from '../answering/body-schemas.ts';
import { shorten, readCase } from '../answering/read-case.ts';
import { RequestError } from '../answering/request-error.ts';
import { type Call, jsonRoute, type Route } from '../answering/route.ts';

const optimiseBody = v.strictObject({
  features: caseSchema,
  levers: v.pipe(v.array(leverSchema), v.minLength(1)),
  objective: v.exactOptional(v.picklist(planObjectives)),
  dayCost: v.exactOptional(v.number()),
  costAt: v.exactOptional(v.picklist(['p50', 'p80'])),
  /** A P80 to keep, in the target's unit, or a day to be back by: one of the two. */
  targetDuration: v.exactOptional(v.number()),
  targetDate: v.exactOptional(v.string()),
  least: v.exactOptional(v.picklist(['change', 'cost'])),
  front: v.exactOptional(v.boolean()),
  seconds: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
});

const gateBody = v.strictObject({
  /** The text of the challenger's file. */
  challenger: v.string(),
  /** Finished outages that neither model has learnt, as CSV. */
  data: v.string(),
  seed: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
  /** Leave out outages that one of them has learnt; else one is enough to refuse. */
  withoutLearnt: v.exactOptional(v.boolean()),
});

/** Jobs under way that take the thread for seconds: one waits for nobody, a second is refused. */
let nLong = 0;

async function runAlone<Result>(job: () => Promise<Result>): Promise<Result> {
  if (nLong > 0) throw new RequestError(503, 'busy', 'another long job is under way');
  nLong++;
  try {
    return await job();
  } finally {
    nLong--;
  }
}

/** The jobs that the screens and the command line run, on one case. */
export const jobRoutes: readonly Route[] = [
  jsonRoute({
    path: '/explain',
    summary: 'Why an outage is predicted what it is, by column, and how likely each duration is.',
    body: explainBody,
    answer: explanationSchema,
    statuses: [],
    handle: async ({ features }, call, { slots }) => {
      const served = slots.main();
      const { model, hash } = served;
      const explained = await explainCase(model, { cells: readCase(served, features) }, createContext(call));
      return {
        id: call.id,
        unit: model.summary.target.unit,
        contributions: explained?.waterfall ?? null,
        curve: explained?.curve?.points ?? null,
        isEstimated: explained?.isEstimated ?? false,
        model: hash,
      };
    },
  }),
  jsonRoute({
    path: '/optimise',
    summary:
      'The plan that the model announces the least for, with proof; as `optimise --json` of the command line.',
    body: optimiseBody,
    answer: v.looseObject({ status: v.string() }),
    statuses: [503],
    handle: async (body, call, { slots, settings, now }) => {
      const served = slots.main();
      const { summary } = served.model;
      const target = readTarget(body);
      const objective = body.objective ?? 'p80';
      const request = {
        modelId: served.name,
        subject: { cells: readCase(served, body.features) },
        from: 'form' as const,
        levers: readLevers('levers', body.levers, summary.features),
        objective,
        timeCost: body.dayCost ?? 0,
        costLevel: body.costAt ?? 'p50',
        target,
        wantsFront: body.front ?? false,
        maxSeconds: Math.min(body.seconds ?? settings.maxOptimiseSeconds, settings.maxOptimiseSeconds),
        today: now(),
        wantsDoubt: false,
      };
      const answer = await runAlone(() => optimise(served.model, null, request, createContext(call)));
      return {
        ...writePlanJson(answer, summary, target ? 'target' : objective),
        id: call.id,
        model: served.hash,
      };
    },
  }),
  jsonRoute({
    path: '/gate',
    summary:
      'Whether a challenger may take the place of the model in service; as `gate --json` of the command line.',
    body: gateBody,
    answer: v.looseObject({ deploy: v.boolean(), verdict: v.string() }),
    statuses: [503],
    handle: ({ challenger, data, seed = 1, withoutLearnt = false }, call, { slots, now }) =>
      runAlone(async () => {
        const context = createContext(call);
        const [served, file] = [slots.main(), { name: 'data.csv', bytes: Buffer.from(data) }];
        const read = async (model: ModelAtWork) => {
          const open = (overrides: Partial<Dialect>) =>
            readDataset({ datasetId: 'data', file, overrides }, context);
          let dataset: OpenDataset | null = null;
          await readAsLearnt(
            model.summary,
            {},
            async (overrides) => (dataset = await open(overrides)).summary,
          );
          return { model, dataset: dataset ?? (await open({})) };
        };
        const request = {
          datasetId: 'data',
          oldModelId: served.name,
          newModelId: 'challenger',
          today: now(),
          seed,
          dropsLearnt: withoutLearnt,
        };
        const old = await read(served.model);
        const report = await compareModels(
          old,
          await read(openSoundModel('challenger', challenger)),
          request,
          context,
        );
        return { ...toGateJson(report), id: call.id, model: served.hash };
      }),
  }),
];

function readTarget(body: v.InferOutput<typeof optimiseBody>): PlanTarget | null {
  const { targetDuration, targetDate, least = body.objective === 'cost' ? 'cost' : 'change' } = body;
  if (targetDuration !== undefined && targetDate !== undefined) {
    throw new RequestError(400, 'body', 'targetDuration and targetDate exclude one another');
  }
  if (targetDuration !== undefined) return { atMost: { duration: targetDuration }, least };
  if (targetDate === undefined) return null;
  const end = parseDate(targetDate, 'dmy');
  if (Number.isNaN(end)) {
    throw new RequestError(
      400,
      'body',
      `targetDate must be a date, as 2026-11-28, got "${shorten(targetDate)}"`,
    );
  }
  return { atMost: { end }, least };
}

/** A job of a request: cancelled once nobody waits for it. */
function createContext({ signal }: Call): JobContext {
  return {
    signal,
    stop: { aborted: false },
    now: () => performance.now(),
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
    onProgress: () => {},
  };
}
