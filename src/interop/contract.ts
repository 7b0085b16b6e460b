export const exportFormats = [
  'excel',
  'javascript',
  'python',
  'c',
  'sql',
  'xgboost',
  'ubjson',
  'onnx',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What an exported model does not carry, or asks of whoever uses it. */
export const exportLimits = [
  'history', // features made of the past are filled in by hand
  'features', // features made of dates and the like have to be made there
  'codes', // labels are told by their codes
  'log', // the tool says log(1 + duration)
  'levels', // no P10 to P90
  'single-precision', // sums of float32 numbers are added in double precision
  'within', // levels are those of a case like those learnt
  'open-cells', // an empty cell goes where the trees send it
] as const;
export type ExportLimit = (typeof exportLimits)[number];

/** Why a model does not go into a format. */
export const exportRefusals = ['family', 'linear-start', 'several'] as const;
export type ExportRefusal = (typeof exportRefusals)[number];

export interface ExportedModel {
  readonly bytes: Uint8Array;
  /** As the name of the file ends. */
  readonly extension: string;
  readonly limits: readonly ExportLimit[];
  /** JSON: rows of features, and what the model says of them. */
  readonly parity: string;
}
