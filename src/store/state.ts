import type { Instant } from '#base/instant.ts';
import type { TimeUnit } from '#data/time-units.ts';
import type { Language } from '#language/dictionary.ts';
import type { ErrorCode, ErrorDetails } from '#base/errors.ts';
import type { Progress } from '#base/job-context.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import type { CsvDialectName } from '#data/csv/write-csv.ts';
import type { FactorValue } from '#data/factors/factor-plan.ts';
import type { FactorChoices } from '#data/factors/propose-factors.ts';
import type { RecipeEdit, RecipeEditor } from '#data/recipe/recipe-editor.ts';
import type { RecipeStep } from '#data/recipe/recipe-step.ts';
import type { ColumnRole, Direction, KnownWhen, RoleAssignment } from '#data/roles.ts';
import type { Column, ColumnType } from '#data/table.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import type {
  CleaningSummary,
  DatasetSummary,
  FileMerge,
  FactorsSummary,
  QualityFindings,
  TablePage,
  TablePageRequest,
  SampleRequest,
  TextFile,
  Preparation,
} from '#jobs/dataset/contract.ts';
import type { Evaluation, FileForecast, UnseenAnswer } from '#jobs/prediction/contract.ts';
import type { ForecastRecord, Recovery, ScenarioLog, StudyRecord } from '#registry/records.ts';
import type { StudyRequest } from '#jobs/tuning/contract.ts';
import type { LoggedStudy } from '#tuning/logged-trials.ts';
import type { ExportModelRequest } from '#jobs/exchange/contract.ts';
import type { JobResult } from '#jobs/job-table.ts';
import type { CampaignCosts } from '#planning/campaign/contract.ts';
import type {
  CampaignAnswer,
  JudgedLever,
  OptimiseAnswer,
  ScenarioComparison,
} from '#jobs/planning/contract.ts';
import type { LeverSpec, NamedScenario, PlanningSettings } from '#planning/contract.ts';
import type { ImportOutcome } from '#registry/project-parts.ts';
import type { VersionPlace } from '#registry/version-records.ts';
import type { CheckedLog, Sha256, Signature, VersionAction } from '#versions/contract.ts';
import type { GateReport } from '#versions/gate/contract.ts';
import type { LogBreak } from '#versions/version-log.ts';
import type { Announced } from '#jobs/monitoring/contract.ts';
import type { LedgerEvent } from '#monitoring/contract.ts';
import type { Monitoring } from '#monitoring/monitor.ts';
import type { CasePrediction, ModelSummary } from '#inference/contract.ts';
import type { TrainingResult, TrainingSettings } from '#training/contract.ts';
import type {
  SecondOpinionSlice,
  ExplanationSlice,
  OutageSlice,
  CaseExplanationSlice,
} from './explanation-state.ts';

export type Theme = 'light' | 'dark' | 'auto';

/** What long work is under way; one at a time. */
export interface Work {
  readonly kind:
    | 'reading'
    | 'training'
    | 'opening-model'
    | 'exporting'
    | 'predicting-file'
    | 'evaluating'
    | 'explaining'
    | 'replaying'
    | 'optimising'
    | 'tuning'
    | 'comparing'
    | 'opening-project'
    | 'following'
    | 'second-opinion';
  /** Milliseconds of the page's clock, for elapsed and remaining time. */
  readonly startedAt: number;
  readonly progress: Progress | null;
  /** "Arrêter et garder le meilleur" means something here. */
  readonly canStop: boolean;
  /** The user has pressed stop or cancel and the work is winding down. */
  readonly ending: 'stop' | 'cancel' | null;
}

/** Something went wrong and the user has not dismissed it yet. */
export interface ShownProblem {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly during: Work['kind'] | 'preparing' | 'predicting' | 'saving' | 'starting';
}

/** The unit of durations as the user said it; null leaves it to the column's name and the dates. */
export type DurationUnitChoice = TimeUnit | null;

