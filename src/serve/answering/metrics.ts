import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MetricName } from './metric-names.ts';
import type { ServedModel } from './served-model.ts';

/** From half a millisecond to ten seconds. */
const DURATION_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Of outages, in days. */
const DAY_BUCKETS = [1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 180, 365];

export type ServiceMetrics = ReturnType<typeof createMetrics>;

/** What the service counts of itself, by the names that rules, alarms and dashboards go by. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const named = (name: MetricName, help: string) => ({ name, help, registers });
  const counter = <Label extends string>(name: MetricName, help: string, labelNames: readonly Label[]) =>
    new Counter({ ...named(name, help), labelNames });
  const gauge = <Label extends string>(name: MetricName, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ ...named(name, help), labelNames });
  const modelInfo = gauge('tranche_model_info', 'The models that answer, each 1.', ['sha', 'name']);
  const modelAge = gauge('tranche_model_age_seconds', 'Time since the model was opened or promoted.');
  return {
    registry,
    duration: new Histogram({
      ...named('tranche_http_request_duration_seconds', 'Time to answer a request.'),
      labelNames: ['route', 'method', 'status'] as const,
      buckets: DURATION_BUCKETS,
    }),
    rows: counter('tranche_prediction_rows_total', 'Cases answered.', ['model']),
    days: new Histogram({
      ...named('tranche_prediction_days', 'Durations announced, in days.'),
      buckets: DAY_BUCKETS,
    }),
    notes: counter('tranche_input_notes_total', 'Remarks on cells of cases.', ['feature', 'code']),
    reloads: counter('tranche_model_reloads_total', 'Models taken into service, and refused.', ['result']),
    inFlight: gauge('tranche_http_requests_in_flight', 'Requests under way.'),
    isReady: gauge('tranche_ready', 'Whether requests are answered: 1 or 0.'),
    tellModels(models: readonly ServedModel[], bornAt: number | null, now: number): void {
      modelInfo.reset();
      for (const { name, hash } of models) modelInfo.set({ sha: hash, name }, 1);
      if (bornAt !== null) modelAge.set((now - bornAt) / 1000);
    },
  };
}
