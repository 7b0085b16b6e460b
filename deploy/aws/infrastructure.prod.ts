import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { installPackage } from './testing/install.ts';
import { isAllowed, type Resource, type Resources } from './testing/policies.ts';

let template: { readonly Resources: Resources; readonly Parameters: Readonly<Record<string, object>> };
let written: string;
let errors: readonly { readonly id: string; readonly entry: { readonly data?: unknown } }[];
let suppressions: readonly string[];
beforeAll(async () => {
  installPackage();
  const [{ synthesise, writeTemplate }, { Annotations, Match }] = await Promise.all([
    import('./synthesise.ts'),
    import('aws-cdk-lib/assertions'),
  ]);
  const made = synthesise();
  written = writeTemplate(made);
  template = JSON.parse(written) as typeof template;
  const annotations = Annotations.fromStack(made.stack);
  errors = [
    ...annotations.findError('*', Match.anyValue()),
    ...annotations.findWarning('*', Match.stringLikeRegexp('.*AwsSolutions.*')),
  ];
  suppressions = [...written.matchAll(/"reason": "([^"]+)"/gu)].map(([, reason = '']) => reason);
}, 120_000);

const bucket = () =>
  Object.keys(template.Resources)
    .find((id) => /^Bucket[0-9A-F]{8}$/u.test(id))
    ?.toLowerCase() ?? '';
const ofType = (type: string): readonly Resource[] =>
  Object.values(template.Resources).filter(({ Type }) => Type === type);

describe('the template', () => {
  it('is the one that is committed', () => {
    expect(readFileSync(new URL('template.json', import.meta.url), 'utf8')).toBe(written);
  });

  it('breaks no rule of cdk-nag, and each exception has its sentence', () => {
    expect(errors.map(({ id, entry }) => `${id}: ${String(entry.data)}`)).toEqual([]);
    expect(suppressions.length).toBeGreaterThan(0);
    for (const reason of suppressions) expect(reason).toMatch(/^[A-Z].{30,}\.$/u);
  });

  it('holds neither a secret, nor an account, nor a name to be filled in', () => {
    expect(written).not.toMatch(/AKIA|aws_secret|\b\d{12}\b|your-|account-id/u);
  });

  const facts: readonly (readonly [fact: string, holds: () => unknown, wanted: unknown])[] = [
    ['two buckets', () => ofType('AWS::S3::Bucket').length, 2],
    [
      'none of them public',
      () =>
        ofType('AWS::S3::Bucket').every(({ Properties }) =>
          Object.values(Properties['PublicAccessBlockConfiguration'] as object).every(
            (value) => value === true,
          ),
        ),
      true,
    ],
    [
      'all of them encrypted',
      () => ofType('AWS::S3::Bucket').every(({ Properties }) => 'BucketEncryption' in Properties),
      true,
    ],
    [
      'the store keeps versions',
      () =>
        ofType('AWS::S3::Bucket').filter(({ Properties }) =>
          JSON.stringify(Properties['VersioningConfiguration'])?.includes('Enabled'),
        ).length,
      1,
    ],
    [
      'nothing but TLS',
      () =>
        ofType('AWS::S3::BucketPolicy').every(({ Properties }) =>
          JSON.stringify(Properties).includes('"aws:SecureTransport":"false"'),
        ),
      true,
    ],
    [
      'the store tells of arrivals',
      () => JSON.stringify(ofType('AWS::S3::Bucket')).includes('"EventBridgeEnabled":true'),
      true,
    ],
    [
      'buckets outlive the stack',
      () =>
        Object.values(template.Resources)
          .filter(({ Type }) => Type === 'AWS::S3::Bucket')
          .every((each) => (each as unknown as { DeletionPolicy: string }).DeletionPolicy === 'Retain'),
      true,
    ],
    [
      'images cannot be moved to another tag',
      () => ofType('AWS::ECR::Repository')[0]?.Properties['ImageTagMutability'],
      'IMMUTABLE',
    ],
    [
      'images are scanned',
      () => ofType('AWS::ECR::Repository')[0]?.Properties['ImageScanningConfiguration'],
      { ScanOnPush: true },
    ],
    ['three handlers', () => ofType('AWS::Lambda::Function').length, 3],
    [
      'a runtime that AWS keeps',
      () => ofType('AWS::Lambda::Function').map(({ Properties }) => Properties['Runtime']),
      ['nodejs24.x', 'nodejs24.x', 'nodejs24.x'],
    ],
    [
      'on arm64',
      () =>
        ofType('AWS::Lambda::Function').every(
          ({ Properties }) => JSON.stringify(Properties['Architectures']) === '["arm64"]',
        ),
      true,
    ],
    [
      'five minutes at most',
      () => ofType('AWS::Lambda::Function').every(({ Properties }) => Properties['Timeout'] === 300),
      true,
    ],
    [
      'logs for a year',
      () => ofType('AWS::Logs::LogGroup').every(({ Properties }) => Properties['RetentionInDays'] === 365),
      true,
    ],
    [
      'a machine that is traced',
      () => ofType('AWS::StepFunctions::StateMachine')[0]?.Properties['TracingConfiguration'],
      { Enabled: true },
    ],
    [
      'and logs every step, without its data',
      () => ofType('AWS::StepFunctions::StateMachine')[0]?.Properties['LoggingConfiguration'],
      expect.objectContaining({ Level: 'ALL', IncludeExecutionData: false }),
    ],
    [
      'its definition is the one that is tested',
      () =>
        JSON.parse(
          String(ofType('AWS::StepFunctions::StateMachine')[0]?.Properties['DefinitionString']),
        ) as object,
      JSON.parse(readFileSync(new URL('retrain.asl.json', import.meta.url), 'utf8')),
    ],
    [
      'every name of it is filled',
      () =>
        Object.keys(
          ofType('AWS::StepFunctions::StateMachine')[0]?.Properties['DefinitionSubstitutions'] as object,
        ).sort(),
      [
        ...new Set(
          [
            ...readFileSync(new URL('retrain.asl.json', import.meta.url), 'utf8').matchAll(/\$\{(\w+)\}/gu),
          ].map(([, name]) => name),
        ),
      ].sort(),
    ],
    [
      'two alarms, which tell the topic',
      () =>
        ofType('AWS::CloudWatch::Alarm').map(
          ({ Properties }) => (Properties['AlarmActions'] as readonly object[]).length,
        ),
      [1, 1],
    ],
    [
      'they roll an endpoint back',
      () => ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties['AlarmName']),
      ['tranche-5xx', 'tranche-latency'],
    ],
    [
      'no data is no alarm',
      () =>
        ofType('AWS::CloudWatch::Alarm').every(
          ({ Properties }) => Properties['TreatMissingData'] === 'notBreaching',
        ),
      true,
    ],
    [
      'once a month',
      () =>
        ofType('AWS::Events::Rule').some(
          ({ Properties }) => Properties['ScheduleExpression'] === 'cron(0 2 1 * ? *)',
        ),
      true,
    ],
    [
      'and when data arrive',
      () =>
        ofType('AWS::Events::Rule').some(({ Properties }) =>
          JSON.stringify(Properties['EventPattern'])?.includes('"prefix":"data/raw/"'),
        ),
      true,
    ],
    [
      'GitHub’s role is for the environment of production alone',
      () => JSON.stringify(ofType('AWS::IAM::Role')).includes(':environment:production'),
      true,
    ],
    ['no policy that AWS made for everyone', () => written.includes(':policy/'), false],
    [
      'no action with a star',
      () =>
        ofType('AWS::IAM::Policy').flatMap(({ Properties }) => [
          ...JSON.stringify(Properties).matchAll(/"[a-z0-9]+:\*"/gu),
        ]).length,
      0,
    ],
  ];
  it.each(facts)('has %s', (_fact, holds, wanted) => {
    expect(holds()).toEqual(wanted);
  });
});