/** The file that is open: what it says, and what the user decided about it. */
export interface DatasetState {
  readonly id: string;
  readonly name: string;
  /** Made by the app's own generator: tagged *exemple* wherever it shows. */
  readonly sample: SampleRequest | null;
  /** Dialect choices the user made; the rest is detected. */
  readonly overrides: Partial<Dialect>;
  readonly summary: DatasetSummary;
  /**
   * One per column of the file, in their order: guessed, then changed by the user. What the recipe and the leaks make
   * of them stands in `preparation`.
   */
  readonly roles: readonly RoleAssignment[];
  readonly unit: DurationUnitChoice;
  /** The cleaning as it is, with what can be undone. */
  readonly recipe: RecipeEditor;
  /** What the recipe made of the file; that of the recipe before while it is being applied. */
  readonly cleaning: CleaningSummary;
  /** The second file of outside factors, whether or not the recipe joins it; null without one. */
  readonly factors: { readonly overrides: Partial<Dialect>; readonly summary: FactorsSummary } | null;
  /** What the roles give; null while it is being worked out. */
  readonly preparation: Preparation | null;
  /** What the checks said of the cleaned table when they last ran; null before they did. */
  readonly findings: QualityFindings | null;
  /** The cleaning is being applied or the checks run again: `findings` are those of before. */
  readonly isChecking: boolean;
  /** Findings that a person chose to leave as they are, by their keys. */
  readonly ignoredFindings: readonly string[];
  /**
   * Where roles and recipe came from, if not from this reading of the file: the last file of the same shape, or another
   * reading of this one. Steps that named rows stayed behind. Null where neither.
   */
  readonly remembered: {
    readonly from: 'earlier-file' | 'earlier-reading';
    readonly nLeftBehind: number;
  } | null;
}

export interface DataSlice {
  readonly dataset: DatasetState | null;
  /** How far the cleaning or the checks are; apart from the data, whose every change redraws their screens. */
  readonly checkProgress: Progress | null;
  /** Adds the rows of a file to those of the open data, column by column: a new file is then open. */
  readonly appendFile: (file: File) => Promise<void>;
  /** Opens a file the user gave; replaces the open data once it has been read. */
  readonly openFile: (file: File) => Promise<void>;
  readonly openSample: (sample: SampleRequest) => Promise<void>;
  /** Reads the same bytes again with other choices; `{}` goes back to what is detected. */
  readonly setDialect: (overrides: Partial<Dialect>) => Promise<void>;
  /** Reads the file again with one column of that type. */
  readonly setColumnType: (column: string, type: ColumnType) => Promise<void>;
  readonly setRole: (column: string, role: ColumnRole) => Promise<void>;
  /** When the cells of a column are known: what a model for planning may rest on. */
  readonly setKnownWhen: (column: string, knownWhen: KnownWhen) => Promise<void>;
  /** Null: no opinion. */
  readonly setExpected: (column: string, direction: Direction | null) => Promise<void>;
  readonly setUnit: (unit: DurationUnitChoice) => Promise<void>;
  /** Back to the guessed roles and, where the cleaning came from another file, to the one proposed. */
  readonly resetRoles: () => Promise<void>;
  /** A window on the table; not kept in the store. */
  readonly loadPage: (request: Omit<TablePageRequest, 'datasetId'>) => Promise<TablePage>;
  /** Every rejected line with its reason, as a file. */
  readonly exportRejects: () => Promise<TextFile>;
  readonly closeDataset: () => Promise<void>;
}

export interface FactorsSlice {
  /** Reads a second file beside the open outages and joins it as proposed, as a step that can be undone. */
  readonly addFactors: (file: File) => Promise<void>;
  /** Reads the same second file otherwise, and joins it anew. */
  readonly setFactorsDialect: (overrides: Partial<Dialect>) => Promise<void>;
  /** Joins the open second file by other columns; nothing said: as proposed. */
  readonly joinFactors: (choices: FactorChoices) => Promise<void>;
  /** Joins other values of it. */
  readonly setFactorValues: (values: readonly Omit<FactorValue, 'column'>[]) => Promise<void>;
  /** Takes the second file and its step away. */
  readonly dropFactors: () => Promise<void>;
}

