import type { TrainingSettings } from '#training/contract.ts';
import type { Project } from '#versions/project-file.ts';
import type { VersionStore } from '#versions/version-store.ts';
import type { ImportOutcome } from './project-parts.ts';
import type { OtherLog, Submission, VersionPlace } from './version-records.ts';
import type {
  DataDecisions,
  DatasetRecord,
  ForecastRecord,
  KeptModel,
  KeptWork,
  ModelEntry,
  ModelRecord,
  ScenarioRecord,
  SecondOpinionRecord,
  ShapeRecord,
} from './records.ts';

/** What a registry says unasked. */
export interface RegistryEvents {
  /** This tab can no longer save: another one upgraded the database, or the browser took it away. */
  readonly onEnd: (reason: 'superseded' | 'lost') => void;
  /** Another tab saved these, as `store/key`. */
  readonly onChanged: (ids: readonly string[]) => void;
}

/**
 * What is kept between two visits. Its laws, which every implementation bears (`testing/registry-suite.ts`):
 *
 * L1 What was saved is what a later opening finds, byte for byte.
 * L2 A save is one transaction. It resolves only after it completed (before that, nothing may be called saved), and
 *    rejects with an `AppError` (`storage-full`, `storage-unavailable`, `unknown-model`) having changed nothing.
 * L3 Models are added, never replaced, and removed only with a version that a person discards. The project names the one on show.
 * L4 A new file takes the place of the tab's earlier ones, but for those that a kept model was trained on, and those
 *    that other tabs show. Each tab finds again what it showed itself; a new one, what was saved last.
 * L5 Two openings that change one record at the same moment lose nothing of one another.
 * L6 Records of older versions come out complete. What cannot be read is a problem of the answer, never a rejection, and
 *    takes nothing else with it: a model whose result is unsound still opens.
 */
export interface Registry {
  load(): Promise<KeptWork>;
  /** Keeps a file and makes it the open one. */
  saveDataset(dataset: DatasetRecord): Promise<void>;
  /** Keeps a file of outages to come in place of the tab's earlier one; null closes that. */
  saveForecast(forecast: ForecastRecord | null): Promise<void>;
  /** The kept copy of a file: null if it is not kept. */
  loadDatasetBytes(id: string): Promise<Blob | null>;
  /**
   * Changes what the user decided about a file; does nothing if it is no longer kept. In the same transaction the next
   * file of the shape is told of it: `null` forgets what was decided.
   */
  updateDataset(
    id: string,
    changes: Partial<DataDecisions & Pick<DatasetRecord, 'overrides' | 'factors'>>,
    memory?: { readonly shape: string; readonly record: ShapeRecord | null },
  ): Promise<void>;
  /** What was decided about the last file of that shape; null where nothing was. */
  loadShape(shape: string): Promise<ShapeRecord | null>;
  /**
   * Adds a model and puts it on show, with its first scenario, and submits it to the log of versions in the same transaction; the
   * first version is champion at once.
   */
  saveModel(model: ModelRecord, scenario: ScenarioRecord, submission?: Submission): Promise<void>;
  /** Versions and their log; the bytes of a version are those of a kept model, and go with it where it is discarded. */
  readonly versions: VersionStore;
  /** The kept model that each version is; none for one whose bytes are not here. */
  listVersionPlaces(): Promise<readonly VersionPlace[]>;
  /** All versions with what they rest on: what a project file holds. */
  exportProject(): Promise<Project>;
  /**
   * Adds a project to what is kept, in one transaction: nothing is taken away or overwritten, and twice is as once. Where nothing
   * is on show, its champion is. A torn log is mended by one that goes on from where it holds; else it rejects with
   * `log-broken`, and with `project-invalid`.
   */
  importProject(project: Project): Promise<ImportOutcome>;
  /** The logs that went on apart elsewhere, as they came. */
  listOtherLogs(): Promise<readonly OtherLog[]>;
  /** The events of the ledger of announcements, as they were added: unchecked. */
  loadLedger(): Promise<readonly unknown[]>;
  /** Adds events to the `nKnown` that there are. Rejects with `ledger-moved` where another tab added some since. */
  appendLedger(nKnown: number, events: readonly unknown[]): Promise<void>;
  /** All kept models, the oldest first. Reads no model's text. */
  listModels(): Promise<readonly ModelEntry[]>;
  /** Null if it is not kept. */
  loadModel(id: string): Promise<KeptModel | null>;
  /** Notes that the model has been downloaded; does nothing if it is not kept. */
  markInFile(id: string): Promise<void>;
  /** Puts a kept model on show, or none. */
  showModel(id: string | null): Promise<void>;
  saveScenario(scenario: ScenarioRecord): Promise<void>;
  saveSecondOpinion(secondOpinion: SecondOpinionRecord): Promise<void>;
  saveSettings(settings: TrainingSettings): Promise<void>;
  /** What is closed is no longer opened at the start. */
  closeDataset(): Promise<void>;
  close(): void;
}
