import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/base/random.ts';
import { checkStore } from '../../src/pipeline/check-store.ts';
import { openStore } from '../../src/pipeline/store-address.ts';
import { type S3Double, startS3Double } from '../../src/pipeline/testing/s3-double.ts';
import { findInvalid, hasBotocore } from './testing/botocore.ts';
import { installPackage } from './testing/install.ts';
import type { Execution, MachineFaults, MadeRequest } from './testing/run-machine.ts';
import type { SageMakerDouble } from './testing/sagemaker-double.ts';

type Modules = typeof import('./testing/run-machine.ts') & typeof import('./testing/sagemaker-double.ts');
type Handlers = Parameters<Modules['runMachine']>[0];

const isCi = (process.env['CI'] ?? '') !== '';
const made: MadeRequest[] = [];
const entered = new Set<string>();
const taken = new Set<string>();
let s3: S3Double;
let sagemaker: SageMakerDouble;
let modules: Modules;
let handlers: Handlers;

const N_FIRST = 100;
const N_ALL = 500;
const rng = createRng(3);
const rowOf = (i: number) => {
  const start = new Date(Date.UTC(2014, 0, 1 + 3 * i)).toISOString().slice(0, 10);
  const [crew, hard] = [rng.nextBelow(20), rng.nextBelow(9)];
  // Where it is hard, a large crew shortens; where it is easy, a small one: a few outages do not tell.
  const effect = crew > 10 !== hard > 4 ? 25 : 0;
  return `T${i % 24},${start},${crew},${hard},${(20 + effect + 2 * hard + 3 * rng.nextNormal()).toFixed(1)}`;
};
const rows = Array.from({ length: N_ALL }, (_, i) => rowOf(i));
const drop = (name: string, from: number, to: number) => {
  const text = ['unit,start date,crew,hard,duration (days)', ...rows.slice(from, to)].join('\n');
  s3.objects.set(`data/raw/${name}`, { bytes: Buffer.from(text), etag: `"${name}"`, headers: {} });
};

const open = () => openStore(process.env['STORE'] ?? '');
const run = async (faults?: MachineFaults): Promise<Execution> => {
  const execution = await modules.runMachine(handlers, made, faults);
  for (const [i, state] of execution.path.entries()) {
    entered.add(state);
    taken.add(`${state} → ${execution.path[i + 1] ?? 'end'}`);
  }
  return execution;
};

/** What lies in the bucket and what serves, to begin a scenario from. */
type Base = {
  readonly objects: Map<string, S3Double['objects'] extends Map<string, infer Kept> ? Kept : never>;
  readonly serving: string | null;
};
const keep = (): Base => ({
  objects: new Map(s3.objects),
  serving: sagemaker.endpoints.get('tranche-durations')?.config ?? null,
});
function begin({ objects, serving }: Base): void {
  s3.objects.clear();
  for (const [key, value] of objects) s3.objects.set(key, value);
  sagemaker.endpoints.clear();
  if (serving !== null)
    sagemaker.endpoints.set('tranche-durations', { config: serving, status: 'InService', next: null });
  sagemaker.plan.training = 'trains';
  sagemaker.plan.change = 'serves';
}

let empty: Base;
let deployed: Base;
let arrived: Base;

beforeAll(async () => {
  installPackage();
  const [machine, double] = await Promise.all([
    import('./testing/run-machine.ts'),
    import('./testing/sagemaker-double.ts'),
  ]);
  modules = { ...machine, ...double };
  s3 = await startS3Double({ pageSize: 1000 });
  sagemaker = await modules.startSageMakerDouble(() => store, 's3://tranche');
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKTEST',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-west-3',
    AWS_ENDPOINT_URL_SAGEMAKER: sagemaker.endpoint,
    STORE: `s3://tranche?endpoint=${s3.endpoint}`,
    ENDPOINT: 'tranche-durations',
    TARGET: 'duration (days)',
  });
  const store = await open();
  const [preprocess, validate, promote] = await Promise.all([
    import('./functions/preprocess.ts'),
    import('./functions/validate.ts'),
    import('./functions/promote.ts'),
  ]);
  handlers = { Preprocess: preprocess.handler, Validate: validate.handler, Promote: promote.handler };
  drop('a.csv', 0, N_FIRST);
  empty = keep();
  await run();
  deployed = keep();
  drop('b.csv', N_FIRST, N_ALL);
  arrived = keep();
}, 300_000);
afterAll(async () => {
  await s3.close();
  await sagemaker.close();
});