export interface CleaningSlice {
  /** Changes the recipe (add, remove, move, enable, replace, undo, redo) and works out what follows from it. */
  readonly editRecipe: (edit: RecipeEdit) => Promise<void>;
  /** Adds a step at the end under an id of its own. */
  readonly addStep: (step: Pick<RecipeStep, 'action' | 'reason'>) => Promise<void>;
  /** Leaves one row of the file out, for a reason. */
  readonly excludeRow: (row: number, reason: string) => Promise<void>;
  /** Takes a row back from the step that names it. */
  readonly restoreRow: (row: number, stepId: string) => Promise<void>;
  readonly ignoreFinding: (key: string, isIgnored: boolean) => Promise<void>;
}

/** The model that predicts: just trained, restored, or opened from a file. */
export interface ModelOnShow {
  readonly id: string;
  readonly summary: ModelSummary;
  /** Scores, curves and importances; null for a model opened from a file. */
  readonly result: TrainingResult | null;
  /** The roles or the reading of the data have changed since it was trained. */
  readonly isStale: boolean;
  /** Trained on a generated sample. */
  readonly fromSample: boolean;
  /** False until the registry has acknowledged it. */
  readonly isSaved: boolean;
  /** It was downloaded, or came from a file: the browser is not the only one to have it. */
  readonly isInFile: boolean;
}

/** A file for another tool, and what it does not carry. */
export interface ExportedFile extends Pick<JobResult<'export-model'>, 'bytes' | 'limits'> {
  readonly name: string;
}

export interface TrainingSlice {
  readonly settings: TrainingSettings;
  readonly model: ModelOnShow | null;
  readonly setSettings: (changes: Partial<TrainingSettings>) => void;
  readonly setHyperparameter: (name: keyof TrainingSettings['hyperparameters'], value: number) => void;
  readonly applyPreset: (preset: 'default' | 'reference') => void;
  readonly train: () => Promise<void>;
  /** Opens a model file the user gave. */
  readonly openModelFile: (file: File) => Promise<void>;
  /** The open model as one JSON file, which it is then called to be in. */
  readonly exportModel: () => Promise<TextFile>;
  /** The open model in the form of another tool. */
  readonly exportModelTo: (request: Omit<ExportModelRequest, 'modelId'>) => Promise<ExportedFile>;
  readonly closeModel: () => Promise<void>;
}

/** A search of settings on the open data: under way, interrupted or finished. */
export interface StudyOnShow extends Pick<StudyRecord, 'datasetId' | 'id' | 'request' | 'result'> {
  /** As far as its log tells; null before it does. */
  readonly logged: LoggedStudy | null;
}

/** What a search is asked for, beside the data. */
export type AskedStudy = Pick<StudyRequest, 'method' | 'preset' | 'space' | 'nTrials' | 'minutes'>;

export interface TuningSlice {
  readonly study: StudyOnShow | null;
  /** Shows what is kept of the last search on the open data, whose id this is. */
  readonly openStudy: (datasetId: string) => Promise<void>;
  /** Searches anew, in place of the search before. */
  readonly tune: (asked: AskedStudy) => Promise<void>;
  /** Goes on with a search that was interrupted. */
  readonly resumeStudy: () => Promise<void>;
  /** Trains with the settings that were found. */
  readonly takeFoundSettings: () => Promise<void>;
}

export interface EvaluationSlice {
  /** The open model scored on the open data, asked for by `evaluate` (for models opened from a file). */
  readonly evaluation: Evaluation | null;
  readonly evaluate: () => Promise<void>;
  /** The cells of one column in some rows of the file; not kept in the store. */
  readonly loadColumn: (column: string, rows: readonly number[]) => Promise<Column>;
  /** The open data with a column of predictions. */
  readonly exportPredictions: (dialect: CsvDialectName) => Promise<TextFile>;
}

/** A case and what the model answers to it. */
export interface Scenario {
  /** One cell per feature of the model, in its order. */
  readonly cells: CellRow;
  /** Null until answered. The last answer stays while a newer one is on its way. */
  readonly prediction: CasePrediction | null;
  /** The S-curve of an answer by a fit that has not seen the outage; null or absent for any other. */
  readonly unseenCurve?: UnseenAnswer['curve'];
  /** The past outage it started from; null for the outage to come. */
  readonly origin: {
    readonly row: number;
    readonly actual: number | null;
    /** What was announced of it, where the file tells. */
    readonly announced?: number;
  } | null;
  /** Changed since it started from there, when it was made the reference. */
  readonly isOwn: boolean;
  /** Features that a person has typed in: another unit or class leaves them as they are. */
  readonly typed?: readonly number[];
}

