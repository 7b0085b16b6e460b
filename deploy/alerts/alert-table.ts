import type { Alert, SampleSeries } from './alert.ts';

const DURATION = 'tranche_http_request_duration_seconds';
const DAY = 86_400;

/** Requests a minute that ended with each status, as counters over `minutes`. */
function counted(perMinute: Readonly<Record<string, number>>, minutes: number): SampleSeries['series'] {
  return Object.fromEntries(
    Object.entries(perMinute).map(([status, n]) => [
      `${DURATION}_count{job="tranche",route="/predict",method="POST",status="${status}"}`,
      `0+${n}x${minutes}`,
    ]),
  );
}

/** Share of requests that ended with a status, over a window. */
function share(status: string, window: string): string {
  const rate = (match: string) => `sum(rate(${DURATION}_count{route!="/ping"${match}}[${window}]))`;
  return `${rate(`,status=~"${status}"`)} / ${rate('')}`;
}

/** So many of 1,000 requests within a quarter of a second, the rest within half of one. */
function within(n: number): SampleSeries['series'] {
  const bucket = (le: string, perMinute: number) => [
    `${DURATION}_bucket{job="tranche",route="/predict",le="${le}"}`,
    `0+${perMinute}x20`,
  ];
  return Object.fromEntries([
    bucket('0.1', 0),
    bucket('0.25', n),
    bucket('0.5', 1000),
    bucket('+Inf', 1000),
  ]) as Record<string, string>;
}

const each = (series: SampleSeries['series'], at: string, interval = '1m'): SampleSeries => ({
  series,
  at,
  interval,
});
const quality = (coverage: number, bias: number, n: number) =>
  each(
    {
      'tranche_quality_coverage{window="180d"}': `${coverage}x10`,
      'tranche_quality_bias_days{window="180d"}': `${bias}x10`,
      'tranche_quality_mae_days{window="180d"}': '10x10',
      'tranche_quality_outages{window="180d"}': `${n}x10`,
    },
    '10m',
  );
const notes = (unknown: number) =>
  each(
    {
      'tranche_input_notes_total{feature="Cause",code="unknown-category"}': `0+${unknown}x90`,
      'tranche_prediction_rows_total{model="a"}': '0+1000x90',
    },
    '90m',
  );

