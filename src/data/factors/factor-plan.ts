/**
 * What is read of a factor for an outage. `at-start`: the last value at or before its start. The others: of the values in
 * the `days` before the start, without that of its day where the factors are told by day.
 */
export const factorParts = ['at-start', 'mean', 'min', 'max', 'sum'] as const;
export type FactorPart = (typeof factorParts)[number];

/** One column that is made for the outages. */
export interface FactorValue {
  /** Its name beside the outages' own columns. */
  readonly column: string;
  /** Of the second file. */
  readonly factor: string;
  readonly part: FactorPart;
  /** Length of the window; 0 at the start. */
  readonly days: number;
}

/** By which columns rows of the two files belong together: a site, a unit. */
export interface FactorKey {
  readonly outages: string;
  readonly factors: string;
}

/** How a second file is joined to the outages. Plain JSON: it is a step of the recipe, and kept with a model. */
export interface FactorPlan {
  /** The second file's name. */
  readonly file: string;
  /** The outages' start. */
  readonly start: string;
  /** The second file's date. */
  readonly date: string;
  /** Null: one series for all outages. */
  readonly key: FactorKey | null;
  /** A last value older than this says nothing of the start. */
  readonly maxAgeDays: number;
  readonly values: readonly FactorValue[];
}

/** The outages' own columns that a join needs. */
export function listPlacing({ start, key }: Pick<FactorPlan, 'start' | 'key'>): readonly string[] {
  return key ? [start, key.outages] : [start];
}

export const windowDays = [7, 30] as const;

/** `temperature [at-start]`, `rain [7d-sum]`. */
export function nameFactorValue(factor: string, part: FactorPart, days: number): string {
  return part === 'at-start' ? `${factor} [at-start]` : `${factor} [${days}d-${part}]`;
}

/** The column that stands for a value which is not known yet: what it usually is. */
export function nameUsual(column: string): string {
  return `${column} [usual]`;
}

/** A label as it is compared between files: without case, accents, and whether a space, `_` or `-` divides it. */
export function foldLabel(label: string): string {
  return label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/gu, ' ')
    .trim();
}