export interface ScenarioSlice {
  /** The case being edited. Null without a model. */
  readonly scenario: Scenario | null;
  /** What the change is measured against; at first the outage to come. */
  readonly reference: Scenario | null;
  /** A duration to meet, in the target's unit: each answer says how likely that is. */
  readonly targetDuration: number | null;
  /** What the outage has lasted already, in the target's unit: each answer says how much longer. Null: not under way. */
  readonly elapsed: number | null;
  /** A fit without the columns that a case leaves open is under way; of the case on show, or of its reference. */
  readonly refitting: { readonly cells: CellRow; readonly progress: Progress | null } | null;
  /** Asks for the fit that the open cells take, where the data are there and it is not under way. */
  readonly answerOpenCells: () => Promise<void>;
  /** Cancels that fit: the wide estimate stands. */
  readonly keepWideEstimate: () => void;
  readonly setTargetDuration: (duration: number | null) => void;
  readonly setElapsed: (elapsed: number | null) => void;
  readonly setCell: (featureIndex: number, value: CellValue) => void;
  /** Back to the reference. */
  readonly resetScenario: () => void;
  /** The current case becomes the reference. */
  readonly setAsReference: () => void;
  /** The levers and the objective; null until something is said of them. */
  readonly planSettings: PlanningSettings | null;
  readonly setPlanSettings: (settings: PlanningSettings) => void;
  /** Scenarios that were given a name, in the order of their columns. */
  readonly named: readonly NamedScenario[];
  /** The current case as one more of them, at the end; a name that is taken is numbered. */
  readonly nameScenario: (name: string) => void;
  readonly renameScenario: (id: string, name: string) => void;
  readonly duplicateScenario: (id: string) => void;
  readonly removeScenario: (id: string) => void;
  /** By −1 to the left, by 1 to the right. */
  readonly moveScenario: (id: string, by: number) => void;
  /** It becomes the current case, under its name. */
  readonly overwriteScenario: (id: string) => void;
  /** Everything done to the case, its reference, the named ones, target and levers, to be taken back. */
  readonly scenarioLog: ScenarioLog;
  readonly undoScenario: () => void;
  readonly redoScenario: () => void;
  /** The current case becomes that of these cells, the reference stays. */
  readonly tryCells: (cells: CellRow) => void;
  /** Both the case and the reference become a past outage of the open data. */
  readonly startFromOutage: (row: number) => Promise<void>;
  /** Both become the outage to come again. */
  readonly startFromDefault: () => void;
}

/** A file of outages to come, and what a model says of them. */
export interface ForecastState extends ForecastRecord {
  readonly summary: DatasetSummary;
  /** It left open how it is to be read, and was read as the file that the model learnt from. */
  readonly isAsLearnt: boolean;
  /** The model that answered. */
  readonly modelId: string;
  /** Null where the file lacks something, which `problem` then says. */
  readonly answer: FileForecast | null;
  readonly problem: Pick<ShownProblem, 'code' | 'details'> | null;
}

export interface ForecastSlice {
  readonly forecast: ForecastState | null;
  /** Has a file of outages to come predicted by the model on show, in place of the one before. */
  readonly predictFile: (file: File) => Promise<void>;
  /** Reads that file again with other choices. */
  readonly setForecastDialect: (overrides: Partial<Dialect>) => Promise<void>;
  /** The same file, asked of the model that is on show now. */
  readonly predictFileAgain: () => Promise<void>;
  readonly closeForecast: () => Promise<void>;
}

/** What a planner says of a campaign. */
export interface CampaignSettings {
  readonly limit: number | null;
  /** Columns of the file; null: those that the roles tell, no deadline. */
  readonly crew: string | null;
  readonly deadline: string | null;
  readonly costs: CampaignCosts;
}

export interface CampaignSlice {
  /** Of the file of outages to come, as last asked. */
  readonly campaign: {
    readonly forecastId: string;
    readonly modelId: string;
    readonly settings: CampaignSettings;
    readonly answer: CampaignAnswer;
  } | null;
  readonly planCampaign: (settings: CampaignSettings) => Promise<void>;
}

