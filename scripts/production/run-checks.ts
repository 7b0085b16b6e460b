/** Runs the service's numbered checks on ports of the network it is started in: `run-checks.ts PORT METRICS-PORT MODEL.json`. */
import { readFileSync } from 'node:fs';
import { openServedModel } from '#serve/answering/served-model.ts';
import { serviceChecks } from '#serve/testing/service-checks.ts';
import { createSocketTarget } from '#serve/testing/targets.ts';

export interface CheckOutcome {
  readonly id: string;
  readonly title: string;
  readonly problem: string | null;
}

const [port = '', metricsPort = '', path = ''] = process.argv.slice(2);
const served = openServedModel('tranche', readFileSync(path, 'utf8'), 0);
const target = createSocketTarget(Number(port), Number(metricsPort), served);
const outcomes: CheckOutcome[] = [];
for (const { id, title, run } of serviceChecks) {
  const problem = await run(target).then(
    () => null,
    (thrown: unknown) => String(thrown),
  );
  outcomes.push({ id, title, problem });
}
process.stdout.write(JSON.stringify(outcomes));
