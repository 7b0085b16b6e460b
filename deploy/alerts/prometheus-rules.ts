import type { Alert, SampleSeries } from './alert.ts';

/** The alerts as a file of rules for Prometheus: JSON, which is YAML too. */
export function writeRules(alerts: readonly Alert[]): string {
  const rules = alerts.map((alert) => ({
    alert: alert.name,
    expr: alert.expression,
    for: alert.for,
    labels: { severity: alert.severity },
    annotations: { summary: alert.meaning, description: alert.firstStep },
  }));
  return `${JSON.stringify({ groups: [{ name: 'tranche', rules }] }, null, 2)}\n`;
}

/** What `promtool test rules` runs: each alert with the history that fires it and the one just below. */
export function writeRuleTests(alerts: readonly Alert[], rulesFile: string): string {
  const tests = alerts.flatMap((alert) => [
    writeTest(alert, alert.fires, true),
    writeTest(alert, alert.staysQuiet, false),
  ]);
  return JSON.stringify({ rule_files: [rulesFile], evaluation_interval: '15s', tests });
}

function writeTest({ name }: Alert, { interval, at, series }: SampleSeries, isFiring: boolean) {
  return {
    name: `${name} ${isFiring ? 'fires' : 'stays quiet'}`,
    interval,
    input_series: Object.entries(series).map(([each, values]) => ({ series: each, values })),
    // How many alerts fire: their labels are those of the series.
    promql_expr_test: [
      {
        expr: `count(ALERTS{alertname="${name}",alertstate="firing"}) or vector(0)`,
        eval_time: at,
        exp_samples: [{ labels: '{}', value: isFiring ? 1 : 0 }],
      },
    ],
  };
}
