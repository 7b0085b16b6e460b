import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import type { FactorPlan } from '#data/factors/factor-plan.ts';
import { plantWeather } from '#data/factors/testing/planted-weather.ts';
import { toJoinStep } from '#data/recipe/join-step.ts';
import { buildDefaultCase, changeCell } from '#inference/default-case.ts';
import { openModelFile } from '#models/open-model-file.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { readTrainingResult } from '#training/result-schema.ts';
import type { TrainingSettings } from '#training/contract.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';

const context = createSilentContext();
const today = Date.UTC(2026, 0, 1);
const planted = plantWeather(210);
/** Outages with a year of weather before theirs. */
const nAfterFirstYear = planted.outages.match(/;201[3-9]-/gu)?.length ?? 0;
const settings: TrainingSettings = {
  ...atStartSettings,
  usesPast: false,
  folds: 2,
  hyperparameters: { ...atStartSettings.hyperparameters, nIterations: 40, minSamplesLeaf: 5 },
};
const fileOf = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

async function open(weather: string | null = planted.weather, outages = planted.outages) {
  const workbench = createWorkbench();
  const { roles, recipe } = await workbench.run(
    'read-dataset',
    { datasetId: 'd', file: fileOf('arrets.csv', outages), overrides: {} },
    context,
  );
  if (weather === null) return { workbench, roles, recipe, plan: null };
  await workbench.run(
    'read-factors',
    { datasetId: 'd', file: fileOf('meteo.csv', weather), overrides: {} },
    context,
  );
  const plan = await workbench.run('propose-factors', { datasetId: 'd', roles, choices: {} }, context);
  return { workbench, roles, recipe, plan };
}

const join = (workbench: Workbench, plan: FactorPlan) =>
  workbench.run(
    'apply-recipe',
    { datasetId: 'd', recipe: { version: 1, steps: [toJoinStep(plan)] } },
    context,
  );

async function train(
  { workbench, roles }: Pick<Awaited<ReturnType<typeof open>>, 'workbench' | 'roles'>,
  asked = settings,
) {
  const { result, modelText } = await workbench.run(
    'train',
    { datasetId: 'd', modelId: 'm', roles, settings: asked, today },
    context,
  );
  const scores = result.models.find(({ id }) => id === result.chosen);
  return { result, modelText, mae: scores?.cv.mae ?? Math.min(...result.models.map(({ cv }) => cv.mae)) };
}

async function exportWith(
  model: string,
  weather: string | null,
  isJoined = false,
  outages = planted.outages,
) {
  const { workbench, plan } = await open(weather, outages);
  if (isJoined && plan) await join(workbench, plan);
  await workbench.run('open-model', { modelId: 'm', text: model }, context);
  const request = { datasetId: 'd', modelId: 'm', dialect: 'international', today } as const;
  const { text, factors } = await workbench.run('export-predictions', request, context);
  const [header = '', ...rows] = text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  const at = header.indexOf('duree (jours) (prediction)');
  return { factors, predictions: rows.map((cells) => cells[at]) };
}

let atStart: Awaited<ReturnType<typeof train>>;
let planned: Awaited<ReturnType<typeof train>>;
let without: Awaited<ReturnType<typeof train>>;
beforeAll(async () => {
  without = await train(await open(null));
  const opened = await open();
  await join(opened.workbench, opened.plan!);
  atStart = await train(opened);
  planned = await train(opened, {
    ...settings,
    horizon: { kind: 'plan', leadDays: 90 },
    split: { kind: 'time', testShare: 0.2 },
  });
}, 120_000);

describe('outside factors that are joined and learnt from', () => {
  it('lower the error where one matters, which is found by its importance, and one that does not is not', () => {
    expect(atStart.mae).toBeLessThan(0.7 * without.mae);
    const { columns, floor } = atStart.result.importance;
    const best = (name: string) =>
      Math.max(...columns.filter(({ column }) => column.startsWith(name)).map(({ mean }) => mean));
    expect(best('temperature')).toBeGreaterThan(1);
    expect(best('bruit')).toBeLessThan(Math.max(0.4, 2 * (floor ?? 0)));
  });

  it('are replaced for planning by what they usually are, and the model says so', () => {
    const { inputs, factors } = openModelFile(planned.modelText).description;
    const names = inputs.map(({ name }) => name);
    expect(names).toContain('temperature [7d-mean] [usual]');
    expect(names).not.toContain('temperature [7d-mean]');
    expect(planned.result.knownLater).toContain('temperature [7d-mean]');
    expect(factors?.plan).toMatchObject({ file: 'meteo.csv', key: { outages: 'site', factors: 'site' } });
    expect(planned.mae).toBeLessThan(without.mae);
    // What is kept of it opens again.
    expect(readTrainingResult(structuredClone(planned.result)).cleaning).toEqual(planned.result.cleaning);
  });

  it('leave no trace once the step is taken out', async () => {
    const opened = await open();
    await join(opened.workbench, opened.plan!);
    await opened.workbench.run(
      'apply-recipe',
      { datasetId: 'd', recipe: { version: 1, steps: [] } },
      context,
    );
    expect((await train(opened)).modelText).toBe(without.modelText);
  });

  it('are asked for by the model: the same answers from the joined table and from the two files, others from what is usual', async () => {
    const joined = await exportWith(atStart.modelText, planted.weather, true);
    const asked = await exportWith(atStart.modelText, planted.weather);
    const usual = await exportWith(atStart.modelText, null);
    expect(asked.predictions).toEqual(joined.predictions);
    expect(asked.factors).toEqual({ file: 'meteo.csv', nRows: 210, nJoined: 210, nUsual: 0 });
    expect(usual.factors).toEqual({ file: 'meteo.csv', nRows: 210, nJoined: 0, nUsual: nAfterFirstYear });
    expect(usual.predictions).not.toEqual(asked.predictions);
    const forPlanning = await exportWith(planned.modelText, null);
    expect(forPlanning.predictions).toEqual(
      (await exportWith(planned.modelText, planted.weather, true)).predictions,
    );
    expect(forPlanning.factors).toMatchObject({ nJoined: 0, nUsual: nAfterFirstYear });
  });
});

