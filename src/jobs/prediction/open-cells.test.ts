import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext, type JobContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import type { CellRow } from '#data/cell.ts';
import { type ClaimedBound, isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction, ModelSummary } from '#inference/contract.ts';
import { openModelFile } from '#models/open-model-file.ts';
import { writeModelFile } from '#models/write-model-file.ts';
import type { ResolvedSettings } from '#training/contract.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { train } from '#training/train.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import { generateFleet } from '#data/fleet-sample.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { listPastCases } from '#models/past-rows.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { readDataset } from '../dataset/read-dataset.ts';
import { openTrainingSource } from '../dataset/training-source.ts';
import { findRefit } from '../refits/find-refit.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';

const silent = createSilentContext(() => performance.now());
const today = Date.UTC(2026, 0, 1);
const ids = { datasetId: 'd', modelId: 'm', today };
const settings: ResolvedSettings = {
  ...atStartSettings,
  folds: 3,
  hyperparameters: { ...atStartSettings.hyperparameters, nIterations: 30 },
};

/** Two humps: what `Nature` says decides all, `Équipe` hardly anything; `Cause` is empty in short ones, and often. */
function drawOutage(rng: ReturnType<typeof createRng>) {
  const isLong = rng.nextFloat() < 0.5;
  const duration = (isLong ? 60 : 6) * (1 + 0.05 * rng.nextNormal());
  const crew = 5 + rng.nextBelow(40);
  return { crew, nature: isLong ? 'visite' : 'courte', cause: isLong ? 'usure' : '', duration };
}

function writeOutages(n: number, seed: number): string {
  const rng = createRng(seed);
  const rows = Array.from({ length: n }, () => drawOutage(rng)).map(
    ({ crew, nature, cause, duration }) => `${crew},${nature},${cause},${duration.toFixed(2)}`,
  );
  return ['Equipe,Nature,Cause,Duree (jours)', ...rows].join('\n');
}

async function openFile(workbench: Workbench, datasetId: string, text: string) {
  const file = { name: `${datasetId}.csv`, bytes: new TextEncoder().encode(text) };
  return workbench.run('read-dataset', { datasetId, file, overrides: {} }, silent);
}

function bound(prediction: CasePrediction | undefined, level: 'p10' | 'p50' | 'p80' | 'p90'): number {
  const found = prediction?.interval?.[level];
  if (!found || !isClaimed(found)) throw new Error(`${level} is not claimed`);
  return (found satisfies ClaimedBound).value;
}

