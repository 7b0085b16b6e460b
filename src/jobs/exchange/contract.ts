import type { DurationUnit } from '#data/outages.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { ExportFormat } from '#interop/contract.ts';
import type { ExportWords } from '#interop/export-model.ts';
import type { HandOverFile } from '#interop/hand-over/write-hand-over.ts';
import type { BoostingHyperparameters } from '#models/hyperparameters.ts';
import type { TargetScale } from '#models/target-scale.ts';
import type { OutageRequest } from '#training/contract.ts';

export interface ExportModelRequest {
  readonly modelId: string;
  readonly format: ExportFormat;
  /** Rows to check it by are packed with it, in one .zip; a workbook goes alone. */
  readonly isPacked?: boolean;
  /** What the exported model says to people, in their language. */
  readonly words: ExportWords;
}

export interface ImportModelRequest {
  /** Chosen by the caller: the id of the model to be. */
  readonly modelId: string;
  readonly bytes: Uint8Array;
  /** Past outages that the trees have not learnt, open, and how they are read; null: no level is calibrated. */
  readonly holdout: (OutageRequest & { readonly datasetId: string }) | null;
  /** What it predicts, where no hold-out tells. */
  readonly target: { readonly name: string; readonly unit: DurationUnit };
  /** The text of the hand-over's `spec.json` and `report.json`, where the model comes back from one. */
  readonly handOver?: { readonly spec: string; readonly report: string };
}

export interface ImportedModel {
  readonly modelText: string;
  readonly summary: ModelSummary;
  readonly nTrees: number;
  /** Rows on which it said bit for bit what the other program says; null where there were none to ask. */
  readonly nParityRows: number | null;
  /** On the hold-out, in the target's unit; null without one. */
  readonly scores: { readonly n: number; readonly mae: number; readonly rmse: number } | null;
}

export interface HandOverRequest extends OutageRequest {
  readonly datasetId: string;
  readonly scale: TargetScale;
  readonly hyperparameters: BoostingHyperparameters;
  readonly seed: number;
  readonly rowsPerPart: number;
}

export interface HandedOver {
  readonly files: readonly HandOverFile[];
  readonly nRows: number;
  readonly nFeatures: number;
}
