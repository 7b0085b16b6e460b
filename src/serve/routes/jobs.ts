import * as v from 'valibot';
import { parseDate } from '#data/dates.ts';
import type { JobContext } from '#base/job-context.ts';
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

/** Optimisations under way: each takes the thread for seconds, so one waits for nobody and a second is refused. */
let nOptimising = 0;

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
      if (nOptimising > 0) throw new RequestError(503, 'busy', 'another optimisation is under way');
      nOptimising++;
      try {
        const answer = await optimise(served.model, null, request, createContext(call));
        return {
          ...writePlanJson(answer, summary, target ? 'target' : objective),
          id: call.id,
          model: served.hash,
        };
      } finally {
        nOptimising--;
      }
    },
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