describe('a form of a model that looks at joined values', () => {
  it.each(['start', 'plan'] as const)(
    'fills them by site and start as they usually are, and answers as a file of the same outage (%s)',
    async (kind) => {
      const { workbench } = await open(null);
      const model = kind === 'start' ? atStart : planned;
      const { features, horizon } = await workbench.run(
        'open-model',
        { modelId: 'm', text: model.modelText },
        context,
      );
      const asking = { features, horizon, today };
      const at = (name: string) => features.findIndex((feature) => feature.name.startsWith(name));
      const first = buildDefaultCase(asking);
      const moved = changeCell(asking, first, at('debut'), Date.UTC(2026, 7, 3), new Set());
      const cells = changeCell(
        asking,
        moved,
        at('site'),
        first[at('site')] === 'Sud' ? 'Nord' : 'Sud',
        new Set(),
      );
      const temperature = at('temperature [7d-mean]');
      expect(new Set([first, moved, cells].map((each) => each[temperature])).size).toBe(3);
      const kept = changeCell(asking, cells, at('debut'), Date.UTC(2026, 0, 3), new Set([temperature]));
      expect(kept[temperature]).toBe(cells[temperature]);

      const [answer] = await workbench.run('predict', { modelId: 'm', cases: [cells] }, context);
      const row = `${cells[at('site')]};2026-08-03;${cells[at('type')]};5`;
      const { predictions } = await exportWith(
        model.modelText,
        null,
        false,
        `site;debut;type;duree (jours)\n${row}`,
      );
      expect(Number(predictions[0])).toBeCloseTo(answer!.value, 6);
    },
  );
});

describe('a second file that does not fit', () => {
  it.each([
    ['empty', '', 'file-empty'],
    ['a header alone', 'jour;t', 'file-header-only'],
  ])('is refused in its own words: %s', async (_, weather, code) => {
    await expect(open(weather)).rejects.toMatchObject({ code });
  });

  it('leaves the outages as they are: the step says what is missing', async () => {
    const { workbench, plan } = await open();
    await workbench.run('drop-factors', { datasetId: 'd' }, context);
    const { report, nRows } = await join(workbench, plan!);
    expect([report[0]?.status, nRows]).toEqual(['factors-missing', 210]);
    await workbench.run(
      'read-factors',
      { datasetId: 'd', file: fileOf('autre.csv', 'jour;x\n2015-01-01;1\n2015-01-02;2'), overrides: {} },
      context,
    );
    expect((await join(workbench, plan!)).report[0]?.status).toBe('column-missing');
    await workbench.run(
      'read-factors',
      { datasetId: 'd', file: fileOf('meteo.csv', planted.weather), overrides: {} },
      context,
    );
    const again = await join(workbench, plan!);
    expect(again.report[0]).toMatchObject({ status: 'applied', match: { nRows: 210, nMatched: 210 } });
  });

  it('is open again with the outages, in one reading', async () => {
    const { plan } = await open();
    const workbench = createWorkbench();
    const { cleaning } = await workbench.run(
      'read-dataset',
      {
        datasetId: 'd',
        file: fileOf('arrets.csv', planted.outages),
        overrides: {},
        recipe: { version: 1, steps: [toJoinStep(plan!)] },
        factors: { file: fileOf('meteo.csv', planted.weather), overrides: {} },
      },
      context,
    );
    expect(cleaning.report[0]?.match?.nMatched).toBe(210);
  });
});

describe('French public holidays', () => {
  it('are features of the start where they are asked for, in training as in asking', async () => {
    const opened = await open(null);
    const { result, modelText } = await train(opened, { ...settings, usesHolidays: true });
    expect(result.settings.usesHolidays).toBe(true);
    const { origins, inputs } = openModelFile(modelText).description;
    const parts = origins.filter(({ column }) => column === 'debut').map(({ part }) => part);
    expect(parts).toEqual(['month', 'weekday', 'holidays-7', 'holidays-30']);
    expect(inputs.map(({ name }) => name)).toEqual(['site', 'debut', 'type']);
    expect(openModelFile(without.modelText).description.origins.map(({ part }) => part)).not.toContain(
      'holidays-7',
    );
    const { predictions } = await exportWith(modelText, null);
    expect(predictions).toHaveLength(210);
  });
});
