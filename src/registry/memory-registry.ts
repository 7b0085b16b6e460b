import { toDatasetRecord } from './forecast-record.ts';
import { AppError } from '#base/errors.ts';
import { type LedgerPart, planLedgerPart } from './ledger-part.ts';
import { orderBySaving } from './order-by-saving.ts';
import { createRandomId } from './random-id.ts';
import { LAST_PROJECT, listFiles, sortOtherTabs, toTabKey } from './tab-projects.ts';
import {
  NO_PROJECT,
  readKeptWork,
  readModel,
  readShape,
  type StoredModel,
  type StoredProject,
} from './read-records.ts';
import type {
  DatasetRecord,
  ModelEntry,
  ProjectRecord,
  ScenarioRecord,
  SecondOpinionRecord,
  ShapeRecord,
} from './records.ts';
import type { LogEntry, Sha256 } from '#versions/contract.ts';
import { checkCommit, throwMissing } from '#versions/version-store.ts';
import { type KeptVersion, planImport, toProject } from './project-parts.ts';
import type { Registry } from './registry.ts';
import { nameText, type OtherLog, planSubmission, toBytes, toModelEntry, toText } from './version-records.ts';

/** What the registries of one browser profile share. */
export interface MemoryProfile {
  /** By tab, and the last one. */
  readonly projects: Map<string, StoredProject>;
  readonly datasets: Map<string, DatasetRecord>;
  readonly modelEntries: Map<string, ModelEntry>;
  readonly models: Map<string, StoredModel['content']>;
  readonly scenarios: Map<string, ScenarioRecord>;
  readonly secondOpinions: Map<string, SecondOpinionRecord>;
  readonly shapes: Map<string, ShapeRecord>;
  readonly versionLog: LogEntry[];
  /** The kept model of each version. */
  readonly versions: Map<Sha256, string>;
  readonly otherLogs: Map<Sha256, OtherLog>;
  readonly ledger: LedgerPart[];
}

export function createMemoryProfile(): MemoryProfile {
  return {
    projects: new Map(),
    datasets: new Map(),
    modelEntries: new Map(),
    models: new Map(),
    scenarios: new Map(),
    secondOpinions: new Map(),
    shapes: new Map(),
    versionLog: [],
    versions: new Map(),
    otherLogs: new Map(),
    ledger: [],
  };
}

/**
 * A registry that is gone with its profile: for tests. What goes in and what comes out is cloned, as a database does.
 * A save runs in one go once its promise is waited for, so that it is whole by nature.
 */
