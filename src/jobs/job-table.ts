import type { Recipe } from '#data/recipe/recipe-step.ts';
import type { Column } from '#data/table.ts';
import type {
  ApplyRecipeRequest,
  CheckQualityRequest,
  CleaningSummary,
  DatasetSummary,
  ProposeRecipeRequest,
  QualityFindings,
  ReadDatasetRequest,
  RejectsRequest,
  TablePage,
  TablePageRequest,
} from './dataset/contract.ts';
import type {
  ColumnEffect,
  ColumnValuesRequest,
  DataCurve,
  DataCurveRequest,
  EffectRequest,
  ExplanationRequest,
  MeanContributions,
} from './explanation/contract.ts';
import type {
  SecondOpinion,
  SecondOpinionSamples,
  FitSecondOpinionRequest,
  PrepareSecondOpinionRequest,
} from './second-opinion/contract.ts';
import type { CasePrediction, ModelSummary, PastCase } from '#inference/contract.ts';
import type {
  CaseExplanation,
  EvaluateRequest,
  Evaluation,
  ExplainCaseRequest,
  ExportPredictionsRequest,
  GenerateSampleRequest,
  OpenModelRequest,
  PastCaseRequest,
  PredictRequest,
  SimilarCases,
  SimilarCasesRequest,
  TextFile,
} from './prediction/contract.ts';
import type { Preparation, PrepareRequest } from './dataset/preparation.ts';
import type { OutageReplay, ReplayRequest } from './explanation/replay.ts';
import type { TrainOutcome, TrainRequest } from '#training/contract.ts';

/** Every job there is: its name, what it takes and what it gives. Both sides cross a worker's border as they are. */
interface JobTable {
  'read-dataset': { request: ReadDatasetRequest; result: DatasetSummary };
  'close-dataset': { request: { readonly datasetId: string }; result: null };
  'propose-recipe': { request: ProposeRecipeRequest; result: Recipe };
  'apply-recipe': { request: ApplyRecipeRequest; result: CleaningSummary };
  'check-quality': { request: CheckQualityRequest; result: QualityFindings };
  'table-page': { request: TablePageRequest; result: TablePage };
  'export-rejects': { request: RejectsRequest; result: TextFile };
  prepare: { request: PrepareRequest; result: Preparation };
  train: { request: TrainRequest; result: TrainOutcome };
  'open-model': { request: OpenModelRequest; result: ModelSummary };
  'close-model': { request: { readonly modelId: string }; result: null };
  predict: { request: PredictRequest; result: readonly CasePrediction[] };
  'explain-case': { request: ExplainCaseRequest; result: CaseExplanation | null };
  'similar-cases': { request: SimilarCasesRequest; result: SimilarCases };
  'column-values': { request: ColumnValuesRequest; result: Column };
  'column-effects': { request: EffectRequest; result: readonly ColumnEffect[] };
  'mean-contributions': { request: ExplanationRequest; result: MeanContributions };
  'data-curve': { request: DataCurveRequest; result: DataCurve };
  'replay-outage': { request: ReplayRequest; result: OutageReplay };
  'prepare-second-opinion': { request: PrepareSecondOpinionRequest; result: SecondOpinionSamples };
  /** Run by the secondOpinion's own worker, not by a workbench. */
  'fit-second-opinion': { request: FitSecondOpinionRequest; result: SecondOpinion };
  'past-case': { request: PastCaseRequest; result: PastCase };
  evaluate: { request: EvaluateRequest; result: Evaluation };
  'export-predictions': { request: ExportPredictionsRequest; result: TextFile };
  'generate-sample': { request: GenerateSampleRequest; result: TextFile };
}

export type JobName = keyof JobTable;
export type JobRequest<Name extends JobName> = JobTable[Name]['request'];
export type JobResult<Name extends JobName> = JobTable[Name]['result'];
