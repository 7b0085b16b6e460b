import type { ServiceMetrics } from './answering/metrics.ts';
import type { MetricName } from './answering/metric-names.ts';

const routesCounted: ReadonlySet<unknown> = new Set(['/predict', '/invocations', '/v2/models/{model}/infer']);

/**
 * Lines of CloudWatch's Embedded Metric Format: what was counted since the line before. Time is the mean of the window, in
 * milliseconds; SageMaker and Lambda take such lines from the standard output.
 */
export function createEmfWriter(metrics: ServiceMetrics, endpoint: string, now: () => number) {
  let before = { requests: 0, faults: 0, seconds: 0 };
  return async (): Promise<string> => {
    const total = await count(metrics);
    const requests = total.requests - before.requests;
    const milliseconds = ((total.seconds - before.seconds) * 1000) / Math.max(1, requests);
    const faults = total.faults - before.faults;
    before = total;
    const metric = (Name: string, Unit: string) => ({ Name, Unit });
    return `${JSON.stringify({
      _aws: {
        Timestamp: now(),
        CloudWatchMetrics: [
          {
            Namespace: 'Tranche/Serving',
            Dimensions: [['Endpoint']],
            Metrics: [
              metric('Latency', 'Milliseconds'),
              metric('Requests', 'Count'),
              metric('Errors5xx', 'Count'),
            ],
          },
        ],
      },
      Endpoint: endpoint,
      Latency: milliseconds,
      Requests: requests,
      Errors5xx: faults,
    })}\n`;
  };
}

async function count({ duration }: ServiceMetrics) {
  const { values } = await duration.get();
  const name: MetricName = 'tranche_http_request_duration_seconds';
  let [requests, faults, seconds] = [0, 0, 0];
  for (const { metricName, labels, value } of values) {
    if (!routesCounted.has(labels.route)) continue;
    if (metricName === `${name}_sum`) seconds += value;
    if (metricName !== `${name}_count`) continue;
    requests += value;
    if (Number(labels.status) >= 500) faults += value;
  }
  return { requests, faults, seconds };
}
