import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import { openModelFile } from '#models/open-model-file.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { createWorkbench } from '../workbench.ts';

const context = createSilentContext();
const today = Date.UTC(2026, 0, 1);
const settings = {
  ...atStartSettings,
  folds: 2,
  hyperparameters: { ...atStartSettings.hyperparameters, nIterations: 5, minSamplesLeaf: 2 },
};

/** 60 outages with a planned and an actual duration, each as one writes it. */
function fileOf(plan: (days: number) => string, actual: (days: number) => string): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const days = 1 + (i % 12);
    return `T${i % 3};${plan(days)};${1 + (i % 5)} GW;${actual(days + (i % 2))}`;
  });
  return ['Tranche;Durée prévue;Puissance;Durée', ...rows].join('\n');
}

const inDays = (days: number) => (days === 1 ? '1 jour' : `${days} jours`);
const inHours = (days: number) => `${days * 24}:00`;

async function train(csv: string, overrides: Partial<Dialect> = {}) {
  const workbench = createWorkbench();
  const read = async (text: string) => {
    const file = { name: 'f.csv', bytes: new TextEncoder().encode(text) };
    return workbench.run('read-dataset', { datasetId: 'd', file, overrides }, context);
  };
  const { roles } = await read(csv);
  const request = { datasetId: 'd', modelId: 'm', roles, settings, today };
  const { modelText } = await workbench.run('train', request, context);
  const predict = async (text: string) => {
    await read(text);
    await workbench.run('open-model', { modelId: 'm', text: modelText }, context);
    const asked = { datasetId: 'd', modelId: 'm', dialect: 'international', today } as const;
    const { text: out } = await workbench.run('export-predictions', asked, context);
    return out
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => Number(line.split(',')[4]));
  };
  return { modelText, predict };
}

describe('a model learnt from values with units', () => {
  it('keeps them, and reads a later file in other units the same way', async () => {
    const { modelText, predict } = await train(fileOf(inDays, inDays));
    const { description } = openModelFile(modelText);
    expect(description.target).toEqual({ name: 'Durée', unit: 'day' });
    expect(description.units).toEqual([
      { column: 'Durée prévue', unit: 'day' },
      { column: 'Puissance', unit: 'GW' },
      { column: 'Durée', unit: 'day' },
    ]);
    const known = await predict(fileOf(inDays, inDays));
    const asWritten = fileOf(inHours, inHours).replaceAll(' GW', '000 MW');
    const other = await predict(asWritten);
    expect(known.every(Number.isFinite)).toBe(true);
    for (const [i, value] of other.entries()) expect(value).toBeCloseTo(known[i]!, 9);
  });

  it('learns from an announced duration in the unit of the target', async () => {
    const same = await train(fileOf(inDays, inDays));
    const mixed = await train(fileOf(inHours, inDays));
    const origins = openModelFile(mixed.modelText).description.origins;
    expect(origins.find(({ column }) => column === 'Durée prévue')).toMatchObject({ factor: 1 / 24 });
    const [a, b] = [await same.predict(fileOf(inDays, inDays)), await mixed.predict(fileOf(inHours, inDays))];
    for (const [i, value] of b.entries()) expect(value).toBeCloseTo(a[i]!, 9);
  });

  it('keeps how a person wanted the columns read', async () => {
    const columnTypes = [{ column: 'Puissance', type: 'category' }] as const;
    const { modelText } = await train(fileOf(inDays, inDays), { columnTypes });
    expect(openModelFile(modelText).description.reading).toEqual({ columnTypes });
    const { modelText: plain } = await train(fileOf(inDays, inDays));
    expect(plain).not.toContain('"reading"');
  });

  it('keeps none where nothing was written with one', async () => {
    const { modelText } = await train(fileOf(String, String).replaceAll(' GW', ''));
    expect(modelText).not.toContain('"units"');
    expect(modelText).not.toContain('"factor"');
  });
});