describe('cells that are left open', () => {
  let workbench: Workbench;
  let summary: ModelSummary;
  let modelText: string;

  beforeAll(async () => {
    workbench = createWorkbench();
    const { roles } = await openFile(workbench, 'd', writeOutages(300, 1));
    // `Cause` would tell the nature: it is taken in by a test of its own.
    const used = roles.map((each) =>
      each.column === 'Cause' ? { ...each, role: 'ignore' as const, reason: 'user' as const } : each,
    );
    ({ summary, modelText } = await workbench.run('train', { ...ids, roles: used, settings }, silent));
  });

  const positionOf = (name: string) => summary.features.findIndex((feature) => feature.name === name);
  const caseOf = (given: Readonly<Record<string, string | number | null>>): CellRow =>
    summary.features.map(({ name }) => given[name] ?? null);

  async function predict(cells: CellRow): Promise<CasePrediction> {
    const [prediction] = await workbench.run('predict', { modelId: 'm', cases: [cells] }, silent);
    return prediction as CasePrediction;
  }

  async function refit(cells: CellRow, context: JobContext = silent) {
    const request = { ...ids, cells, settings };
    return (await workbench.run('predict-open', request, context))?.prediction;
  }

  /** Of fresh outages of both kinds, of which only the crew is known. */
  async function measureCoverage(answer: (cells: CellRow) => Promise<CasePrediction | undefined>) {
    const rng = createRng(99);
    const covered = { p80: 0, range: 0 };
    const n = 200;
    const answers = new Map<number, CasePrediction | undefined>();
    for (let i = 0; i < n; i++) {
      const { crew, duration } = drawOutage(rng);
      if (!answers.has(crew)) answers.set(crew, await answer(caseOf({ Equipe: crew, Nature: null })));
      const prediction = answers.get(crew);
      covered.p80 += duration <= bound(prediction, 'p80') ? 1 : 0;
      covered.range += duration >= bound(prediction, 'p10') && duration <= bound(prediction, 'p90') ? 1 : 0;
    }
    return { p80: covered.p80 / n, range: covered.range / n };
  }

  it.each([
    ['by a fit without them', (cells: CellRow) => refit(cells)],
    ['by what stood there in the nearest past outages', (cells: CellRow) => predict(cells)],
  ])('are answered %s: P10–P90 spans both humps, and P80 holds', async (_, answer) => {
    const prediction = await answer(caseOf({ Equipe: 20, Nature: null }));
    expect(bound(prediction, 'p10')).toBeLessThan(8);
    expect(bound(prediction, 'p90')).toBeGreaterThan(50);
    const { p80, range } = await measureCoverage(answer);
    // One standard error of a share of 200 is .03.
    expect(p80).toBeGreaterThan(0.72);
    expect(p80).toBeLessThan(0.95);
    expect(range).toBeGreaterThan(0.74);
  });

  it('say so, and of what', async () => {
    const cells = caseOf({ Equipe: 20, Nature: null });
    const features = [positionOf('Nature')];
    expect((await predict(cells)).open).toEqual({ features, way: 'wide' });
    expect((await refit(cells))?.open).toEqual({ features, way: 'refit' });
    expect((await predict(caseOf({ Equipe: 20, Nature: 'visite' }))).open).toBeNull();
  });

  it('take nothing from an answer in which all is known: it is the model’s own, bit for bit', async () => {
    const { model } = openModelFile(modelText);
    const cells = caseOf({ Equipe: 20, Nature: 'courte' });
    const { value } = await predict(cells);
    const table = {
      nRows: 1,
      columns: [
        { type: 'number' as const, name: 'Equipe', values: Float64Array.of(20) },
        { type: 'category' as const, name: 'Nature', codes: Int32Array.of(0), categories: ['courte'] },
      ],
    };
    expect(value).toBe(model.predict(table)[0]);
    expect(await refit(cells)).toBeUndefined();
  });

  it('are remembered as they were fitted: the answer is that of a fit made anew', async () => {
    const cells = caseOf({ Equipe: 33, Nature: null });
    const [first, second] = [await refit(cells), await refit(cells)];
    expect(second).toEqual(first);
    const fresh = createWorkbench();
    await openFile(fresh, 'd', writeOutages(300, 1));
    await fresh.run('open-model', { modelId: 'm', text: modelText }, silent);
    const again = await fresh.run('predict-open', { ...ids, cells, settings }, silent);
    expect(again?.prediction).toEqual(first);
  });

  it('may be all there are: then it is any past outage', async () => {
    const cells = caseOf({});
    for (const prediction of [await refit(cells), await predict(cells)]) {
      expect(bound(prediction, 'p10')).toBeLessThan(8);
      expect(bound(prediction, 'p90')).toBeGreaterThan(50);
    }
  });

  it('are answered wide by a model file alone, close to the fit; also by one that kept no past rows', async () => {
    const alone = createWorkbench();
    await alone.run('open-model', { modelId: 'm', text: modelText }, silent);
    const cells = caseOf({ Equipe: 20, Nature: null });
    const [saved] = await alone.run('predict', { modelId: 'm', cases: [cells] }, silent);
    const known = await refit(cells);
    for (const level of ['p10', 'p80', 'p90'] as const) {
      expect(Math.abs(bound(saved, level) - bound(known, level))).toBeLessThan(4);
    }
    const { model, description } = openModelFile(modelText);
    const { pastRows: _, ...older } = description;
    const columns = description.inputs.map((input) =>
      input.type === 'category'
        ? {
            type: 'category' as const,
            name: input.name,
            codes: Int32Array.of(0),
            categories: input.categories,
          }
        : { type: 'number' as const, name: input.name, values: Float64Array.of(20) },
    );
    const { text } = writeModelFile(model, older, { nRows: 1, columns });
    await alone.run('open-model', { modelId: 'old', text }, silent);
    const [old] = await alone.run('predict', { modelId: 'old', cases: [cells] }, silent);
    expect(bound(old, 'p10')).toBeLessThan(8);
    expect(bound(old, 'p90')).toBeGreaterThan(50);
  });

  it('are not fitted without on other data, or on the same with a row less', async () => {
    const other = createWorkbench();
    await openFile(other, 'd', writeOutages(300, 2));
    await other.run('open-model', { modelId: 'm', text: modelText }, silent);
    const cells = caseOf({ Equipe: 20, Nature: null });
    expect(await other.run('predict-open', { ...ids, cells, settings }, silent)).toBeNull();
    await openFile(other, 'd', writeOutages(299, 1));
    expect(await other.run('predict-open', { ...ids, cells, settings }, silent)).toBeNull();
  });

  it('are given up within a fifth of a second once cancelled', async () => {
    const signal = { aborted: false };
    let cancelledAt = 0;
    const context: JobContext = {
      ...silent,
      signal,
      onProgress: () => {
        if (!signal.aborted) cancelledAt = performance.now();
        signal.aborted = true;
      },
    };
    const own = createWorkbench();
    await openFile(own, 'd', writeOutages(300, 1));
    await own.run('open-model', { modelId: 'm', text: modelText }, silent);
    const cells = caseOf({ Equipe: 20, Nature: null });
    const running = own.run('predict-open', { ...ids, cells, settings }, context);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - cancelledAt).toBeLessThan(200);
  });

  it('of a file are answered as in the form, and named in a column of their own', async () => {
    await openFile(workbench, 'gaps', 'Equipe,Nature,Cause\n20,visite,\n20,,\n,courte,\n');
    const exported = await workbench.run(
      'export-predictions',
      { datasetId: 'gaps', modelId: 'm', dialect: 'international', today },
      silent,
    );
    expect(exported.nOpen).toEqual({ refit: 0, wide: 2 });
    const [header = '', ...lines] = exported.text.replace('\uFEFF', '').trim().split(/\r?\n/u);
    const columns = header.split(',');
    const read = (line: string | undefined, name: string) => line?.split(',')[columns.indexOf(name)];
    const asked = await predict(caseOf({ Equipe: 20, Nature: null }));
    expect(Number(read(lines[1], 'Duree (jours) (P90)'))).toBeCloseTo(bound(asked, 'p90'), 4);
    expect(lines[0]).not.toContain('wide');
    expect(lines[1]).toContain('wide estimate, without : Nature');
    expect(lines[2]).toContain('wide estimate, without : Equipe');
  });

  it('of the model’s own file are fitted without where that is asked for', async () => {
    const own = createWorkbench();
    const lines = writeOutages(120, 7).split('\n');
    const text = lines.map((line, i) => (i === 3 ? line.replace(/visite|courte/u, '') : line)).join('\n');
    const { roles } = await openFile(own, 'd', text);
    await own.run('train', { ...ids, roles, settings }, silent);
    const request = { datasetId: 'd', modelId: 'm', dialect: 'excel-french' as const, today };
    const asked = { ...request, refit: { settings } };
    expect((await own.run('export-predictions', asked, silent)).nOpen).toEqual({ refit: 1, wide: 0 });
    expect((await own.run('export-predictions', request, silent)).nOpen).toEqual({ refit: 0, wide: 1 });
  });
});

