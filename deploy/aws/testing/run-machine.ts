import { readFileSync } from 'node:fs';
import * as sagemaker from '@aws-sdk/client-sagemaker';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Params = Record<string, unknown>;
type Handler = (event: never) => Promise<unknown>;

/** What stands in the place of the names in the definition. */
export const substitutions: Readonly<Record<string, string>> = {
  PreprocessArn: 'arn:aws:lambda:eu-west-3:123456789012:function:tranche-preprocess',
  ValidateArn: 'arn:aws:lambda:eu-west-3:123456789012:function:tranche-validate',
  PromoteArn: 'arn:aws:lambda:eu-west-3:123456789012:function:tranche-promote',
  ImageUri: `123456789012.dkr.ecr.eu-west-3.amazonaws.com/tranche@sha256:${'a'.repeat(64)}`,
  TrainingRoleArn: 'arn:aws:iam::123456789012:role/tranche-training',
  ServingRoleArn: 'arn:aws:iam::123456789012:role/tranche-serving',
  Bucket: 'tranche',
  Endpoint: 'tranche-durations',
  Alarm5xx: 'tranche-5xx',
  AlarmLatency: 'tranche-latency',
  TopicArn: 'arn:aws:sns:eu-west-3:123456789012:tranche',
};

export function readMachine(): { readonly definition: Record<string, unknown>; readonly text: string } {
  const text = readFileSync(new URL('../retrain.asl.json', import.meta.url), 'utf8');
  const filled = text.replace(/\$\{(\w+)\}/gu, (_, name: string) => substitutions[name] ?? '');
  return { definition: JSON.parse(filled) as Record<string, unknown>, text };
}

export interface Execution {
  readonly status: 'succeeded' | 'failed';
  /** States in the order in which they were entered. */
  readonly path: readonly string[];
  readonly output: unknown;
  readonly error: string | null;
  readonly messages: readonly string[];
}

export interface MachineFaults {
  /** Errors of a state's first calls, by its name: `name` is what Retry and Catch match. */
  readonly errors?: Readonly<Record<string, readonly { readonly name: string; readonly message: string }[]>>;
}

/** A request that a state made, for AWS's own model to judge. */
export interface MadeRequest {
  readonly service: 'sagemaker' | 'lambda' | 'sns';
  readonly operation: string;
  readonly params: Params;
}

/** Runs the machine with real handlers; SageMaker is reached by its official client. */
export async function runMachine(
  handlers: Readonly<Record<'Preprocess' | 'Validate' | 'Promote', Handler>>,
  made: MadeRequest[],
  { errors = {} }: MachineFaults = {},
): Promise<Execution> {
  // On Node 20 the interpreter lacks this; Node 22 has it.
  (Promise as { withResolvers?: unknown }).withResolvers ??= () => {
    let [resolve, reject] = [() => {}, () => {}] as unknown[];
    const promise = new Promise((yes, no) => {
      [resolve, reject] = [yes, no];
    });
    return { promise, resolve, reject };
  };
  const { StateMachine } = await import('aws-local-stepfunctions');
  const { definition } = readMachine();
  const client = new sagemaker.SageMakerClient({ maxAttempts: 1 });
  const left = new Map(Object.entries(errors).map(([state, list]) => [state, [...list]]));
  const messages: string[] = [];

  const guard = (state: string, run: (params: Params) => Promise<unknown>) => async (input: unknown) => {
    const fault = left.get(state)?.shift();
    if (fault) throw Object.assign(new Error(fault.message), { name: fault.name });
    return JSON.parse(JSON.stringify((await run(input as Params)) ?? null)) as Json;
  };
  const invoke = (state: keyof typeof handlers) =>
    guard(state, async ({ FunctionName, Payload }) => {
      made.push({
        service: 'lambda',
        operation: 'Invoke',
        params: { FunctionName, Payload: JSON.stringify(Payload) },
      });
      const event = JSON.parse(JSON.stringify(Payload)) as never;
      return { StatusCode: 200, Payload: await handlers[state](event) };
    });
  const call = (state: string, operation: string, family = 'SageMaker.AmazonSageMakerException') =>
    guard(state, async (params) => {
      made.push({ service: 'sagemaker', operation, params });
      const Command = (sagemaker as unknown as Record<string, new (params: Params) => never>)[
        `${operation}Command`
      ];
      if (!Command) throw new Error(`no ${operation}`);
      try {
        return await client.send(new Command(params));
      } catch (thrown) {
        throw Object.assign(new Error(String(thrown)), { name: family });
      }
    });
  const train = guard('Train', async (params) => {
    await call('', 'CreateTrainingJob')(params);
    const { TrainingJobName } = params as { TrainingJobName: string };
    const job = (await client.send(
      new sagemaker.DescribeTrainingJobCommand({ TrainingJobName }),
    )) as unknown as Params;
    if (job['TrainingJobStatus'] === 'Completed') return job;
    throw Object.assign(new Error(String(job['FailureReason'])), { name: 'States.TaskFailed' });
  });
  const noWait = Object.fromEntries(Object.keys(definition['States'] as object).map((state) => [state, 0]));
  const machine = new StateMachine(definition as never, { validationOptions: { checkArn: false } });
  const id = 'arn:aws:states:eu-west-3:123456789012:execution:tranche:test';
  const run = machine.run(
    {},
    {
      overrides: {
        taskResourceLocalHandlers: {
          Preprocess: invoke('Preprocess'),
          Validate: invoke('Validate'),
          Promote: invoke('Promote'),
          Train: train,
          CreateModel: call('CreateModel', 'CreateModel'),
          CreateEndpointConfig: call('CreateEndpointConfig', 'CreateEndpointConfig'),
          CreateEndpoint: call('CreateEndpoint', 'CreateEndpoint'),
          UpdateEndpoint: call('UpdateEndpoint', 'UpdateEndpoint'),
          DescribeEndpoint: call('DescribeEndpoint', 'DescribeEndpoint', 'SageMaker.SageMakerException'),
          NotifyFailure: guard('NotifyFailure', async (params) => {
            made.push({ service: 'sns', operation: 'Publish', params });
            messages.push(String(params['Message']));
            return { MessageId: '1' };
          }),
        },
        waitTimeOverrides: noWait,
        retryIntervalOverrides: noWait,
      },
      context: { Execution: { Id: id, Name: 'test', Input: {} } },
    },
  );
  const path: string[] = [];
  const watching = (async () => {
    for await (const event of run.eventLogs) {
      if (event.type === 'StateEntered') path.push(event.state.name);
    }
  })();
  try {
    const output: unknown = await run.result;
    await watching;
    return { status: 'succeeded', path, output, error: null, messages };
  } catch (thrown) {
    await watching;
    return { status: 'failed', path, output: null, error: String(thrown), messages };
  } finally {
    client.destroy();
  }
}
