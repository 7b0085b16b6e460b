import type { Dialect } from '#data/csv/dialect.ts';
import { assignRole } from '#jobs/assign-role.ts';
import type { DatasetFile } from '#jobs/dataset.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { SampleRequest } from '#jobs/prediction.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import type { Desk, GetState, SetState } from './desk.ts';
import { refreshStaleness } from './staleness.ts';
import type { DataSlice, DurationUnitChoice } from './state.ts';

export interface DatasetToOpen {
  readonly id: string;
  readonly file: DatasetFile & { readonly bytes: Blob };
  readonly sample: SampleRequest | null;
  readonly overrides: Partial<Dialect>;
  /** Roles kept from an earlier visit; null to guess. */
  readonly roles: readonly RoleAssignment[] | null;
  readonly unit: DurationUnitChoice;
}

export function createDataSlice(set: SetState, get: GetState, desk: Desk): DataSlice {
  const { heavy, createId } = desk.services;

  async function openNew(
    file: DatasetToOpen['file'],
    sample: SampleRequest | null,
    options: RunOptions,
  ): Promise<void> {
    // The samples' durations are in days, which their column's name does not say.
    const unit = sample === null ? null : 'day';
    const source = { id: createId(), file, sample, overrides: {}, roles: null, unit } as const;
    await openDataset(set, get, desk, source, options);
    await keepDataset(get, desk, file.bytes);
  }

  async function changeRoles(roles: readonly RoleAssignment[]): Promise<void> {
    const { dataset } = get();
    if (!dataset) return;
    set({ dataset: { ...dataset, roles, preparation: null } });
    set(refreshStaleness);
    await prepareDataset(set, get, desk);
    await keepChoices(dataset.id);
  }

  /** What a person decided is kept even where it gives nothing to learn from. */
  async function keepChoices(id: string): Promise<void> {
    const { dataset } = get();
    if (dataset?.id !== id) return;
    const { roles, unit } = dataset;
    await desk.save((registry) => registry.updateDataset(id, { roles, unit }));
  }

  return {
    dataset: null,

    openFile: async (file) => {
      await desk.runWork('reading', (options) => openNew({ name: file.name, bytes: file }, null, options));
    },

    openSample: async (sample) => {
      await desk.runWork('reading', async (options) => {
        const dialect = get().language === 'fr' ? 'excel-french' : 'international';
        const { name, text } = await heavy.run('generate-sample', { sample, dialect }, options);
        await openNew({ name, bytes: new Blob([text], { type: 'text/csv' }) }, sample, options);
      });
    },

    setDialect: async (overrides) => {
      await desk.runWork('reading', async (options) => {
        const { dataset } = get();
        const source = desk.dataset;
        if (!dataset || !source) return;
        // The tables of two readings differ, so they bear different ids; the kept file is the same one.
        const summary = await desk.readDataset({ ...source, id: createId(), overrides }, options);
        desk.adoptDataset({ ...source, id: summary.datasetId, overrides });
        const names = summary.columns.map((column) => column.name);
        const sameColumns = dataset.roles.every(({ column }, i) => column === names[i]);
        const roles = sameColumns && dataset.roles.length === names.length ? dataset.roles : summary.roles;
        set({ dataset: { ...dataset, id: summary.datasetId, overrides, summary, roles, preparation: null } });
        set(refreshStaleness);
        await prepareDataset(set, get, desk);
        await keepDataset(get, desk, source.file.bytes as Blob);
      });
    },

    setRole: async (column, role) => {
      const { dataset } = get();
      if (dataset) await changeRoles(assignRole(dataset.roles, column, role));
    },

    resetRoles: async () => {
      const { dataset } = get();
      if (dataset) await changeRoles(dataset.summary.roles);
    },

    setUnit: async (unit) => {
      const { dataset } = get();
      if (!dataset) return;
      set({ dataset: { ...dataset, unit, preparation: null } });
      await prepareDataset(set, get, desk);
      await keepChoices(dataset.id);
    },

    loadPage: async (request) =>
      heavy.run('table-page', { ...request, datasetId: await desk.ensureDataset() }),

    exportRejects: async () => heavy.run('export-rejects', { datasetId: await desk.ensureDataset() }),

    closeDataset: async () => {
      desk.adoptDataset(null);
      set({ dataset: null, evaluation: null });
      await desk.save((registry) => registry.closeDataset());
    },
  };
}

/** Reads a file and shows it in place of what was open, with what its roles give. */
export async function openDataset(
  set: SetState,
  get: GetState,
  desk: Desk,
  source: DatasetToOpen,
  options: RunOptions,
): Promise<void> {
  const { id, file, sample, overrides, unit } = source;
  const summary = await desk.readDataset({ id, file, overrides }, options);
  desk.adoptDataset({ id, file, overrides });
  const roles = source.roles ?? summary.roles;
  set({
    dataset: { id, name: file.name, sample, overrides, summary, roles, unit, preparation: null },
    evaluation: null,
  });
  set(refreshStaleness);
  await prepareDataset(set, get, desk);
}

/** Works out what the roles give. The answer to roles or a unit that have changed meanwhile is dropped. */
async function prepareDataset(set: SetState, get: GetState, desk: Desk): Promise<void> {
  const asked = get().dataset;
  if (!asked) return;
  const { roles, unit } = asked;
  try {
    const datasetId = await desk.ensureDataset();
    const { heavy, today } = desk.services;
    const preparation = await heavy.run('prepare', {
      datasetId,
      roles,
      today: today(),
      ...(unit && { unit }),
    });
    set(({ dataset }) =>
      dataset?.roles === roles && dataset.unit === unit
        ? { dataset: { ...dataset, roles: preparation.roles, preparation } }
        : {},
    );
    set(refreshStaleness);
  } catch (thrown) {
    desk.report(thrown, 'preparing');
  }
}

/** Keeps the open file, and from then on reads the kept copy: the one on disk may change or vanish. */
async function keepDataset(get: GetState, desk: Desk, bytes: Blob): Promise<void> {
  const { dataset } = get();
  if (!dataset) return;
  const { id, name, sample, overrides, roles, unit } = dataset;
  await desk.save(async (registry) => {
    await registry.saveDataset({ id, name, bytes, sample, overrides, roles, unit });
    const kept = await registry.loadDatasetBytes(id);
    if (kept && desk.dataset?.id === id) desk.adoptDataset({ id, overrides, file: { name, bytes: kept } });
  });
}
