import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import { generateSyntheticOutages } from '#data/samples.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { CellRow } from '#data/cell.ts';
import type { CasePrediction, ModelSummary } from '#inference/contract.ts';
import { openModelFile } from '#models/open-model-file.ts';
import { writeModelFile } from '#models/write-model-file.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';

const silent = createSilentContext(() => performance.now());
const today = Date.UTC(2026, 0, 1);

describe('how much longer an outage takes', () => {
  let workbench: Workbench;
  let modelText: string;
  let summary: ModelSummary;
  const table = generateSyntheticOutages({ rows: 260, noise: 2, seed: 5 });

  beforeAll(async () => {
    workbench = createWorkbench();
    const bytes = new TextEncoder().encode(writeCsv(table, 'international'));
    const file = { name: 'f.csv', bytes };
    const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
    const settings = { ...atStartSettings, folds: 3, init: 'mean' as const };
    const asked = roles.map((each) =>
      each.column === 'Durée' ? { ...each, role: 'target' as const } : each,
    );
    const request = { datasetId: 'd', modelId: 'm', roles: asked, settings, today };
    ({ modelText, summary } = await workbench.run('train', request, silent));
  });

  const ask = async (cells: CellRow, elapsed: number, modelId = 'm', from = workbench) => {
    const [answer] = await from.run('predict', { modelId, cases: [cells], elapsed }, silent);
    return (answer as CasePrediction).remaining;
  };
  const typical = () => summary.features.map((feature) => feature.typical);

  it('is answered by any family, hardly ever sooner the longer it has lasted, and the same from the file', async () => {
    expect(
      (await workbench.run('predict', { modelId: 'm', cases: [typical()] }, silent))[0]?.remaining,
    ).toBeUndefined();
    let before = 0;
    for (const elapsed of [0, 5, 15]) {
      const answer = await ask(typical(), elapsed);
      const p80 = answer?.interval?.p80;
      if (!p80 || !isClaimed(p80)) throw new Error('no P80');
      expect(p80.value).toBeGreaterThanOrEqual(Math.max(elapsed, 0.95 * before));
      before = p80.value;
      expect(answer?.curve.length).toBeGreaterThan(5);
    }
    const elsewhere = createWorkbench();
    await elsewhere.run('open-model', { modelId: 'n', text: modelText }, silent);
    expect(await ask(typical(), 5, 'n', elsewhere)).toEqual(await ask(typical(), 5));
  });

  it('is refused beyond what any outage lasted, for a case of which too little is known, and far from all of them', async () => {
    const beyond = await ask(typical(), 500);
    expect(beyond?.interval?.p80).toMatchObject({ notClaimable: true, n: 0, needed: 4 });
    const open = summary.features.map(() => null);
    expect(await ask(open, 5)).toMatchObject({ interval: null, refusal: 'open-cells' });
    const far = summary.features.map((feature) => (feature.type === 'number' ? 1e6 : feature.typical));
    expect(await ask(far, 5)).toMatchObject({ interval: null, refusal: 'beyond' });
  });

  it('is not told by a file of before, which opens all the same', async () => {
    const { model, description } = openModelFile(modelText);
    const { elapsed: _, ...calibration } = description.calibration as Record<string, unknown>;
    const { text } = writeModelFile(model, { ...description, calibration }, table);
    const elsewhere = createWorkbench();
    await elsewhere.run('open-model', { modelId: 'old', text }, silent);
    expect(await ask(typical(), 5, 'old', elsewhere)).toMatchObject({ refusal: 'not-calibrated' });
  });

  it('is not read from a file whose forecasts do not go with its outages', async () => {
    const { model, description } = openModelFile(modelText);
    const calibration = description.calibration as { elapsed: { forecasts: unknown[] } };
    const broken = {
      ...calibration,
      elapsed: { ...calibration.elapsed, forecasts: calibration.elapsed.forecasts.slice(1) },
    };
    const { text } = writeModelFile(model, { ...description, calibration: broken }, table);
    await expect(createWorkbench().run('open-model', { modelId: 'b', text }, silent)).rejects.toMatchObject({
      code: 'model-file-invalid',
    });
  });
});
