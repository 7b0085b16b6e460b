import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSageMakerTrain } from '../../../src/cli/sagemaker-train.ts';
import { wordsIn } from '../../../src/language/words.ts';
import { writeArchive } from '../../../src/pipeline/model-archive.ts';
import type { ArtifactStore } from '../../../src/pipeline/artifact-store.ts';

type Params = Readonly<Record<string, unknown>>;

interface Endpoint {
  config: string;
  /** What it becomes, and after how many looks. */
  next: { readonly config: string; readonly status: string; looks: number } | null;
  status: string;
}

export interface SageMakerDouble {
  readonly endpoint: string;
  readonly requests: { readonly operation: string; readonly params: Params }[];
  readonly endpoints: Map<string, Endpoint>;
  /** What happens to the next training, and to the next change of an endpoint. */
  readonly plan: { training: 'trains' | 'fails'; change: 'serves' | 'rolls-back' | 'fails' };
  readonly close: () => Promise<void>;
}

class SageMakerError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Trainings by the data and the recipe that were asked for: each is done once. */
const archives = new Map<string, Uint8Array>();

/**
 * A double of SageMaker's API (AWS JSON 1.1), as far as the state machine needs it. A training job lays out /opt/ml and runs what
 * the image runs; an endpoint takes two looks to change, or goes back to its old configuration.
 */
