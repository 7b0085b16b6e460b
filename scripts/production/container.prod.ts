import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { trainSampleModel } from '#jobs/testing/trained-sample.ts';
import { buildServer } from '../build-server.ts';
import { type Container, type Driver, LIMITS, startInChroot, startUnderPodman } from './containers.ts';
import { buildBase, buildImage, exportImage, IMAGE, root, storage, work } from './image.ts';
import { run, runToEnd } from './run.ts';
import type { CheckOutcome } from './run-checks.ts';

const MODELS = '/opt/ml/model';
const MEGABYTES = 1e6;
const LINE = 'préventive,7,15,0.66\n';
let bundle: string;
/** Why podman cannot run a container on this machine; null where it can. */
let podmanProblem: string | null = null;

beforeAll(async () => {
  bundle = `${work}/bundle`;
  await buildServer(bundle);
  for (const [name, seed] of [
    ['model', 42],
    ['other', 7],
  ] as const) {
    mkdirSync(`${work}/models/${name}`, { recursive: true });
    writeFileSync(`${work}/models/${name}/model.json`, await trainSampleModel(seed));
  }
  mkdirSync(`${work}/broken`, { recursive: true });
  writeFileSync(`${work}/broken/model.json`, '{"format":"tranche-model"');
  for (const folder of [
    work,
    `${work}/models`,
    `${work}/models/model`,
    `${work}/models/other`,
    `${work}/broken`,
  ])
    chmodSync(folder, 0o755);
  buildBase();
  // Here, for no test may meet an image of an earlier run.
  buildImage(bundle);
  const { code, error } = await podmanRun({}, ['help']);
  if (code !== 0)
    podmanProblem = `podman cannot run here, the second driver stands in: ${error.trim().slice(-300)}`;
}, 300_000);

beforeEach(({ task, skip }) => {
  const needsPodman = task.suite?.name === 'a container' || task.suite?.name === 'a container under podman';
  if (needsPodman && podmanProblem !== null) {
    console.warn(podmanProblem);
    skip(podmanProblem);
  }
});

describe('the image', () => {
  it('has the same digest when it is built again, and at most 50 MB', () => {
    const first = exportImage('first');
    buildImage(bundle);
    const second = exportImage('second');
    expect(second.digest).toBe(first.digest);
    const megabytes = statSync(second.path).size / MEGABYTES;
    console.log(`image: ${megabytes.toFixed(1)} MB compressed, ${second.digest}`);
    expect(megabytes).toBeLessThanOrEqual(50);
  });

  it('holds no shell, nothing that gives rights, no model and no package', () => {
    const from = run('buildah', [...storage, 'from', IMAGE]).trim();
    const files = run('buildah', [...storage, 'mount', from]).trim();
    expect(run('find', [files, '-perm', '/6000', '-type', 'f'])).toBe('');
    expect(
      run('find', [
        files,
        '-name',
        'sh',
        '-o',
        '-name',
        'bash',
        '-o',
        '-name',
        '*.pkl',
        '-o',
        '-name',
        'node_modules',
      ]),
    ).toBe('');
    expect(
      run('ls', [`${files}/opt/tranche`])
        .split('\n')
        .filter(Boolean)
        .sort(),
    ).toContain('tranche.mjs');
    run('buildah', [...storage, 'rm', from]);
  });

  it('starts what SageMaker and Kubernetes start, as nobody in particular', () => {
    const { OCIv1 } = JSON.parse(run('buildah', [...storage, 'inspect', '--type', 'image', IMAGE])) as {
      OCIv1: { config: { Entrypoint: string[]; Cmd: string[]; StopSignal: string; User?: string } };
    };
    const { config } = OCIv1;
    expect(config.Entrypoint).toEqual(['/usr/local/bin/node', '/opt/tranche/tranche.mjs']);
    expect([config.Cmd, config.StopSignal, config.User]).toEqual([['serve'], 'SIGTERM', undefined]);
  });
});

const drivers: readonly (readonly [string, Driver])[] = [
  ['podman', startUnderPodman],
  ['unshare and chroot', startInChroot],
];

