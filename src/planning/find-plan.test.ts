import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#base/errors.ts';
import { createSilentContext } from '#base/job-context.ts';
import type { CellRow } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import type { LeverSpec, PlanRequest } from './contract.ts';
import { findPlan } from './find-plan.ts';
import { checkPlan } from './testing/check-plan.ts';
import { plantAllModels, type PlantedModel } from './testing/planted-model.ts';
import { createPlanRequest } from './testing/planted-request.ts';

let models: PlantedModel[] = [];
beforeAll(async () => {
  models = await plantAllModels();
}, 120_000);

const context = createSilentContext();

/** A case without open cells, of a class that is answered, within the bounds asked about. */
function caseOf({ model, cases }: PlantedModel): CellRow {
  const at = (name: string) => model.summary.features.findIndex((feature) => feature.name === name);
  const isWithin = (value: unknown, min: number, max: number) =>
    typeof value === 'number' && min <= value && value <= max;
  const found = cases.find(
    (cells) =>
      !cells.includes(null) &&
      cells[at('Type')] === 'ASR' &&
      isWithin(cells[at('Effectif')], 16, 28) &&
      isWithin(cells[at('Tâches')], 2, 7),
  );
  return found ?? [];
}

describe('the best plan', () => {
  const nCases = 300;
  it(
    `is what trying all plans finds, in ${nCases} random cases of every family`,
    { timeout: 120_000 },
    async () => {
      const wrong: string[] = [];
      for (let index = 0, n = 0; n < nCases; index++) {
        const { verdict, why } = await checkPlan(models, 7, index);
        if (verdict !== 'skipped') n += 1;
        if (verdict === 'wrong') wrong.push(`index ${index}: ${why}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  it('is no worse within wider bounds, on a finer step, and the same whatever the order of levers', async () => {
    for (const planted of models) {
      const cells = caseOf(planted);
      const valueOf = async (levers: readonly LeverSpec[]) =>
        (await findPlan(planted.model, createPlanRequest(cells, { levers }), context)).value ?? Infinity;
      const coarse: LeverSpec[] = [{ column: 'Équipes' }, { column: 'Effectif', min: 16, max: 28, step: 4 }];
      const value = await valueOf(coarse);
      const slack = 1e-9 * (1 + Math.abs(value));
      expect(await valueOf(coarse.toReversed())).toBeCloseTo(value, 9);
      expect(
        await valueOf(coarse.map((lever) => ({ ...lever, ...(lever.max && { max: 36 }) }))),
      ).toBeLessThanOrEqual(value + slack);
      expect(
        await valueOf(coarse.map((lever) => ({ ...lever, ...(lever.step && { step: 2 }) }))),
      ).toBeLessThanOrEqual(value + slack);
    }
  });

  it('is the present case where all is frozen, or the target holds already', async () => {
    for (const planted of models) {
      const cells = caseOf(planted);
      const frozen = createPlanRequest(cells, {
        levers: createPlanRequest(cells).levers.map((lever) => ({ ...lever, frozen: true })),
      });
      const still = await findPlan(planted.model, frozen, context);
      expect(still).toMatchObject({ status: 'optimal', gain: { duration: 0, cost: 0 } });
      expect(still.plan?.cells).toEqual(still.base.cells);
      const atMost = { duration: (still.base.p80 ?? 0) + 1e-6 };
      const kept = await findPlan(
        planted.model,
        createPlanRequest(cells, { target: { atMost, least: 'change' } }),
        context,
      );
      expect(kept).toMatchObject({ status: 'optimal', effort: 0 });
      expect(kept.plan?.cells).toEqual(kept.base.cells);
    }
  });

  it('costs in all what it costs, and without costs is the shortest', async () => {
    for (const planted of models) {
      const cells = caseOf(planted);
      const shortest = await findPlan(planted.model, createPlanRequest(cells), context);
      const cheapest = await findPlan(
        planted.model,
        createPlanRequest(cells, { objective: 'cost' }),
        context,
      );
      expect(cheapest.value).toBeCloseTo(100 * (shortest.value ?? NaN), 6);
      expect(cheapest.plan?.totalCost).toBeCloseTo(cheapest.value ?? NaN, 9);
    }
  });

  it('leaves a frozen column as it is, even where another lever leads it', async () => {
    const planted = models[0] as PlantedModel;
    const cells = caseOf(planted);
    const levers: LeverSpec[] = [{ column: 'Tranche' }, { column: 'Site', frozen: true }];
    const { plan } = await findPlan(planted.model, createPlanRequest(cells, { levers }), context);
    const site = planted.model.summary.features.findIndex(({ name }) => name === 'Site');
    expect(plan?.cells[site]).toBe(cells[site]);
  });

  it('ends with what was found and an honest gap when it is stopped', async () => {
    const planted = models[0] as PlantedModel;
    let now = 0;
    const hurried = { ...createSilentContext(() => (now += 1000)) };
    const answer = await findPlan(
      planted.model,
      createPlanRequest(caseOf(planted), { maxSeconds: 0.001 }),
      hurried,
    );
    const whole = await findPlan(planted.model, createPlanRequest(caseOf(planted)), context);
    expect(answer.status).toBe('gap');
    expect(answer.value).toBeGreaterThanOrEqual((whole.value ?? NaN) - 1e-9);
    expect(answer.bound ?? -Infinity).toBeLessThanOrEqual((whole.value ?? NaN) + 1e-9);
  });

  it.each<[string, string, Partial<PlanRequest>]>([
    ['bounds that cross', 'lever-crossed', { levers: [{ column: 'Effectif', min: 30, max: 20 }] }],
    ['a step of 0', 'lever-step', { levers: [{ column: 'Effectif', step: 0 }] }],
    ['a step too fine', 'lever-step', { levers: [{ column: 'Effectif', step: 0.0001 }] }],
    ['a lever that the model does not know', 'lever-unknown', { levers: [{ column: 'Grues' }] }],
    ['a lever named twice', 'lever-repeated', { levers: [{ column: 'Effectif' }, { column: 'Effectif' }] }],
    ['a negative cost', 'lever-cost', { levers: [{ column: 'Effectif', cost: -1 }] }],
    ['a cost a unit of labels', 'lever-cost', { levers: [{ column: 'Équipes', cost: 1 }] }],
    ['labels for a number', 'lever-values', { levers: [{ column: 'Effectif', values: ['vingt'] }] }],
    ['no lever', 'levers-none', { levers: [] }],
    [
      'values outside of the past alone',
      'lever-outside',
      { levers: [{ column: 'Effectif', min: 200, max: 210 }] },
    ],
    ['a target of nothing', 'plan-target', { target: { atMost: { duration: 0 }, least: 'change' } }],
    [
      'an end before the start',
      'plan-target-before-start',
      { target: { atMost: { end: 0 }, least: 'change' } },
    ],
  ])('is refused in words for %s', async (_, code, changes) => {
    const planted = models[0] as PlantedModel;
    const failure = findPlan(planted.model, createPlanRequest(caseOf(planted), changes), context);
    await expect(failure).rejects.toThrow(AppError);
    await expect(failure).rejects.toMatchObject({ code });
  });

  it('keeps an end by an earlier start where that is the least change', async () => {
    const planted = models[0] as PlantedModel;
    const cells = caseOf(planted);
    const start = planted.model.summary.features.findIndex(({ role }) => role === 'start');
    const now = cells[start] as number;
    const levers: LeverSpec[] = [{ column: 'Début', min: now - 30 * MS_PER_DAY, max: now, step: 1 }];
    const { base } = await findPlan(planted.model, createPlanRequest(cells, { levers }), context);
    const end = now + (base.p80 ?? 0) * MS_PER_DAY - 3 * MS_PER_DAY;
    const { status, plan } = await findPlan(
      planted.model,
      createPlanRequest(cells, { levers, target: { atMost: { end }, least: 'change' } }),
      context,
    );
    expect(status).toBe('optimal');
    expect((plan?.cells[start] as number) + (plan?.p80 ?? NaN) * MS_PER_DAY).toBeLessThanOrEqual(end + 1);
  });
});
