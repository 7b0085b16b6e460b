import type { FactorPlan } from '#data/factors/factor-plan.ts';
import type { FactorChoices } from '#data/factors/propose-factors.ts';
import { dialectOptionNames, readDialectOptions } from './dialect-options.ts';
import type { Options } from './options.ts';
import { UsageError } from './usage-error.ts';

/** What is said of a second file: its name, how to join it, and how to read it. */
export const factorOptionNames = [
  'factors',
  'factors-date',
  'factors-key',
  ...dialectOptionNames.map((name) => `factors-${name}`),
] as const;

/** How the second file is to be read where that is said: `--factors-delimiter` and the others. */
export function readFactorDialect(options: Options) {
  return readDialectOptions({
    ...options,
    text: (name) => options.text(`factors-${name}`),
    list: (name, known) => options.list(`factors-${name}`, known),
    choice: (name, choices) => options.choice(`factors-${name}`, choices),
  });
}

/** `--factors-key OURS=THEIRS`, or `none` for one series for all. Throws `UsageError`. */
export function readFactorChoices(options: Options): FactorChoices {
  const date = options.text('factors-date');
  return { ...(date !== undefined && { date }), ...readKey(options.text('factors-key')) };
}

/** Throws `UsageError` where a second file is spoken of and none is given. */
export function requireFactors(options: Options): void {
  const spoken = factorOptionNames.find((name) => options.text(name) !== undefined);
  if (spoken !== undefined && options.text('factors') === undefined) {
    throw new UsageError(`--${spoken} goes with --factors FILE`);
  }
}

function readKey(text: string | undefined): { readonly key?: FactorPlan['key'] } {
  if (text === undefined) return {};
  if (text === 'none') return { key: null };
  const [, outages, factors] = /^(.+)=(.+)$/u.exec(text) ?? [];
  if (outages === undefined || factors === undefined) {
    throw new UsageError(`--factors-key must be COLUMN_OF_OUTAGES=COLUMN_OF_FACTORS or none, got "${text}"`);
  }
  return { key: { outages: outages.trim(), factors: factors.trim() } };
}