/** What may become of a table that comes while something is open (`incoming-choices.ts`). */
export type IncomingUse = 'replace' | 'append' | 'factors' | 'predict';

export interface IntakeSlice {
  /** A table that came while something was open: a person says what becomes of it. */
  readonly incoming: File | null;
  /** Files dropped anywhere on the window, or pasted: each is taken for what its content says. */
  readonly receiveFiles: (files: readonly File[]) => Promise<void>;
  readonly takeIncoming: (use: IncomingUse) => Promise<void>;
  readonly dismissIncoming: () => void;
}

/** The best plan for a case, and what it was asked of. */
export interface FoundPlan {
  readonly modelId: string;
  readonly settings: PlanningSettings;
  /** By identity, the scenario's own. */
  readonly cells: CellRow;
  readonly answer: OptimiseAnswer;
}

/** What is said of the named scenarios. */
export interface SideBySide {
  /** By identity, those of the state that were asked about, and the target and link that went with them. */
  readonly named: readonly NamedScenario[];
  readonly atMost: number | null;
  readonly link: number;
  /** One each. */
  readonly predictions: readonly CasePrediction[];
  /** Null while what tells two of them apart is being worked out. */
  readonly comparison: ScenarioComparison | null;
  readonly progress: Progress | null;
}

export interface SideBySideSlice {
  readonly sideBySide: SideBySide | null;
  /** Answers scenarios, then what tells any two of them apart; `atMost` and `link` as in `CompareRequest`. */
  readonly compareNamed: (
    named: readonly NamedScenario[],
    atMost: number | null,
    link: number,
  ) => Promise<void>;
}

export interface PlanningSlice {
  /** Of the case and the settings that were on show; null until asked. */
  readonly foundPlan: FoundPlan | null;
  readonly optimise: (settings: PlanningSettings) => Promise<void>;
  /** What outages alike say of levers, as last asked; of other levers or another model nothing. */
  readonly judgedLevers: {
    readonly modelId: string;
    readonly asked: string;
    readonly levers: readonly JudgedLever[];
  } | null;
  /** Where the data of the training are open. */
  readonly judgeLevers: (levers: readonly LeverSpec[]) => Promise<void>;
}

/** The versions of models that are kept, and what happened to them. */
export interface VersionsState {
  readonly log: CheckedLog;
  /** Where the log breaks: it is read only up to there. Null: it holds. */
  readonly broken: LogBreak | null;
  /** Logs that went on apart elsewhere. */
  readonly others: readonly CheckedLog[];
  /** The kept model that each version is. */
  readonly places: readonly VersionPlace[];
}

export interface VersionsSlice {
  /** Null before they were read, and where nothing is kept. */
  readonly versions: VersionsState | null;
  readonly loadVersions: () => Promise<void>;
  /** The gate between two versions on the open data; null where it could not be held, which `problem` then says. */
  readonly compareVersions: (old: Sha256, challenger: Sha256) => Promise<GateReport | null>;
  /** What each says of the scenario on show; null where it asks for other columns. */
  readonly askVersions: (versions: readonly Sha256[]) => Promise<readonly (CasePrediction | null)[]>;
  /** The gate against the champion, written into the log. */
  readonly judgeVersion: (version: Sha256) => Promise<void>;
  /** True once it stands in the log. What becomes champion is put on show. */
  readonly actOnVersion: (action: VersionAction, signature: Omit<Signature, 'at'>) => Promise<boolean>;
  readonly showVersion: (version: Sha256) => Promise<void>;
}

/** What has become of a ledger's announcements. */
export interface FollowUp {
  readonly monitoring: Monitoring;
  /** Of a past file, not of what was announced. */
  readonly isReplay: boolean;
}