describe('a column that many past outages had empty', () => {
  it('is unknown where a form leaves it open, and empty where a file has it so', async () => {
    const workbench = createWorkbench();
    const text = writeOutages(200, 3)
      .split('\n')
      .map((line) =>
        line
          .split(',')
          .filter((_, i) => i !== 1)
          .join(','),
      )
      .join('\n');
    const { roles } = await openFile(workbench, 'd', text);
    const used = roles.map((each) =>
      each.column === 'Cause' ? { ...each, role: 'context' as const, reason: 'user' as const } : each,
    );
    const { summary } = await workbench.run('train', { ...ids, roles: used, settings }, silent);
    const cells = summary.features.map(({ name }) => (name === 'Equipe' ? 20 : null));
    const ask = async (from: 'form' | 'file') =>
      (await workbench.run('predict', { modelId: 'm', cases: [cells], from }, silent))[0];
    const [unknown, empty] = [await ask('form'), await ask('file')];
    expect(bound(unknown, 'p90')).toBeGreaterThan(50);
    expect(unknown?.open?.way).toBe('wide');
    expect(bound(empty, 'p90')).toBeLessThan(10);
    expect(empty?.open).toBeNull();
  });
});

describe('a model fitted without some columns, of a fleet with a past', () => {
  let open: ModelAtWork;
  let dataset: OpenDataset;
  const planning: ResolvedSettings = {
    ...settings,
    horizon: { kind: 'plan', leadDays: null },
    split: { kind: 'time', testShare: 0.2 },
  };

  beforeAll(async () => {
    const text = writeCsv(generateFleet({ units: 6, years: 8, seed: 5 }), 'international');
    const file = { name: 'fleet.csv', bytes: new TextEncoder().encode(text) };
    dataset = await readDataset({ datasetId: 'd', file, overrides: {} }, silent);
    const { roles } = dataset.summary;
    const source = openTrainingSource(dataset, { roles });
    open = (await train(source, { ...ids, roles, settings: planning }, silent)).model;
  });

  it('answers bit for bit the same whatever stands in them, and knows nothing of what is made of them', async () => {
    const { inputs } = open.description;
    const pastCases = listPastCases(open.description.pastRows ?? { columns: [] }, inputs);
    const { start } = open.description.history?.plan ?? { start: '' };
    const unit = open.description.history?.plan.columns[0] ?? '';
    const masks = [[unit], [start], [unit, start], inputs.map(({ name }) => name).slice(1, 4)];
    const row = fc.nat({ max: pastCases.length - 1 });
    for (const mask of masks) {
      const refit = await findRefit(open, dataset, mask, { today, settings: planning }, silent);
      if (refit === null) throw new Error('these are its own data');
      fc.assert(
        fc.property(row, row, (of, instead) => {
          const known = pastCases[of] ?? [];
          const other = known.map((cell, i) =>
            mask.includes(inputs[i]?.name ?? '') ? (pastCases[instead]?.[i] ?? null) : cell,
          );
          const plain = ({ value, interval }: CasePrediction) => ({ value, interval });
          const [a, b] = predictCases(refit, [known, other], undefined, 'file').map(plain);
          expect(b).toEqual(a);
        }),
        { numRuns: 30 },
      );
    }
  });

  it('has levels by the planning folds, and is the model itself without any', async () => {
    const [unit = ''] = open.description.history?.plan.columns ?? [];
    const refit = await findRefit(open, dataset, [unit], { today, settings: null }, silent);
    expect(refit?.calibration?.intervals?.overall.n).toBeGreaterThan(50);
    expect(refit?.history?.plan.leadDays).toBe(open.history?.plan.leadDays);
    const same = await findRefit(open, dataset, [], { today, settings: planning }, silent);
    const cells = open.description.typical;
    const [a] = predictCases(same as ModelAtWork, [cells], undefined, 'file');
    const [b] = predictCases(open, [cells], undefined, 'file');
    expect(a?.value).toBe(b?.value);
  });
});
