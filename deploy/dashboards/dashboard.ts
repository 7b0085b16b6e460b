import type { MetricName } from '#serve/answering/metric-names.ts';

interface Panel {
  readonly title: string;
  readonly metric: MetricName | 'up';
  readonly query: string;
  /** As Grafana names it. */
  readonly unit: 's' | 'ms' | 'short' | 'percentunit' | 'reqps' | 'd';
  readonly legend?: string;
}

const DURATION = 'tranche_http_request_duration_seconds';
const quantile = (share: number) =>
  `histogram_quantile(${share}, sum by (le, route) (rate(${DURATION}_bucket{route!="/ping"}[5m])))`;

/** What is drawn, two in a row: the service first, then what is asked of it, then how true its answers were. */
export const panels: readonly Panel[] = [
  { title: 'Instances that answer', metric: 'up', query: 'sum(up{job="tranche"})', unit: 'short' },
  { title: 'Ready', metric: 'tranche_ready', query: 'tranche_ready', unit: 'short', legend: '{{instance}}' },
  {
    title: 'Requests',
    metric: DURATION,
    query: `sum by (route) (rate(${DURATION}_count[5m]))`,
    unit: 'reqps',
    legend: '{{route}}',
  },
  {
    title: 'By status',
    metric: DURATION,
    query: `sum by (status) (rate(${DURATION}_count{route!="/ping"}[5m]))`,
    unit: 'reqps',
    legend: '{{status}}',
  },
  {
    title: 'Time to answer, half of them',
    metric: DURATION,
    query: quantile(0.5),
    unit: 's',
    legend: '{{route}}',
  },
  {
    title: 'Time to answer, 99 of 100',
    metric: DURATION,
    query: quantile(0.99),
    unit: 's',
    legend: '{{route}}',
  },
  {
    title: 'Requests under way',
    metric: 'tranche_http_requests_in_flight',
    query: 'tranche_http_requests_in_flight',
    unit: 'short',
    legend: '{{instance}}',
  },
  {
    title: 'Outages predicted',
    metric: 'tranche_prediction_rows_total',
    query: 'sum(rate(tranche_prediction_rows_total[5m]))',
    unit: 'reqps',
  },
  {
    title: 'Durations announced, middle',
    metric: 'tranche_prediction_days',
    query: 'histogram_quantile(0.5, sum by (le) (rate(tranche_prediction_days_bucket[1h])))',
    unit: 'd',
  },
  {
    title: 'Remarks on cells',
    metric: 'tranche_input_notes_total',
    query: 'sum by (feature, code) (rate(tranche_input_notes_total[1h]))',
    unit: 'short',
    legend: '{{feature}} {{code}}',
  },
  {
    title: 'Model in service',
    metric: 'tranche_model_info',
    query: 'count by (sha) (tranche_model_info)',
    unit: 'short',
    legend: '{{sha}}',
  },
  {
    title: 'Age of the model',
    metric: 'tranche_model_age_seconds',
    query: 'max(tranche_model_age_seconds)',
    unit: 's',
  },
  {
    title: 'Models taken, and refused',
    metric: 'tranche_model_reloads_total',
    query: 'sum by (result) (tranche_model_reloads_total)',
    unit: 'short',
    legend: '{{result}}',
  },
  {
    title: 'Mean error and bias, in days',
    metric: 'tranche_quality_mae_days',
    query: 'tranche_quality_mae_days or tranche_quality_bias_days',
    unit: 'd',
    legend: '{{__name__}} {{window}}',
  },
  {
    title: 'Outages within P10–P90 (claimed: 80 %)',
    metric: 'tranche_quality_coverage',
    query: 'tranche_quality_coverage',
    unit: 'percentunit',
    legend: '{{window}}',
  },
  {
    title: 'Outages past their P80 (claimed: 20 %)',
    metric: 'tranche_quality_share_late',
    query: 'tranche_quality_share_late',
    unit: 'percentunit',
    legend: '{{window}}',
  },
  {
    title: 'Outages judged',
    metric: 'tranche_quality_outages',
    query: 'tranche_quality_outages',
    unit: 'short',
    legend: '{{window}}',
  },
  {
    title: 'Retrainings',
    metric: 'tranche_retrain_runs_total',
    query: 'sum by (result) (tranche_retrain_runs_total)',
    unit: 'short',
    legend: '{{result}}',
  },
  {
    title: 'Since the last retraining',
    metric: 'tranche_retrain_last_success_timestamp_seconds',
    query: 'time() - max(tranche_retrain_last_success_timestamp_seconds)',
    unit: 's',
  },
];

const WIDTH = 12;
const HEIGHT = 7;

/** The dashboard as Grafana imports it; its data source is chosen on opening. */
export function writeDashboard(): string {
  const datasource = { type: 'prometheus', uid: '${datasource}' };
  const drawn = panels.map(({ title, query, unit, legend }, i) => ({
    id: i + 1,
    type: 'timeseries',
    title,
    datasource,
    gridPos: { x: (i % 2) * WIDTH, y: Math.floor(i / 2) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: { defaults: { unit, min: unit === 'd' ? null : 0 }, overrides: [] },
    targets: [{ refId: 'A', datasource, expr: query, legendFormat: legend ?? title }],
  }));
  const dashboard = {
    uid: 'tranche',
    title: 'Tranche',
    schemaVersion: 39,
    editable: true,
    time: { from: 'now-24h', to: 'now' },
    refresh: '30s',
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    panels: drawn,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}