export async function startSageMakerDouble(
  store: () => ArtifactStore,
  storeUri: string,
): Promise<SageMakerDouble> {
  const requests: SageMakerDouble['requests'] = [];
  const jobs = new Map<string, Params>();
  const models = new Set<string>();
  const configs = new Map<string, Params>();
  const endpoints = new Map<string, Endpoint>();
  const plan: SageMakerDouble['plan'] = { training: 'trains', change: 'serves' };

  const keyOf = (uri: string) => uri.slice(storeUri.length + 1);
  const requireNew = (set: { has(name: string): boolean }, name: string, what: string) => {
    if (set.has(name))
      throw new SageMakerError('ValidationException', `Cannot create already existing ${what} "${name}".`);
  };
  const change = (name: string, config: string, status: string) => {
    if (!configs.has(config))
      throw new SageMakerError('ValidationException', `Could not find endpoint configuration "${config}".`);
    const old = endpoints.get(name)?.config ?? config;
    const next =
      plan.change === 'serves'
        ? { config, status: 'InService', looks: 2 }
        : plan.change === 'fails'
          ? { config: old, status: 'Failed', looks: 2 }
          : { config: old, status: 'InService', looks: 2 };
    endpoints.set(name, { config: old, status, next });
  };

  const operations: Readonly<Record<string, (params: Params) => Promise<object> | object>> = {
    CreateTrainingJob: async (params) => {
      const name = String(params['TrainingJobName']);
      requireNew(jobs, name, 'training job');
      jobs.set(name, await train(store(), params, plan.training, keyOf));
      return { TrainingJobArn: `arn:aws:sagemaker:eu-west-3:123456789012:training-job/${name}` };
    },
    DescribeTrainingJob: ({ TrainingJobName }) => {
      const job = jobs.get(String(TrainingJobName));
      if (!job) throw new SageMakerError('ValidationException', 'Requested resource not found.');
      return job;
    },
    CreateModel: ({ ModelName }) => {
      requireNew(models, String(ModelName), 'model');
      models.add(String(ModelName));
      return { ModelArn: `arn:aws:sagemaker:eu-west-3:123456789012:model/${String(ModelName)}` };
    },
    CreateEndpointConfig: (params) => {
      const name = String(params['EndpointConfigName']);
      requireNew(configs, name, 'endpoint configuration');
      const [variant] = params['ProductionVariants'] as readonly { readonly ModelName: string }[];
      if (!variant || !models.has(variant.ModelName))
        throw new SageMakerError('ValidationException', 'Could not find model.');
      configs.set(name, params);
      return { EndpointConfigArn: `arn:aws:sagemaker:eu-west-3:123456789012:endpoint-config/${name}` };
    },
    CreateEndpoint: ({ EndpointName, EndpointConfigName }) => {
      requireNew(endpoints, String(EndpointName), 'endpoint');
      change(String(EndpointName), String(EndpointConfigName), 'Creating');
      return { EndpointArn: `arn:aws:sagemaker:eu-west-3:123456789012:endpoint/${String(EndpointName)}` };
    },
    UpdateEndpoint: ({ EndpointName, EndpointConfigName }) => {
      const found = endpoints.get(String(EndpointName));
      if (!found)
        throw new SageMakerError('ValidationException', `Could not find endpoint "${String(EndpointName)}".`);
      if (found.status !== 'InService')
        throw new SageMakerError('ValidationException', 'Cannot update in-progress endpoint.');
      change(String(EndpointName), String(EndpointConfigName), 'Updating');
      return { EndpointArn: `arn:aws:sagemaker:eu-west-3:123456789012:endpoint/${String(EndpointName)}` };
    },
    DescribeEndpoint: ({ EndpointName }) => {
      const found = endpoints.get(String(EndpointName));
      if (!found)
        throw new SageMakerError('ValidationException', `Could not find endpoint "${String(EndpointName)}".`);
      if (found.next && --found.next.looks < 0) {
        found.config = found.next.config;
        found.status = found.next.status;
        found.next = null;
      }
      const { config, status } = found;
      return {
        EndpointName,
        EndpointArn: `arn:aws:sagemaker:eu-west-3:123456789012:endpoint/${String(EndpointName)}`,
        EndpointConfigName: config,
        EndpointStatus: status,
      };
    },
  };

  async function serve(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const operation = String(request.headers['x-amz-target']).replace(/^SageMaker\./u, '');
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const params = JSON.parse(Buffer.concat(pieces).toString('utf8')) as Params;
    requests.push({ operation, params });
    try {
      if (!request.headers.authorization?.includes('/sagemaker/aws4_request'))
        throw new SageMakerError('AccessDeniedException', 'not signed', 403);
      const run = operations[operation];
      if (!run) throw new SageMakerError('UnknownOperationException', operation);
      return { status: 200, body: await run(params) };
    } catch (thrown) {
      const { code, status, message } =
        thrown instanceof SageMakerError
          ? thrown
          : new SageMakerError('InternalFailure', String(thrown), 500);
      return { status, body: { __type: code, message } };
    }
  }

  const server = createServer((request, response) => {
    void serve(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    endpoints,
    plan,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Channel {
  readonly ChannelName: string;
  readonly DataSource: { readonly S3DataSource: { readonly S3Uri: string } };
}

async function train(
  store: ArtifactStore,
  params: Params,
  plan: 'trains' | 'fails',
  keyOf: (uri: string) => string,
): Promise<Params> {
  const name = String(params['TrainingJobName']);
  const channels = params['InputDataConfig'] as readonly Channel[];
  const { S3OutputPath } = params['OutputDataConfig'] as { readonly S3OutputPath: string };
  const asked = JSON.stringify([params['HyperParameters'], channels]);
  const root = mkdtempSync(join(tmpdir(), 'tranche-ml-'));
  const write = (path: string, bytes: Uint8Array | string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), bytes);
  };
  try {
    if (!archives.has(asked) || plan === 'fails') {
      write(
        'input/config/hyperparameters.json',
        JSON.stringify({
          ...(params['HyperParameters'] as object),
          workers: '1',
          ...(plan === 'fails' && { folds: '-1', treees: '3' }),
        }),
      );
      for (const { ChannelName, DataSource } of channels) {
        const prefix = keyOf(DataSource.S3DataSource.S3Uri);
        const { bytes } = await store.get(prefix);
        write(`input/data/${ChannelName}/${prefix.split('/').at(-1) ?? ''}`, bytes);
      }
      const code = await runSageMakerTrain({ out: () => {}, error: () => {}, words: wordsIn('en') }, root);
      if (code !== 0) {
        const FailureReason = `AlgorithmError: ${readFileSync(join(root, 'output/failure'), 'utf8')}`;
        return { TrainingJobName: name, TrainingJobStatus: 'Failed', FailureReason };
      }
      const files = ['model.json', 'challenger.json'].map(
        (file) => [file, readFileSync(join(root, 'model', file))] as const,
      );
      archives.set(asked, writeArchive(new Map(files)));
    }
    const uri = `${S3OutputPath}${name}/output/model.tar.gz`;
    await store.put(keyOf(uri), archives.get(asked) ?? new Uint8Array(), { kind: 'create' });
    return {
      TrainingJobName: name,
      TrainingJobStatus: 'Completed',
      ModelArtifacts: { S3ModelArtifacts: uri },
    };
  } finally {
    rmSync(root, { recursive: true });
  }
}