export function openMemoryRegistry(
  profile: MemoryProfile = createMemoryProfile(),
  tab: string = createRandomId(),
): Registry {
  const tabKey = toTabKey(tab);

  async function turn<Result>(work: () => Result): Promise<Result> {
    await Promise.resolve();
    return work();
  }

  function getProject(): StoredProject | undefined {
    return profile.projects.get(tabKey) ?? profile.projects.get(LAST_PROJECT);
  }

  function changeProject(changes: Partial<ProjectRecord>): void {
    const changed = { ...NO_PROJECT, ...getProject(), ...structuredClone(changes) };
    profile.projects.set(LAST_PROJECT, { ...changed, id: LAST_PROJECT });
    profile.projects.set(tabKey, { ...changed, id: tabKey, seenAt: Date.now() });
  }

  function removeUnseen(): void {
    const own = getProject();
    const trainedOn = new Set(Array.from(profile.modelEntries.values(), ({ datasetId }) => datasetId));
    const { held, forgotten } = sortOtherTabs([...profile.projects.values()], tabKey);
    for (const key of forgotten) profile.projects.delete(key);
    const shown = new Set([...held, ...(own ? listFiles(own) : [])]);
    for (const id of profile.datasets.keys()) {
      if (!shown.has(id) && !trainedOn.has(id)) profile.datasets.delete(id);
    }
  }

  function getModel(id: string): StoredModel | null {
    const entry = profile.modelEntries.get(id);
    const content = profile.models.get(id);
    if (!entry || !content) return null;
    return structuredClone({
      entry,
      content,
      scenario: profile.scenarios.get(id),
      secondOpinion: profile.secondOpinions.get(id)?.secondOpinion,
    });
  }

  function putVersion(entry: LogEntry, bytes: Uint8Array): void {
    const { version } = entry.action;
    const id = `version-${version}`;
    const listed = toModelEntry(id, entry);
    if (listed) profile.modelEntries.set(id, listed);
    profile.models.set(id, { result: null, text: toText(bytes) });
    profile.versions.set(version, id);
  }

  function putKeptVersion(version: KeptVersion): void {
    const { id, modelId, entry, text, result, scenario, secondOpinion } = version;
    profile.modelEntries.set(modelId, entry);
    profile.models.set(modelId, { result, text });
    profile.versions.set(id, modelId);
    if (scenario) profile.scenarios.set(modelId, scenario as ScenarioRecord);
    if (secondOpinion) profile.secondOpinions.set(modelId, { modelId, secondOpinion } as SecondOpinionRecord);
  }

  function removeVersion(version: Sha256): void {
    const id = profile.versions.get(version) ?? '';
    profile.versions.delete(version);
    for (const store of [profile.modelEntries, profile.models, profile.scenarios, profile.secondOpinions])
      store.delete(id);
  }

  return {
    load: () =>
      turn(() => {
        const { datasets } = profile;
        const project = getProject();
        if (project) profile.projects.set(tabKey, { ...project, id: tabKey, seenAt: Date.now() });
        const { datasetId, modelId, forecastId } = { ...NO_PROJECT, ...project };
        const dataset = datasetId === null ? undefined : datasets.get(datasetId);
        return readKeptWork({
          ...structuredClone({
            project,
            dataset,
            forecast: forecastId ? datasets.get(forecastId) : undefined,
          }),
          model: modelId === null ? null : getModel(modelId),
          recovery: null,
        });
      }),

    saveDataset: (dataset) =>
      turn(() => {
        profile.datasets.set(dataset.id, structuredClone(dataset));
        changeProject({ datasetId: dataset.id });
        removeUnseen();
      }),

    saveForecast: (forecast) =>
      turn(() => {
        if (forecast) profile.datasets.set(forecast.id, structuredClone(toDatasetRecord(forecast)));
        changeProject({ forecastId: forecast?.id ?? null });
        removeUnseen();
      }),

    loadDatasetBytes: (id) => turn(() => profile.datasets.get(id)?.bytes ?? null),

    updateDataset: (id, changes, memory) =>
      turn(() => {
        const before = profile.datasets.get(id);
        if (!before) return;
        profile.datasets.set(id, { ...before, ...structuredClone(changes) });
        if (memory?.record) profile.shapes.set(memory.shape, structuredClone(memory.record));
        else if (memory) profile.shapes.delete(memory.shape);
      }),

    loadShape: (shape) =>
      turn(() => {
        const stored = profile.shapes.get(shape);
        return stored ? readShape(structuredClone(stored)) : null;
      }),

    saveModel: ({ result, text, ...entry }, scenario, submission) =>
      turn(() => {
        const { id } = entry;
        if (profile.modelEntries.has(id))
          throw new AppError('storage-unavailable', `model "${id}" is kept already`);
        profile.modelEntries.set(id, structuredClone(entry));
        profile.models.set(id, structuredClone({ result, text }));
        profile.scenarios.set(scenario.modelId, structuredClone(scenario));
        changeProject({ modelId: id });
        if (!submission) return;
        const version = nameText(text);
        const planned = planSubmission(profile.versionLog, version, submission);
        profile.versionLog.push(...planned);
        if (planned.length > 0) profile.versions.set(version, id);
      }),

    versions: {
      readLog: () => turn(() => structuredClone(profile.versionLog)),
      readVersion: (id) =>
        turn(() => {
          const text = profile.models.get(profile.versions.get(id) ?? '')?.text;
          return text === undefined ? throwMissing(id) : toBytes(text);
        }),
      commit: (entry, bytes) =>
        turn(() => {
          checkCommit(profile.versionLog.at(-1) ?? null, entry, bytes);
          const { kind, version } = entry.action;
          profile.versionLog.push(structuredClone(entry));
          if (kind === 'submit' && bytes) putVersion(entry, bytes);
          if (kind === 'discard') removeVersion(version);
        }),
    },

    listVersionPlaces: () => turn(() => Array.from(profile.versions, ([id, modelId]) => ({ id, modelId }))),

    exportProject: () => {
      const versions = [...profile.versions].flatMap(([id, modelId]): KeptVersion[] => {
        const stored = getModel(modelId);
        if (!stored) return [];
        const { entry, content, scenario, secondOpinion } = stored;
        return [{ id, modelId, entry, text: content.text, result: content.result, scenario, secondOpinion }];
      });
      return toProject({
        log: profile.versionLog,
        otherLogs: [...profile.otherLogs.values()],
        versions,
        datasets: [...profile.datasets.values()],
        ledger: profile.ledger.flatMap(({ events }) => events),
      });
    },

    importProject: (project) =>
      turn(() => {
        const ledger = profile.ledger.flatMap(({ events }) => events);
        const plan = planImport(project, {
          log: profile.versionLog,
          otherLogs: [...profile.otherLogs.values()],
          versions: new Set(profile.versions.keys()),
          datasets: profile.datasets,
          ledger,
        });
        if (plan.ledger.length > 0)
          profile.ledger.push(planLedgerPart(profile.ledger, ledger.length, structuredClone(plan.ledger)));
        profile.versionLog.splice(profile.versionLog.length - plan.torn.length, plan.torn.length);
        profile.versionLog.push(...structuredClone(plan.entries));
        profile.otherLogs.clear();
        for (const other of plan.otherLogs) profile.otherLogs.set(other.head, other);
        for (const dataset of plan.datasets) profile.datasets.set(dataset.id, dataset as DatasetRecord);
        for (const version of plan.versions) putKeptVersion(version);
        const shown = plan.versions.find(({ id }) => id === plan.champion);
        const shownNow = getProject();
        if (shown && !shownNow?.modelId && !shownNow?.datasetId) {
          const { datasetId } = shown.entry;
          const isThere = datasetId !== null && profile.datasets.has(datasetId);
          changeProject({ modelId: shown.modelId, ...(isThere && { datasetId }) });
        }
        return plan.outcome;
      }),

    listOtherLogs: () => turn(() => structuredClone([...profile.otherLogs.values()])),

    loadLedger: () => turn(() => structuredClone(profile.ledger).flatMap(({ events }) => events)),

    appendLedger: (nKnown, events) =>
      turn(() => {
        profile.ledger.push(structuredClone(planLedgerPart(profile.ledger, nKnown, events)));
      }),

    listModels: () => turn(() => orderBySaving(structuredClone([...profile.modelEntries.values()]))),

    loadModel: (id) =>
      turn(() => {
        const stored = getModel(id);
        return stored && readModel(stored);
      }),

    markInFile: (id) =>
      turn(() => {
        const entry = profile.modelEntries.get(id);
        if (entry) profile.modelEntries.set(id, { ...entry, isInFile: true });
      }),

    showModel: (id) =>
      turn(() => {
        if (id !== null && !profile.modelEntries.has(id)) {
          throw new AppError('unknown-model', `no model "${id}" is kept`, { modelId: id });
        }
        changeProject({ modelId: id });
      }),

    saveScenario: (scenario) =>
      turn(() => void profile.scenarios.set(scenario.modelId, structuredClone(scenario))),

    saveSecondOpinion: (opinion) =>
      turn(() => void profile.secondOpinions.set(opinion.modelId, structuredClone(opinion))),

    saveSettings: (settings) => turn(() => changeProject({ settings })),

    closeDataset: () => turn(() => changeProject({ datasetId: null })),

    close: () => {},
  };
}