const objects = (key: string) => `arn:aws:s3:::${bucket()}/${key}`;
const made = (kind: string, name: string) => `arn:aws:sagemaker:eu-west-3:123456789012:${kind}/${name}`;
const lambda = (name: string) => `arn:aws:lambda:eu-west-3:123456789012:function:${name}`;
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const passed = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
type Ask = readonly [
  role: string,
  action: string,
  resource: () => string,
  context?: Readonly<Record<string, string>>,
];

const allowed: readonly Ask[] = [
  ['tranche-preprocess', 's3:GetObject', () => objects('data/raw/a.csv')],
  ['tranche-preprocess', 's3:PutObject', () => objects('data/snapshots/x/train.csv')],
  ['tranche-preprocess', 's3:GetObject', () => objects('log/00000001.json')],
  ['tranche-preprocess', 's3:ListBucket', () => `arn:aws:s3:::${bucket()}`, { 's3:prefix': 'data/raw' }],
  ['tranche-validate', 's3:GetObject', () => objects('training/job/output/model.tar.gz')],
  ['tranche-validate', 's3:GetObject', () => objects('data/snapshots/x/test.csv')],
  ['tranche-validate', 's3:PutObject', () => objects('models/x/model.json')],
  ['tranche-validate', 's3:PutObject', () => objects('log/00000002.json')],
  ['tranche-validate', 's3:ListBucket', () => `arn:aws:s3:::${bucket()}`, { 's3:prefix': 'log' }],
  ['tranche-validate', 'sagemaker:DescribeEndpoint', () => made('endpoint', 'tranche-durations')],
  ['tranche-promote', 's3:PutObject', () => objects('current.json')],
  ['tranche-promote', 's3:PutObject', () => objects('log/00000003.json')],
  ['tranche-training', 's3:GetObject', () => objects('data/snapshots/x/train.csv')],
  ['tranche-training', 's3:PutObject', () => objects('training/job/output/model.tar.gz')],
  ['tranche-serving', 's3:GetObject', () => objects('training/job/output/model.tar.gz')],
  ['tranche-serving', 's3:PutObject', () => objects('capture/x.jsonl')],
  ['MachineRole', 'lambda:InvokeFunction', () => lambda('tranche-validate')],
  ['MachineRole', 'sagemaker:CreateTrainingJob', () => made('training-job', 'tranche-1')],
  ['MachineRole', 'sagemaker:AddTags', () => made('training-job', 'tranche-1')],
  ['MachineRole', 'sagemaker:CreateModel', () => made('model', 'tranche-1')],
  ['MachineRole', 'sagemaker:UpdateEndpoint', () => made('endpoint', 'tranche-durations')],
  ['MachineRole', 'iam:PassRole', () => role('tranche-training'), passed],
  [
    'tranche-github',
    'states:StartExecution',
    () => 'arn:aws:states:eu-west-3:123456789012:stateMachine:tranche',
  ],
];