export interface FollowUpSlice {
  /** The events of the ledger that is kept; empty before it was read. */
  readonly ledger: readonly LedgerEvent[];
  /** Null until asked, and for a ledger without announcements. */
  readonly followUp: FollowUp | null;
  readonly loadLedger: () => Promise<void>;
  /** Freezes what is said of the scenario on show; null where it could not, which `problem` then says. */
  readonly announceScenario: (identifier: string | null) => Promise<Announced | null>;
  readonly followLedger: () => Promise<void>;
  /** Adds a file of ended and running outages. */
  readonly addOutcomes: (file: File) => Promise<void>;
  /** The open data as a ledger: learn up to an instant, announce what began after it. Nothing of it is kept. */
  readonly replayPast: (trainTo: Instant) => Promise<void>;
  readonly exportLedger: () => Promise<TextFile>;
}

/** A file of finished outages that is about to be added to the open data. */
export interface ArrivalState {
  readonly name: string;
  readonly merge: FileMerge;
}

export interface ArrivalSlice {
  /** Null while nothing is about to be added. */
  readonly arrival: ArrivalState | null;
  /** The data as they were before the last addition, which can be undone until others are opened. */
  readonly beforeArrival: { readonly name: string } | null;
  /** Finds out what adding a file would do; nothing is changed. */
  readonly previewArrival: (file: File) => Promise<void>;
  /** Adds it: a new file is then open. */
  readonly acceptArrival: () => Promise<void>;
  readonly dismissArrival: () => void;
  /** Opens again what was open before. */
  readonly undoArrival: () => Promise<void>;
  /** Trains on the open data with the champion's settings, and holds the gate. */
  readonly retrain: () => Promise<void>;
}

export interface ProjectSlice {
  /** What the last project file brought, until it has been read. */
  readonly imported: ImportOutcome | null;
  /** All versions with what they rest on, in one file. */
  readonly exportProject: () => Promise<BinaryFile>;
  /** Adds a project file to what is kept. */
  readonly openProject: (file: File) => Promise<void>;
  readonly dismissImported: () => void;
}

/** A file that is no text. */
export interface BinaryFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Why something is held in memory alone. */
export type StorageReason =
  'storage-unavailable' | 'storage-full' | 'storage-too-new' | 'other-tab-upgraded' | 'many-tabs';

export interface SettingsSlice {
  readonly language: Language;
  readonly theme: Theme;
  /** `memory`: not all that is on show will outlive the tab, and a banner says so with the reason. */
  readonly storage:
    | { readonly kind: 'kept' }
    | {
        readonly kind: 'memory';
        readonly reason: StorageReason;
      };
  readonly setLanguage: (language: Language) => void;
  readonly setTheme: (theme: Theme) => void;
}

export interface SessionSlice {
  /** True from the start until what was kept is open again. */
  readonly isRestoring: boolean;
  readonly work: Work | null;
  readonly problem: ShownProblem | null;
  /** The browser had lost what was saved: what was put back, until it has been read. */
  readonly recovery: Recovery | null;
  /** What another tab changed of the things on show, until it has been read. */
  readonly heard: 'decisions' | 'scenario' | 'second-opinion' | null;
  /** Opens what was kept the last time. Called once. */
  readonly restore: () => Promise<void>;
  /** Opens what is kept where nothing is on show. */
  readonly openKept: () => Promise<void>;
  /** "Arrêter et garder le meilleur". */
  readonly stopWork: () => void;
  /** "Annuler". */
  readonly cancelWork: () => void;
  readonly dismissProblem: () => void;
  readonly dismissRecovery: () => void;
  readonly dismissHeard: () => void;
}

/**
 * Everything the screens share. Actions never reject: what goes wrong stands in `problem` (those that return a
 * value, `loadPage`, `loadColumn` and the exports, reject with an `AppError` for their caller). Big arrays stay in the worker.
 */
export type AppState = DataSlice &
  CleaningSlice &
  FactorsSlice &
  TrainingSlice &
  EvaluationSlice &
  ScenarioSlice &
  CaseExplanationSlice &
  ExplanationSlice &
  OutageSlice &
  SecondOpinionSlice &
  ForecastSlice &
  IntakeSlice &
  PlanningSlice &
  TuningSlice &
  SideBySideSlice &
  VersionsSlice &
  ProjectSlice &
  ArrivalSlice &
  FollowUpSlice &
  CampaignSlice &
  SettingsSlice &
  SessionSlice;

export type SetState = (changes: Partial<AppState> | ((state: AppState) => Partial<AppState>)) => void;
export type GetState = () => AppState;