/** Every alert, the gravest first. Thresholds are those of docs/production.md. */
export const alertTable: readonly Alert[] = [
  {
    name: 'TrancheDown',
    metrics: ['up'],
    expression: 'up{job="tranche"} == 0',
    for: '1m',
    severity: 'page',
    meaning: 'The service does not answer.',
    firstStep:
      'Look at its last lines of log; start it again; if it ends with exit code 4, go back to the model before.',
    fires: each({ 'up{job="tranche",instance="a"}': '1x3 0x10' }, '3m', '15s'),
    staysQuiet: each({ 'up{job="tranche",instance="a"}': '1x3 0x3 1x10' }, '3m', '15s'),
  },
  {
    name: 'TrancheNotReady',
    metrics: ['tranche_ready'],
    expression: 'tranche_ready == 0',
    for: '2m',
    severity: 'page',
    meaning: 'The service runs without a model that it may answer with.',
    firstStep: 'Look for "model-refused" in its log; name a sound model in the pointer.',
    fires: each({ 'tranche_ready{job="tranche"}': '0x10' }, '3m'),
    staysQuiet: each({ 'tranche_ready{job="tranche"}': '0x1 1x10' }, '3m'),
  },
  {
    name: 'TrancheErrors',
    metrics: [DURATION],
    expression: `${share('5..', '5m')} > 0.01`,
    for: '5m',
    severity: 'page',
    meaning: 'More than 1 % of requests fail by the service’s fault.',
    firstStep: 'Look for "fault" in its log; if it began with a new model, go back to the one before.',
    fires: each(counted({ 200: 988, 500: 12 }, 20), '15m'),
    staysQuiet: each(counted({ 200: 990, 500: 10 }, 20), '15m'),
  },
  {
    name: 'TrancheSlow',
    metrics: [DURATION],
    expression: `histogram_quantile(0.99, sum by (le) (rate(${DURATION}_bucket{route=~"/predict|/v2/.*"}[5m]))) > 0.25`,
    for: '5m',
    severity: 'page',
    meaning: 'One request in a hundred takes more than a quarter of a second.',
    firstStep: 'Look at the load of the machine and at requests under way; add an instance.',
    fires: each(within(985), '15m'),
    staysQuiet: each(within(990), '15m'),
  },
  {
    name: 'TrancheBudgetBurnsFast',
    metrics: [DURATION],
    expression: `(${share('5..', '1h')} > 14.4 * 0.005) and (${share('5..', '5m')} > 14.4 * 0.005)`,
    for: '1m',
    severity: 'page',
    meaning: 'Availability of 99.5 % a month is used up in two days at this pace.',
    firstStep: 'As for TrancheErrors.',
    fires: each(counted({ 200: 927, 503: 73 }, 90), '90m'),
    staysQuiet: each(counted({ 200: 929, 503: 71 }, 90), '90m'),
  },
  {
    name: 'TrancheBudgetBurnsSlowly',
    metrics: [DURATION],
    expression: `(${share('5..', '6h')} > 6 * 0.005) and (${share('5..', '30m')} > 6 * 0.005)`,
    for: '15m',
    severity: 'ticket',
    meaning: 'Availability of 99.5 % a month is used up in five days at this pace.',
    firstStep: 'As for TrancheErrors.',
    fires: each(counted({ 200: 969, 503: 31 }, 420), '420m'),
    staysQuiet: each(counted({ 200: 971, 503: 29 }, 420), '420m'),
  },
  {
    name: 'TrancheBadRequests',
    metrics: [DURATION],
    expression: `${share('4..', '15m')} > 0.2`,
    for: '15m',
    severity: 'ticket',
    meaning: 'More than a fifth of requests do not fit: a client changed, or the model’s columns did.',
    firstStep: 'The answers say what does not fit; ask whose key it is in the log.',
    fires: each(counted({ 200: 790, 400: 210 }, 60), '60m'),
    staysQuiet: each(counted({ 200: 800, 400: 200 }, 60), '60m'),
  },
  {
    name: 'TrancheModelRefused',
    metrics: ['tranche_model_reloads_total'],
    expression: 'increase(tranche_model_reloads_total{result="refused"}[15m]) > 0',
    for: '0m',
    severity: 'ticket',
    meaning: 'A new model was refused; the one before still answers.',
    firstStep:
      'Look for "model-refused" in the log: the file was altered, or was written by a newer version.',
    fires: each({ 'tranche_model_reloads_total{result="refused"}': '0x5 1x5' }, '7m'),
    staysQuiet: each(
      {
        'tranche_model_reloads_total{result="refused"}': '1x10',
        'tranche_model_reloads_total{result="swapped"}': '0x5 1x5',
      },
      '7m',
    ),
  },
  {
    name: 'TrancheCoverageLow',
    metrics: ['tranche_quality_coverage', 'tranche_quality_outages'],
    expression: 'tranche_quality_coverage < 0.7 and on (window) tranche_quality_outages >= 50',
    for: '5m',
    severity: 'ticket',
    meaning: 'Fewer than 70 % of outages ended within P10–P90, which claims 80 %.',
    firstStep: 'Look at which classes miss it in the follow-up; retrain.',
    fires: quality(0.69, 0, 50),
    staysQuiet: quality(0.69, 0, 49),
  },
  {
    name: 'TrancheBias',
    metrics: ['tranche_quality_bias_days', 'tranche_quality_mae_days', 'tranche_quality_outages'],
    expression:
      'abs(tranche_quality_bias_days) > on (window) 0.2 * tranche_quality_mae_days and on (window) tranche_quality_outages >= 30',
    for: '5m',
    severity: 'ticket',
    meaning: 'Outages end later, or sooner, than announced as a rule.',
    firstStep: 'Look at what changed (fleet, scope, resources); retrain with the outages that ended since.',
    fires: quality(0.8, -2.1, 30),
    staysQuiet: quality(0.8, -2, 30),
  },
  {
    name: 'TrancheUnknownLabels',
    metrics: ['tranche_input_notes_total', 'tranche_prediction_rows_total'],
    expression:
      'sum by (feature) (rate(tranche_input_notes_total{code="unknown-category"}[1h])) > on () group_left () 0.05 * sum(rate(tranche_prediction_rows_total[1h]))',
    for: '15m',
    severity: 'ticket',
    meaning: 'More than 5 % of cases hold a label that the model has not learnt.',
    firstStep: 'See which column it is; a renamed label is mapped, a new one is learnt by retraining.',
    fires: notes(51),
    staysQuiet: notes(50),
  },
  {
    name: 'TrancheModelOld',
    metrics: ['tranche_model_age_seconds'],
    expression: `tranche_model_age_seconds > 45 * ${DAY}`,
    for: '5m',
    severity: 'ticket',
    meaning: 'The model in service is older than 45 days.',
    firstStep: 'See why retraining kept it, or did not run: `tranche history`.',
    fires: each({ tranche_model_age_seconds: `${45 * DAY + 1}x10` }, '10m'),
    staysQuiet: each({ tranche_model_age_seconds: `${45 * DAY}x10` }, '10m'),
  },
  {
    name: 'TrancheRetrainOverdue',
    metrics: ['tranche_retrain_last_success_timestamp_seconds'],
    expression: `time() - tranche_retrain_last_success_timestamp_seconds > 35 * ${DAY}`,
    for: '5m',
    severity: 'ticket',
    meaning: 'No retraining has ended for 35 days; one a month is planned.',
    firstStep: 'Look at the timer and at the exit code of its last run.',
    // The time of tests begins at 0.
    fires: each({ tranche_retrain_last_success_timestamp_seconds: `-${35 * DAY}x20` }, '15m'),
    staysQuiet: each({ tranche_retrain_last_success_timestamp_seconds: `-${35 * DAY - 901}x20` }, '15m'),
  },
];
