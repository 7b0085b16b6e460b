import type { DatasetRecord, ForecastRecord } from './records.ts';

/** A file of outages to come as it is kept, among the files of past ones: nothing is decided about it. */
export function toDatasetRecord(forecast: ForecastRecord): DatasetRecord {
  const undecided = { sample: null, roles: [], recipe: null, ignoredFindings: [], unit: null, factors: null };
  return { ...forecast, ...undecided };
}
