import { describe, expect, it } from 'vitest';
import type { TrainingResult } from '#training/contract.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import type { DatasetRecord, ModelRecord, ScenarioRecord, ShapeRecord } from '../records.ts';
import type { Registry } from '../registry.ts';

export function createDatasetRecord(id: string): DatasetRecord {
  return {
    id,
    name: `${id}.csv`,
    bytes: new Blob(['a;b\r\n1;2']),
    sample: null,
    factors: null,
    overrides: {},
    roles: [],
    recipe: null,
    ignoredFindings: [],
    unit: null,
  };
}

export function createModelRecord(id: string, changes: Partial<ModelRecord> = {}): ModelRecord {
  return {
    id,
    datasetId: 'd',
    name: 'linear',
    target: { name: 'Durée', unit: 'day' },
    nTrainingRows: 9,
    hash: 'h',
    fromSample: false,
    savedAt: 1000,
    result: null,
    text: '{}',
    ...changes,
  };
}

export function createScenarioRecord(modelId: string): ScenarioRecord {
  const typical = { cells: [1, 'a', null], origin: null, isOwn: false };
  return { modelId, scenario: typical, reference: typical, targetDuration: null };
}

/** The laws of `Registry`. `openProfile` gives a profile nobody has used, to be opened as often as there are visits. */
export function describeRegistry(
  name: string,
  openProfile: () => { open: (tab?: string) => Promise<Registry> },
): void {
  describe(`${name}, as a registry`, () => {
    it('opens empty', async () => {
      const registry = await openProfile().open();
      expect(await registry.load()).toEqual({
        recovery: null,
        settings: null,
        dataset: null,
        model: null,
        forecast: null,
        problems: [],
      });
      expect(await registry.listModels()).toEqual([]);
      expect(await registry.loadModel('m')).toBeNull();
      expect(await registry.loadShape('s')).toBeNull();
      expect(await registry.loadDatasetBytes('d')).toBeNull();
    });

    it('L1: gives back after a new start what was saved, byte for byte', async () => {
      const profile = openProfile();
      const before = await profile.open();
      await before.saveDataset(createDatasetRecord('d'));
      await before.saveModel(createModelRecord('m'), createScenarioRecord('m'));
      await before.saveSettings({ ...defaultTrainingSettings, seed: 42 });
      await before.updateDataset('d', { overrides: { decimalMark: ',' } });
      before.close();

      const after = await profile.open();
      const kept = await after.load();
      expect(kept.settings?.seed).toBe(42);
      expect(kept.dataset).toMatchObject({ id: 'd', name: 'd.csv', overrides: { decimalMark: ',' } });
      expect(kept.model).toEqual({
        model: createModelRecord('m'),
        scenario: createScenarioRecord('m'),
        secondOpinion: null,
        problems: [],
      });
      expect(await (await after.loadDatasetBytes('d'))?.text()).toBe('a;b\r\n1;2');
    });

    it('L2: leaves nothing of a save that failed', async () => {
      const registry = await openProfile().open();
      await registry.saveModel(createModelRecord('m'), createScenarioRecord('m'));
      const otherCase = { cells: [9], origin: null, isOwn: true };
      const altered = createModelRecord('m', { text: 'altered' });
      await expect(
        registry.saveModel(altered, { ...createScenarioRecord('m'), scenario: otherCase }),
      ).rejects.toMatchObject({ code: 'storage-unavailable' });
      expect(await registry.loadModel('m')).toMatchObject({
        model: { text: '{}' },
        scenario: createScenarioRecord('m'),
      });
    });

    it('L3: keeps every model of a file, lists them from the oldest, and shows the one that is chosen', async () => {
      const registry = await openProfile().open();
      const saves = [
        ['later', 3000],
        ['before instants were kept', null],
        ['earlier', 2000],
      ] as const;
      for (const [id, savedAt] of saves) {
        await registry.saveModel(createModelRecord(id, { savedAt }), createScenarioRecord(id));
        expect((await registry.load()).model?.model.id).toBe(id);
      }
      const { result: _result, text: _text, ...entry } = createModelRecord('later', { savedAt: 3000 });
      const entries = await registry.listModels();
      expect(entries.map(({ id }) => id)).toEqual(['before instants were kept', 'earlier', 'later']);
      expect(entries.at(-1)).toEqual(entry);
      await registry.showModel('later');
      expect((await registry.load()).model?.model.id).toBe('later');
      await registry.showModel(null);
      expect((await registry.load()).model).toBeNull();
      await expect(registry.showModel('never kept')).rejects.toMatchObject({ code: 'unknown-model' });
      expect((await registry.loadModel('earlier'))?.scenario).toEqual(createScenarioRecord('earlier'));
    });

    it('knows of a model whether it was downloaded', async () => {
      const registry = await openProfile().open();
      await registry.saveModel(createModelRecord('m'), createScenarioRecord('m'));
      await registry.saveModel(createModelRecord('n', { isInFile: true }), createScenarioRecord('n'));
      expect((await registry.loadModel('m'))?.model.isInFile).toBeUndefined();
      await registry.markInFile('m');
      await registry.markInFile('never kept');
      expect((await registry.listModels()).map(({ isInFile }) => isInFile)).toEqual([true, true]);
    });

    it('L4: removes earlier files, but those that a kept model was trained on', async () => {
      const registry = await openProfile().open();
      await registry.saveDataset(createDatasetRecord('trained-on'));
      await registry.saveModel(
        createModelRecord('m', { datasetId: 'trained-on' }),
        createScenarioRecord('m'),
      );
      await registry.saveDataset(createDatasetRecord('looked-at'));
      await registry.saveDataset(createDatasetRecord('new'));
      expect(await registry.loadDatasetBytes('trained-on')).not.toBeNull();
      expect(await registry.loadDatasetBytes('looked-at')).toBeNull();
      expect((await registry.load()).dataset?.id).toBe('new');
      await registry.closeDataset();
      expect((await registry.load()).dataset).toBeNull();
      expect(await registry.loadDatasetBytes('new')).not.toBeNull();
    });

    it('L4: keeps the file of outages to come beside the data, until another or none takes its place', async () => {
      const registry = await openProfile().open();
      const { id: _id, ...file } = createDatasetRecord('any');
      await registry.saveForecast({ id: 'first', ...file });
      await registry.saveDataset(createDatasetRecord('d'));
      expect((await registry.load()).forecast).toMatchObject({ id: 'first', name: 'any.csv' });
      await registry.saveForecast({ id: 'second', ...file });
      expect(await registry.loadDatasetBytes('first')).toBeNull();
      const kept = await registry.load();
      expect([kept.dataset?.id, kept.forecast?.id]).toEqual(['d', 'second']);
      await registry.saveForecast(null);
      expect((await registry.load()).forecast).toBeNull();
      expect(await registry.loadDatasetBytes('second')).toBeNull();
    });

    it('L4: never removes the file of another tab, and gives each tab its own work after a reload', async () => {
      const profile = openProfile();
      const [one, two] = await Promise.all([profile.open('one'), profile.open('two')]);
      await one.saveDataset(createDatasetRecord('first'));
      await two.saveDataset(createDatasetRecord('second'));
      await one.saveModel(createModelRecord('m', { datasetId: 'first' }), createScenarioRecord('m'));
      await two.saveModel(createModelRecord('n', { datasetId: 'second' }), createScenarioRecord('n'));
      await two.saveDataset(createDatasetRecord('third'));
      for (const [tab, dataset, model] of [
        ['one', 'first', 'm'],
        ['two', 'third', 'n'],
        ['a new one', 'third', 'n'],
      ] as const) {
        const kept = await (await profile.open(tab)).load();
        expect({ tab, dataset: kept.dataset?.id, model: kept.model?.model.id }).toEqual({
          tab,
          dataset,
          model,
        });
      }
      // A tab that only looks at what was kept holds it too.
      await two.saveDataset(createDatasetRecord('fourth'));
      expect(await one.loadDatasetBytes('third')).not.toBeNull();
      expect(await one.loadDatasetBytes('first')).not.toBeNull();
    });

    it('L4: forgets the tabs that were seen longest ago', async () => {
      const profile = openProfile();
      for (let tab = 0; tab < 20; tab++) {
        await (await profile.open(`t${tab}`)).saveDataset(createDatasetRecord(`d${tab}`));
      }
      const last = await profile.open('t19');
      const bytes = await Promise.all(Array.from({ length: 20 }, (_, i) => last.loadDatasetBytes(`d${i}`)));
      expect(bytes.filter((kept) => kept !== null)).toHaveLength(9);
      expect(bytes[19]).not.toBeNull();
    });

    it('L5: loses no change when two visits change the same file at the same moment', async () => {
      const profile = openProfile();
      const [one, two] = await Promise.all([profile.open(), profile.open()]);
      await one.saveDataset(createDatasetRecord('d'));
      await Promise.all([
        one.updateDataset('d', { overrides: { delimiter: ';' } }),
        two.updateDataset('d', { roles: [{ column: 'a', role: 'target', reason: 'user' }] }),
      ]);
      const { dataset } = await one.load();
      expect(dataset?.overrides).toEqual({ delimiter: ';' });
      expect(dataset?.roles).toHaveLength(1);
    });

    it('L6: opens a model whose result cannot be read, and says so', async () => {
      const registry = await openProfile().open();
      const result = { version: 1, chosen: 'oracle' } as unknown as TrainingResult;
      await registry.saveModel(createModelRecord('m', { result }), createScenarioRecord('m'));
      expect((await registry.load()).model).toMatchObject({
        model: { id: 'm', text: '{}', result: null },
        scenario: createScenarioRecord('m'),
        problems: [{ code: 'result-invalid' }],
      });
      const newer = { version: 1000 } as unknown as TrainingResult;
      await registry.saveModel(createModelRecord('n', { result: newer }), createScenarioRecord('n'));
      expect((await registry.loadModel('n'))?.problems).toMatchObject([{ code: 'result-too-new' }]);
    });

    it('L6: opens a file whose cleaning cannot be read, and says so', async () => {
      const registry = await openProfile().open();
      const recipe = { version: 1, steps: [{ id: 'a' }] } as unknown as NonNullable<DatasetRecord['recipe']>;
      await registry.saveDataset({ ...createDatasetRecord('d'), recipe, unit: 'hour' });
      expect(await registry.load()).toMatchObject({
        dataset: { name: 'd.csv', recipe: null, unit: 'hour' },
        problems: [{ code: 'recipe-invalid' }],
      });
    });

    it('L1, L6: finds a second file again, none where an older version kept none, and none of a later version', async () => {
      const registry = await openProfile().open();
      const { factors: _, ...older } = createDatasetRecord('d');
      await registry.saveDataset(older as DatasetRecord);
      expect((await registry.load()).dataset?.factors).toBeNull();
      const factors = { version: 1, name: 'f.csv', bytes: new Blob(['d;t']), overrides: {} } as const;
      await registry.updateDataset('d', { factors });
      expect((await registry.load()).dataset?.factors).toMatchObject({ name: 'f.csv' });
      await registry.updateDataset('d', { factors: { ...factors, version: 2 } as unknown as typeof factors });
      expect((await registry.load()).dataset).toMatchObject({ name: 'd.csv', factors: null });
    });

    it('remembers what was decided for the next file of the shape, in the same save, until it is forgotten', async () => {
      const registry = await openProfile().open();
      await registry.saveDataset(createDatasetRecord('d'));
      const roles = [{ column: 'a', role: 'lever', reason: 'user' }] as const;
      const record: ShapeRecord = {
        shape: 's',
        roles,
        recipe: { version: 1, steps: [] },
        nLeftBehind: 2,
        overrides: {},
        ignoredFindings: ['f'],
        unit: 'day',
      };
      await registry.updateDataset('gone', { roles }, { shape: 's', record });
      expect(await registry.loadShape('s')).toBeNull();
      await registry.updateDataset('d', { roles }, { shape: 's', record });
      expect(await registry.loadShape('s')).toEqual(record);
      await registry.updateDataset('d', { roles: [] }, { shape: 's', record: null });
      expect(await registry.loadShape('s')).toBeNull();
    });

    it('L5: adds to the ledger what follows what is known of it, and nothing where another tab was sooner', async () => {
      const profile = openProfile();
      const [one, other] = [await profile.open(), await profile.open()];
      expect(await one.loadLedger()).toEqual([]);
      await one.appendLedger(0, [{ kind: 'a' }, { kind: 'b' }]);
      await expect(other.appendLedger(0, [{ kind: 'c' }])).rejects.toMatchObject({ code: 'ledger-moved' });
      await other.appendLedger(2, [{ kind: 'c' }]);
      one.close();
      expect(await (await profile.open()).loadLedger()).toEqual([
        { kind: 'a' },
        { kind: 'b' },
        { kind: 'c' },
      ]);
    });

    it('keeps the last scenario of each model, and what the second opinion said of it', async () => {
      const registry = await openProfile().open();
      await registry.saveModel(createModelRecord('m'), createScenarioRecord('m'));
      const scenario = { ...createScenarioRecord('m'), targetDuration: 25 };
      await registry.saveScenario(scenario);
      const scores = { mae: 3, rmse: 4, r2: NaN };
      const secondOpinion = {
        score: {
          id: 'neural',
          name: 'neural',
          scale: 'identity',
          isReference: false,
          cv: { ...scores, sd: 1 },
          test: scores,
          details: null,
          toBest: { value: 1, low: 0, high: 2, nSamples: 80 },
        },
        nTest: 20,
        theirs: { coverage: 0.75, meanWidth: NaN },
        band: [0.6, 0.95],
        disagreement: null,
        isStopped: false,
      } as const;
      await registry.saveSecondOpinion({ modelId: 'm', secondOpinion });
      await registry.saveModel(createModelRecord('n'), createScenarioRecord('n'));
      expect(await registry.loadModel('m')).toMatchObject({ scenario, secondOpinion });
      expect((await registry.load()).model?.secondOpinion).toBeNull();
    });
  });
}
