import { AppError } from '#base/errors.ts';

/** A file that is no sound model of its format. */
export function refuseImport(problem: string): never {
  throw new AppError('import-invalid', `not a sound model: ${problem}`, { problem });
}

export const unreadParts = [
  'booster', // no plain trees: linear, or with dropout
  'objective', // the sum of the leaves is not the prediction
  'outputs', // several predictions a row
  'categories', // more labels of a column than trees here can part
  'depth',
  'base-score', // written so that XGBoost itself would read another number
] as const;
export type UnreadPart = (typeof unreadParts)[number];

/** A sound model of what is not read here: it would predict otherwise. */
export function refuseUnread(part: UnreadPart, value: string | number): never {
  throw new AppError('import-unsupported', `cannot be read: ${part} ${value}`, { part, value });
}