const everywhere = [
  'tranche-preprocess',
  'tranche-validate',
  'tranche-promote',
  'tranche-training',
  'tranche-serving',
  'MachineRole',
  'tranche-github',
];
const forbidden: readonly Ask[] = [
  ...everywhere.flatMap((name): readonly Ask[] => [
    [name, 's3:DeleteBucket', () => `arn:aws:s3:::${bucket()}`],
    [name, 's3:GetObject', () => 'arn:aws:s3:::somebody-else/data/raw/a.csv'],
    [name, 's3:DeleteObject', () => objects('log/00000001.json')],
    [name, 'sagemaker:DeleteEndpoint', () => made('endpoint', 'tranche-durations')],
    [name, 'iam:PassRole', () => role('Administrator'), passed],
    [name, 'iam:CreateRole', () => role('x')],
    [name, 'lambda:UpdateFunctionCode', () => lambda('tranche-validate')],
  ]),
  ['tranche-preprocess', 's3:PutObject', () => objects('current.json')],
  ['tranche-preprocess', 's3:PutObject', () => objects('log/00000001.json')],
  ['tranche-preprocess', 's3:PutObject', () => objects('data/raw/a.csv')],
  ['tranche-preprocess', 's3:ListBucket', () => `arn:aws:s3:::${bucket()}`, { 's3:prefix': 'capture' }],
  ['tranche-validate', 's3:PutObject', () => objects('current.json')],
  ['tranche-validate', 's3:PutObject', () => objects('data/snapshots/x/test.csv')],
  ['tranche-validate', 'sagemaker:UpdateEndpoint', () => made('endpoint', 'tranche-durations')],
  ['tranche-promote', 's3:GetObject', () => objects('data/raw/a.csv')],
  ['tranche-promote', 's3:DeleteObject', () => objects('models/x/model.json')],
  ['tranche-training', 's3:GetObject', () => objects('data/raw/a.csv')],
  ['tranche-training', 's3:PutObject', () => objects('models/x/model.json')],
  ['tranche-serving', 's3:GetObject', () => objects('data/snapshots/x/train.csv')],
  ['tranche-serving', 's3:PutObject', () => objects('training/x')],
  ['MachineRole', 'lambda:InvokeFunction', () => lambda('other')],
  ['MachineRole', 'sagemaker:CreateTrainingJob', () => made('training-job', 'other-1')],
  ['MachineRole', 'sagemaker:UpdateEndpoint', () => made('endpoint', 'other')],
  [
    'MachineRole',
    'iam:PassRole',
    () => role('tranche-training'),
    { 'iam:PassedToService': 'ec2.amazonaws.com' },
  ],
  ['MachineRole', 's3:GetObject', () => objects('data/raw/a.csv')],
  [
    'tranche-github',
    'states:StartExecution',
    () => 'arn:aws:states:eu-west-3:123456789012:stateMachine:other',
  ],
  ['tranche-github', 'sagemaker:UpdateEndpoint', () => made('endpoint', 'tranche-durations')],
];

describe('roles', () => {
  it(`may do what they must: ${allowed.length} calls`, () => {
    const denied = allowed.filter(
      ([name, action, resource, context]) =>
        !isAllowed(template.Resources, name, action, resource(), context),
    );
    expect(denied.map(([name, action, resource]) => `${name} ${action} ${resource()}`)).toEqual([]);
  });

  it(`may do nothing else: ${forbidden.length} calls`, () => {
    expect(forbidden.length).toBeGreaterThanOrEqual(40);
    const open = forbidden.filter(([name, action, resource, context]) =>
      isAllowed(template.Resources, name, action, resource(), context),
    );
    expect(open.map(([name, action, resource]) => `${name} ${action} ${resource()}`)).toEqual([]);
  });
});