describe.each(drivers)('a container under %s', (_name, start) => {
  it('passes every check: read-only, without network, as user 65532 without capabilities', async () => {
    const container = await start({ args: ['serve'], mounts: { [MODELS]: `${work}/models/model` } });
    await untilReady(container);
    const status = readFileSync(`/proc/${container.pid}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\t65532/mu);
    expect(status).toMatch(/^CapEff:\t0+$/mu);
    const outcomes = runChecks(container);
    expect(outcomes.filter(({ problem }) => problem !== null)).toEqual([]);
    console.log(`${outcomes.length} checks`);
    expect(outcomes.length).toBeGreaterThanOrEqual(90);
    const stopped = performance.now();
    expect(await container.stop()).toBe(0);
    expect(performance.now() - stopped).toBeLessThan(10_000);
  }, 180_000);
});

describe('a container', () => {
  it('never says that it is well with a model that is broken, and ends with the exit code of that', async () => {
    const { code, error } = await podmanRun({ [MODELS]: `${work}/broken` }, ['serve']);
    expect([code, error]).toEqual([4, expect.stringContaining('model-file-invalid')]);
  });

  it('says what is missing without a model', async () => {
    const { code, error } = await podmanRun({}, ['serve']);
    expect([code, error]).toEqual([2, expect.stringContaining('--model')]);
  });

  it('runs every other command of the command line', async () => {
    writeFileSync(
      `${work}/models/rows.csv`,
      `Type_Maintenance,Complexité,Effectif,Ressources_Disponibles\n${LINE}`,
    );
    const model = '/models/model/model.json';
    const { code, out } = await podmanRun({ '/models': `${work}/models` }, [
      'predict',
      model,
      '/models/rows.csv',
    ]);
    expect([code, out.split('\r\n').length]).toEqual([0, 3]);
  });

  it('serves several models by name, opened while it runs', async () => {
    const container = await startUnderPodman({
      args: ['serve'],
      mounts: { '/opt/ml/models': `${work}/models` },
      env: { SAGEMAKER_MULTI_MODEL: 'true', SAGEMAKER_BIND_TO_PORT: '9000' },
    });
    await untilReady(container, 9000);
    const load = (name: string, url: string) =>
      curl(container, 9000, '/models', JSON.stringify({ model_name: name, url }), 'application/json').status;
    expect([
      load('a', '/opt/ml/models/model'),
      load('b', 'other'),
      load('a', 'other'),
      load('c', '../../..'),
      load('d', 'none'),
    ]).toEqual([200, 200, 409, 400, 404]);
    const answer = (name: string) => curl(container, 9000, `/models/${name}/invoke`, LINE, 'text/csv').text;
    expect(Number(answer('a'))).toBeGreaterThan(0);
    expect(answer('b')).not.toBe(answer('a'));
    expect(await container.stop()).toBe(0);
  }, 60_000);

  it('runs within 128 MB, and as root too', async () => {
    const container = await startUnderPodman({
      args: ['serve', '--log', 'off'],
      mounts: { [MODELS]: `${work}/models/model` },
      memory: '128m',
      user: '0',
    });
    await untilReady(container);
    const lines = LINE.repeat(200_000);
    const path = `${work}/many.csv`;
    writeFileSync(path, lines);
    const { status, text } = curl(container, 8080, '/invocations', `@${path}`, 'text/csv');
    expect([status, text.split('\n').length]).toEqual([200, 200_001]);
    expect(await container.stop()).toBe(0);
  }, 60_000);
});

function curl(container: Container, port: number, path: string, body: string | null, type: string) {
  const data = body === null ? [] : ['--data-binary', body, '--header', `content-type: ${type}`];
  const args = [
    '--silent',
    '--max-time',
    '50',
    '--write-out',
    '\n%{http_code}',
    ...data,
    `http://127.0.0.1:${port}${path}`,
  ];
  const out = run('nsenter', ['--target', String(container.pid), '--net', 'curl', ...args]);
  const at = out.lastIndexOf('\n');
  return { status: Number(out.slice(at + 1)), text: out.slice(0, at) };
}

async function untilReady(container: Container, port = 8080): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    try {
      if (curl(container, port, '/ping', null, '').status === 200) return;
    } catch {
      // It does not listen yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it does not get ready: ${container.logs()}`);
}

/** In the container's own network, which has no other way in. */
function runChecks(container: Container): readonly CheckOutcome[] {
  const script = `${root}scripts/production/run-checks.ts`;
  const args = ['--import', 'tsx', script, '8080', '9464', `${work}/models/model/model.json`];
  const net = ['--target', String(container.pid), '--net'];
  return JSON.parse(run('nsenter', [...net, process.execPath, ...args], { cwd: root })) as CheckOutcome[];
}

function podmanRun(mounts: Readonly<Record<string, string>>, args: readonly string[]) {
  const volumes = Object.entries(mounts).flatMap(([place, folder]) => ['--volume', `${folder}:${place}:ro`]);
  return runToEnd('podman', [
    ...storage,
    '--runtime',
    '/usr/sbin/runc',
    'run',
    '--rm',
    ...LIMITS,
    '--user',
    '65532',
    ...volumes,
    IMAGE,
    ...args,
  ]);
}

afterAll(() => {
  for (const path of ['first', 'second']) run('rm', ['-f', `${work}/${path}.tar`]);
});
