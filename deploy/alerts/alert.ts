import type { MetricName } from '#serve/answering/metric-names.ts';

/** Series of a test in promtool's notation, a value each `interval`, with what is asked of them at `at`. */
export interface SampleSeries {
  readonly interval: string;
  readonly at: string;
  readonly series: Readonly<Record<string, string>>;
}

/** One row: a rule, what it means and what to do first, and two histories that prove it: one that fires and one just below. */
export interface Alert {
  readonly name: `Tranche${string}`;
  readonly metrics: readonly (MetricName | 'up')[];
  readonly expression: string;
  readonly for: string;
  readonly severity: 'page' | 'ticket';
  readonly meaning: string;
  readonly firstStep: string;
  readonly fires: SampleSeries;
  readonly staysQuiet: SampleSeries;
}
