import type { FactorPlan } from '#data/factors/factor-plan.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';
import type { Column } from '#data/table.ts';
import type {
  AppendFileRequest,
  FileMerge,
  MergeFileRequest,
  ApplyRecipeRequest,
  CheckQualityRequest,
  CleaningSummary,
  DatasetSummary,
  ProposeRecipeRequest,
  QualityFindings,
  ReadDatasetRequest,
  ReadFactorsRequest,
  DropFactorsRequest,
  FactorsSummary,
  ProposeFactorsRequest,
  RejectsRequest,
  TablePage,
  TablePageRequest,
  ColumnValuesRequest,
  GenerateSampleRequest,
  TextFile,
  Preparation,
  PrepareRequest,
} from './dataset/contract.ts';
import type {
  ColumnEffect,
  DataCurve,
  DataCurveRequest,
  EffectRequest,
  ExplanationRequest,
  MeanContributions,
  CaseExplanation,
  ExplainCaseRequest,
  SimilarCases,
  SimilarCasesRequest,
  OutageReplay,
  ReplayRequest,
} from './explanation/contract.ts';
import type {
  EvaluateRequest,
  Evaluation,
  ExportPredictionsRequest,
  OpenModelRequest,
  PastCaseRequest,
  OpenCaseAnswer,
  PredictionsFile,
  PredictOpenRequest,
  FileForecast,
  PredictFileRequest,
  PredictRequest,
  UnseenAnswer,
  UnseenAnswerRequest,
} from './prediction/contract.ts';
import type {
  Announced,
  AnnounceCaseRequest,
  AnnounceRequest,
  FollowRequest,
  ReadOutcomesRequest,
  ReplayedLedger,
  ReplayLedgerRequest,
} from './monitoring/contract.ts';
import type { GateReport } from '#versions/gate/contract.ts';
import type { Project } from '#versions/project-file.ts';
import type { CompareModelsRequest } from './gate/contract.ts';
import type { OptimiseAnswer, OptimiseRequest } from './planning/contract.ts';
import type {
  SecondOpinion,
  SecondOpinionSamples,
  FitSecondOpinionRequest,
  PrepareSecondOpinionRequest,
} from './second-opinion/contract.ts';
import type { TuneRequest, TuneResult } from './tuning/contract.ts';
import type { CasePrediction, ModelSummary, PastCase } from '#inference/contract.ts';
import type { OutcomeFile } from '#monitoring/contract.ts';
import type { Monitoring } from '#monitoring/monitor.ts';
import type { TrainOutcome, TrainRequest } from '#training/contract.ts';

/** The page's workers. What a job needs is open where it runs, and nowhere else. */
export type WorkerName = 'training' | 'prediction' | 'opening' | 'second-opinion';

interface JobRow<Request, Result, Worker extends WorkerName | 'any'> {
  /** Long jobs wait for one another; a short one is answered while a long one yields. */
  readonly kind: 'long' | 'short';
  /** `any`: in whichever the caller names. */
  readonly worker: Worker;
  /** Of request and result: there for the compiler alone. */
  readonly types?: (request: Request) => Result;
}

/** Rows of the jobs of one worker. */
function rowsOf<const Worker extends WorkerName | 'any'>(worker: Worker) {
  return {
    long: <Request, Result>(): JobRow<Request, Result, Worker> => ({ kind: 'long', worker }),
    short: <Request, Result>(): JobRow<Request, Result, Worker> => ({ kind: 'short', worker }),
  };
}

const training = rowsOf('training');
const prediction = rowsOf('prediction');
const opening = rowsOf('opening');
const secondOpinion = rowsOf('second-opinion');
const anyWorker = rowsOf('any');

/**
 * Every job there is: whether it is long, where the page runs it, what it takes and what it gives; both cross a worker's
 * border as they are. The functions stand in `handlers.ts` (and `second-opinion/`), as the page needs this table and
 * must not carry them.
 */
