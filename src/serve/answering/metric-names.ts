/** Every metric of the service and of the pipeline beside it: alerts, alarms and dashboards name no other. */
export const metricNames = [
  'tranche_http_request_duration_seconds',
  'tranche_http_requests_in_flight',
  'tranche_ready',
  'tranche_prediction_rows_total',
  'tranche_prediction_days',
  'tranche_input_notes_total',
  'tranche_model_info',
  'tranche_model_age_seconds',
  'tranche_model_reloads_total',
  // from `tranche score` and `tranche retrain`
  'tranche_quality_mae_days',
  'tranche_quality_bias_days',
  'tranche_quality_share_late',
  'tranche_quality_coverage',
  'tranche_quality_outages',
  'tranche_retrain_runs_total',
  'tranche_retrain_last_success_timestamp_seconds',
] as const;

export type MetricName = (typeof metricNames)[number];