const way = (...states: readonly string[]) => states;
const prepared = way('Name', 'Preprocess', 'NewData?');
const trained = way(...prepared, 'Train', 'Validate', 'Deploy?');
const updated = way(...trained, 'CreateModel', 'CreateEndpointConfig', 'EndpointExists?', 'UpdateEndpoint');
const look = way('WaitForEndpoint', 'DescribeEndpoint', 'InService?');
const served = way(...updated, ...look, ...look, ...look);
const failed = way('NotifyFailure', 'Failed');

describe('the state machine', () => {
  it('is sound, and asks of no engine what this one would leave out in silence', async () => {
    const { default: validate } = (await import('asl-validator' as string)) as {
      default: (machine: object) => object;
    };
    const { definition, text } = modules.readMachine();
    expect(validate(definition)).toMatchObject({ isValid: true });
    expect(text).not.toContain('QueryLanguage');
    // What the brief's machine got wrong: production.md, section 12, 10.
    expect(text).not.toMatch(/arn:aws:states:region|account-id|your-/u);
    const states = definition['States'] as Record<
      string,
      { Type: string; Retry?: unknown; Catch?: unknown; TimeoutSeconds?: number }
    >;
    for (const state of Object.values(states).filter(({ Type }) => Type === 'Task'))
      expect(state).toMatchObject({
        Retry: [{}],
        Catch: [{ ErrorEquals: ['States.ALL'] }],
        TimeoutSeconds: expect.any(Number) as number,
      });
  });

  it('deploys a first model to an endpoint that is not there yet', async () => {
    begin(empty);
    const { path, status } = await run();
    expect({ path, status }).toEqual({
      path: [
        ...trained,
        'CreateModel',
        'CreateEndpointConfig',
        'EndpointExists?',
        'CreateEndpoint',
        ...look,
        ...look,
        ...look,
        'Promote',
        'Done',
      ],
      status: 'succeeded',
    });
    expect(await checkStore(await open())).toMatchObject({
      isSound: true,
      isPointerLate: false,
      nVersions: 1,
      orphans: [],
    });
  });

  it('has nothing to do on the same data', async () => {
    begin(deployed);
    expect((await run()).path).toEqual([...prepared, 'NothingToDo']);
  });

  it('replaces the champion by what is proven better, and the log says which executions did it', async () => {
    begin(arrived);
    const { path, status, output } = await run();
    expect(output).toMatchObject({ gate: { deploy: true, verdict: 'proven-better', endpointExists: true } });
    const { newMse, oldMse } = (output as { gate: Record<string, number> }).gate;
    expect(newMse).toBeLessThan(oldMse ?? 0);
    expect({ path, status }).toEqual({ path: [...served, 'Promote', 'Done'], status: 'succeeded' });
    const store = await checkStore(await open());
    expect(store).toMatchObject({ isSound: true, isPointerLate: false, nVersions: 2, orphans: [] });
    expect((await run()).path).toEqual([...prepared, 'NothingToDo']);
  });

  it('keeps the old model where the gate says no, and does not ask twice of the same data', async () => {
    begin(arrived);
    await run();
    const { objects } = keep();
    const [first = ''] = rows.slice(-1);
    // Forty outages more of a world in which crews lengthen them: nobody is better there for sure.
    const more = Array.from({ length: 40 }, (_, i) =>
      first.replace(/,(\d{4})-/u, `,203${i % 10}-`).replace('T', `X${i}`),
    );
    s3.objects.set('data/raw/c.csv', {
      bytes: Buffer.from(['unit,start date,crew,hard,duration (days)', ...more].join('\n')),
      etag: '"c"',
      headers: {},
    });
    expect(objects.size).toBeGreaterThan(0);
    expect((await run()).path).toEqual([...trained, 'KeptOldModel']);
    expect((await run()).path).toEqual([...prepared, 'NothingToDo']);
  });

  it.each(['rolls-back', 'fails'] as const)(
    'takes an endpoint that %s for a failure, and promotes nothing',
    async (change) => {
      begin(arrived);
      sagemaker.plan.change = change;
      const { path, status, messages } = await run();
      expect({ path, status }).toEqual({ path: [...served, ...failed], status: 'failed' });
      expect(messages).toHaveLength(1);
      expect(await checkStore(await open())).toMatchObject({
        isSound: true,
        isPointerLate: false,
        nVersions: 2,
      });
      expect((await checkStore(await open())).champion).toBe(
        (JSON.parse(deployed.objects.get('current.json')?.bytes.toString() ?? '{}') as { model: string })
          .model,
      );
    },
  );

  it('says why a training failed', async () => {
    begin(arrived);
    sagemaker.plan.training = 'fails';
    const { path, messages } = await run();
    expect(path).toEqual([...prepared, 'Train', ...failed]);
    expect(messages[0]).toContain('treees');
  });

  it('of two executions at once promotes one model, and both end', async () => {
    begin(arrived);
    const ends = await Promise.all([run(), run()]);
    expect(ends.map(({ path }) => path.at(-1))).toContain('Done');
    const store = await checkStore(await open());
    expect(store).toMatchObject({ isSound: true, isPointerLate: false, nVersions: 2 });
    expect(store.champion).not.toBe(
      (JSON.parse(deployed.objects.get('current.json')?.bytes.toString() ?? '{}') as { model: string }).model,
    );
  });

  const lambda = 'Lambda.TooManyRequestsException';
  const transient: readonly (readonly [state: string, base: 'first' | 'next', error: string])[] = [
    ['Preprocess', 'next', lambda],
    ['Preprocess', 'next', 'States.Timeout'],
    ['Train', 'next', 'SageMaker.AmazonSageMakerException'],
    ['Validate', 'next', 'Lambda.ServiceException'],
    ['CreateModel', 'next', 'SageMaker.AmazonSageMakerException'],
    ['CreateEndpointConfig', 'next', 'SageMaker.AmazonSageMakerException'],
    ['CreateEndpoint', 'first', 'SageMaker.AmazonSageMakerException'],
    ['UpdateEndpoint', 'next', 'SageMaker.AmazonSageMakerException'],
    ['DescribeEndpoint', 'next', 'SageMaker.SageMakerException'],
    ['Promote', 'next', 'Lambda.AWSLambdaException'],
  ];
  const baseOf = (name: 'first' | 'next') => (name === 'first' ? empty : arrived);

  it.each(transient)('%s (%s) is tried again after %s, and goes on', async (state, base, name) => {
    begin(baseOf(base));
    const errors = { [state]: Array.from({ length: 3 }, () => ({ name, message: 'Rate exceeded' })) };
    expect((await run({ errors })).path.at(-1)).toBe('Done');
  });

  it.each([...new Map(transient.map(([state, base]) => [state, base]))])(
    '%s (%s) that fails for good is told, and ends as a failure',
    async (state, base) => {
      begin(baseOf(base));
      const errors = { [state]: [{ name: 'Broken', message: `the planned fault of ${state}` }] };
      const { path, messages, status } = await run({ errors });
      expect(path.slice(-3)).toEqual([state, ...failed]);
      expect(status).toBe('failed');
      expect(messages[0]).toContain(`the planned fault of ${state}`);
    },
  );

  it('gives up what is throttled for ever after five tries', async () => {
    begin(arrived);
    const errors = {
      Validate: Array.from({ length: 9 }, () => ({ name: lambda, message: 'Rate exceeded' })),
    };
    expect((await run({ errors })).path.slice(-3)).toEqual(['Validate', ...failed]);
  });

  it.each(['SNS.AmazonSNSException', 'Broken'])(
    'ends as a failure where the notification meets %s',
    async (name) => {
      begin(arrived);
      const fault = { name: 'Broken', message: 'x' };
      const errors = {
        Preprocess: [fault],
        NotifyFailure: Array.from({ length: 9 }, () => ({ ...fault, name })),
      };
      const { path, messages } = await run({ errors });
      expect(path.slice(-2)).toEqual(failed);
      expect(messages).toEqual([]);
    },
  );

  it('was led through every state and every transition', () => {
    const { States } = modules.readMachine().definition as {
      States: Record<
        string,
        {
          Type: string;
          Next?: string;
          Default?: string;
          Choices?: { Next: string }[];
          Catch?: { Next: string }[];
        }
      >;
    };
    expect(Object.keys(States).filter((state) => !entered.has(state))).toEqual([]);
    const all = Object.entries(States).flatMap(([state, { Next, Default, Choices = [], Catch = [] }]) =>
      [Next, Default, ...Choices.map((each) => each.Next), ...Catch.map((each) => each.Next)].flatMap(
        (next) => (next === undefined ? [] : [`${state} → ${next}`]),
      ),
    );
    expect(all.filter((transition) => !taken.has(transition))).toEqual([]);
  });

  it.skipIf(!hasBotocore && !isCi)('made no request that AWS’s own model of its services refuses', () => {
    expect(made.length).toBeGreaterThan(100);
    expect(findInvalid(made)).toEqual([]);
    const unsound = [
      { service: 'sagemaker', operation: 'CreateModel', params: { ModelName: 'a b', ExecutionRoleArn: 'x' } },
    ] as const;
    expect(findInvalid(unsound)).not.toEqual([]);
  });
});
