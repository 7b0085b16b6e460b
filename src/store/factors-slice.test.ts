import { describe, expect, it } from 'vitest';
import { plantWeather } from '#data/factors/testing/planted-weather.ts';
import { findJoinStep } from '#data/recipe/join-step.ts';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

const { outages, weather } = plantWeather(60);

async function openOutages(services = createInPlaceServices()) {
  const store = createAppStore(services);
  await store.getState().restore();
  await store.getState().openFile(new File([outages], 'arrets.csv'));
  const dataset = () => store.getState().dataset!;
  return { store, services, dataset, act: () => store.getState() };
}

const match = (dataset: { cleaning: { report: readonly { match?: { nMatched: number } }[] } }) =>
  dataset.cleaning.report.find((step) => step.match)?.match?.nMatched;

describe('a second file of outside factors', () => {
  it('is joined as a step that is undone and done again, by other columns and other values, and taken away', async () => {
    const { act, dataset } = await openOutages();
    await act().addFactors(new File([weather], 'meteo.csv'));
    expect(dataset().factors?.summary).toMatchObject({ name: 'meteo.csv' });
    expect(match(dataset())).toBe(60);
    const columns = () => dataset().preparation?.features.map(({ column }) => column);
    expect(columns()).toContain('temperature [7d-mean]');
    await act().editRecipe({ kind: 'undo' });
    expect(columns()).not.toContain('temperature [7d-mean]');
    await act().editRecipe({ kind: 'redo' });
    expect(columns()).toContain('temperature [7d-mean]');

    await act().joinFactors({ key: null });
    expect(findJoinStep(dataset().recipe.present)?.plan.key).toBeNull();
    await act().setFactorValues([{ factor: 'temperature', part: 'min', days: 30 }]);
    expect(columns()).toContain('temperature [30d-min]');
    expect(columns()).not.toContain('bruit [at-start]');
    await act().dropFactors();
    expect(dataset()).toMatchObject({ factors: null, recipe: { present: { steps: [] } } });
    expect(columns()).not.toContain('temperature [30d-min]');
  });

  it('is there again after a reload, and after its worker died', async () => {
    const { act, dataset, services } = await openOutages();
    await act().addFactors(new File([weather], 'meteo.csv'));
    services.killTrainingWorker();
    await act().setRole('type', 'ignore');
    expect(match(dataset())).toBe(60);

    const later = createAppStore(services);
    await later.getState().restore();
    const again = later.getState().dataset!;
    expect(again.factors?.summary.name).toBe('meteo.csv');
    expect(match(again)).toBe(60);
    expect(again.preparation?.features.map(({ column }) => column)).toContain('temperature [at-start]');
  });

  it('that cannot be joined leaves the outages and the file before as they were, and says why', async () => {
    const { act, dataset } = await openOutages();
    await act().addFactors(new File([weather], 'meteo.csv'));
    await act().addFactors(new File(['site;t\nNord;1\nSud;2'], 'sans-date.csv'));
    expect(act().problem).toMatchObject({ code: 'factors-no-date' });
    expect(dataset().factors?.summary.name).toBe('meteo.csv');
    await act().setRole('type', 'ignore');
    expect(match(dataset())).toBe(60);
  });
});