export const jobTable = {
  'generate-sample': training.short<GenerateSampleRequest, TextFile>(),
  'read-dataset': training.long<ReadDatasetRequest, DatasetSummary>(),
  'append-file': training.long<AppendFileRequest, TextFile>(),
  'merge-file': training.long<MergeFileRequest, FileMerge>(),
  'close-dataset': training.short<{ readonly datasetId: string }, null>(),
  'read-factors': training.long<ReadFactorsRequest, FactorsSummary>(),
  'drop-factors': training.short<DropFactorsRequest, null>(),
  'propose-factors': training.short<ProposeFactorsRequest, FactorPlan>(),
  'propose-recipe': training.short<ProposeRecipeRequest, Recipe>(),
  'apply-recipe': training.short<ApplyRecipeRequest, CleaningSummary>(),
  'check-quality': training.short<CheckQualityRequest, QualityFindings>(),
  'table-page': training.short<TablePageRequest, TablePage>(),
  'column-values': training.short<ColumnValuesRequest, Column>(),
  'export-rejects': training.short<RejectsRequest, TextFile>(),
  prepare: training.short<PrepareRequest, Preparation>(),
  train: training.long<TrainRequest, TrainOutcome>(),
  tune: training.long<TuneRequest, TuneResult>(),
  'open-model': anyWorker.short<OpenModelRequest, ModelSummary>(),
  'check-model': opening.long<{ readonly text: string }, null>(),
  'open-project': opening.long<{ readonly bytes: Uint8Array }, Project>(),
  'close-model': anyWorker.short<{ readonly modelId: string }, null>(),
  predict: prediction.short<PredictRequest, readonly CasePrediction[]>(),
  'predict-open': training.long<PredictOpenRequest, OpenCaseAnswer | null>(),
  optimise: training.long<OptimiseRequest, OptimiseAnswer>(),
  'explain-case': prediction.short<ExplainCaseRequest, CaseExplanation | null>(),
  'similar-cases': training.short<SimilarCasesRequest, SimilarCases>(),
  'past-case': training.short<PastCaseRequest, PastCase>(),
  evaluate: training.long<EvaluateRequest, Evaluation>(),
  'compare-models': training.long<CompareModelsRequest, GateReport>(),
  'unseen-answer': training.short<UnseenAnswerRequest, UnseenAnswer | null>(),
  'export-predictions': training.long<ExportPredictionsRequest, PredictionsFile>(),
  'predict-file': training.long<PredictFileRequest, FileForecast>(),
  announce: training.long<AnnounceRequest, Announced>(),
  'announce-case': prediction.short<AnnounceCaseRequest, Announced>(),
  'read-outcomes': training.short<ReadOutcomesRequest, OutcomeFile>(),
  follow: training.long<FollowRequest, Monitoring>(),
  'replay-ledger': training.long<ReplayLedgerRequest, ReplayedLedger>(),
  'column-effects': training.long<EffectRequest, readonly ColumnEffect[]>(),
  'mean-contributions': training.long<ExplanationRequest, MeanContributions>(),
  'data-curve': training.long<DataCurveRequest, DataCurve>(),
  'replay-outage': training.long<ReplayRequest, OutageReplay>(),
  'prepare-second-opinion': training.short<PrepareSecondOpinionRequest, SecondOpinionSamples>(),
  'fit-second-opinion': secondOpinion.long<FitSecondOpinionRequest, SecondOpinion>(),
};

type JobTable = typeof jobTable;
export type JobName = keyof JobTable;

type Requests = { [Name in JobName]: Parameters<NonNullable<JobTable[Name]['types']>>[0] };
type Results = { [Name in JobName]: ReturnType<NonNullable<JobTable[Name]['types']>> };
export type JobRequest<Name extends JobName> = Requests[Name];
export type JobResult<Name extends JobName> = Results[Name];
/** The jobs of these workers. */
export type JobsOf<Worker extends WorkerName | 'any'> = {
  [Name in JobName]: JobTable[Name]['worker'] extends Worker ? Name : never;
}[JobName];
