import { readFileSync } from 'node:fs';
import {
  Aws,
  CfnOutput,
  CfnParameter,
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  aws_cloudwatch as cloudwatch,
  aws_ecr as ecr,
  aws_events as events,
  aws_events_targets as targets,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_s3 as s3,
  aws_sns as sns,
  aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { NagSuppressions } from 'cdk-nag';
import type { Construct } from 'constructs';
import { functionNames } from './build-functions.ts';

const ENDPOINT = 'tranche-durations';
/** What the state machine's jobs, models and configurations are called. */
const MADE = 'tranche-*';

/** All that a retraining needs in an account: each role may do what it must, on what is its own. */
export class TrancheStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const imageUri = new CfnParameter(this, 'ImageUri', { description: 'The image by its digest' })
      .valueAsString;
    const artifacts = new CfnParameter(this, 'Artifacts', { description: 'Bucket of the handlers’ zips' })
      .valueAsString;
    const revision = new CfnParameter(this, 'Revision', { description: 'Folder of the handlers’ zips' })
      .valueAsString;
    const target = new CfnParameter(this, 'Target', { description: 'Column to predict, for the first model' })
      .valueAsString;
    const repository = new CfnParameter(this, 'Repository', {
      description: 'OWNER/NAME on GitHub that may start retrainings',
      allowedPattern: '[\\w.-]+/[\\w.-]+',
    }).valueAsString;

    const bucket = this.addBucket();
    this.addRegistry();
    const topic = this.addTopic();
    const { alarm5xx, alarmLatency } = this.addAlarms(topic);
    const training = this.addTrainingRole(bucket);
    const serving = this.addServingRole(bucket);
    const handlers = this.addHandlers(bucket, { artifacts, revision, target });
    const machine = this.addMachine({
      PreprocessArn: handlers.preprocess.functionArn,
      ValidateArn: handlers.validate.functionArn,
      PromoteArn: handlers.promote.functionArn,
      ImageUri: imageUri,
      TrainingRoleArn: training.roleArn,
      ServingRoleArn: serving.roleArn,
      Bucket: bucket.bucketName,
      Endpoint: ENDPOINT,
      Alarm5xx: alarm5xx.alarmName,
      AlarmLatency: alarmLatency.alarmName,
      TopicArn: topic.topicArn,
    });
    this.allowMachine(machine, { handlers, roles: [training, serving], topic });
    this.addSchedule(machine, bucket);
    this.addGitHubRole(machine, repository);
    new CfnOutput(this, 'StateMachineArn', { value: machine.stateMachineArn });
    new CfnOutput(this, 'BucketName', { value: bucket.bucketName });
  }

  private addBucket(): s3.Bucket {
    const usual = {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      encryption: s3.BucketEncryption.S3_MANAGED,
      removalPolicy: RemovalPolicy.RETAIN,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    };
    const accessLogs = new s3.Bucket(this, 'AccessLogs', {
      ...usual,
      lifecycleRules: [{ expiration: Duration.days(365) }],
    });
    suppress(
      accessLogs,
      'AwsSolutions-S1',
      'It holds the access logs of the other bucket: its own would be endless.',
    );
    return new s3.Bucket(this, 'Bucket', {
      ...usual,
      versioned: true,
      eventBridgeEnabled: false,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'store/',
    });
  }

  private addRegistry(): void {
    new ecr.Repository(this, 'Images', {
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      lifecycleRules: [{ maxImageCount: 30 }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private addTopic(): sns.Topic {
    return new sns.Topic(this, 'Topic', { displayName: 'Tranche', enforceSSL: true });
  }

  private addAlarms(topic: sns.Topic) {
    const dimensionsMap = { EndpointName: ENDPOINT, VariantName: 'AllTraffic' };
    const metric = (metricName: string, statistic: string) =>
      new cloudwatch.Metric({
        namespace: 'AWS/SageMaker',
        metricName,
        statistic,
        dimensionsMap,
        period: Duration.minutes(1),
      });
    const usual = {
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    };
    const share = new cloudwatch.MathExpression({
      expression: '100 * failed / MAX([asked, 1])',
      usingMetrics: {
        failed: metric('Invocation5XXErrors', 'Sum'),
        asked: metric('Invocations', 'SampleCount'),
      },
      period: Duration.minutes(1),
    });
    const alarm5xx = new cloudwatch.Alarm(this, 'Alarm5xx', {
      ...usual,
      alarmName: 'tranche-5xx',
      alarmDescription: 'More than 1 % of the answers are faults of the service',
      metric: share,
      threshold: 1,
    });
    const alarmLatency = new cloudwatch.Alarm(this, 'AlarmLatency', {
      ...usual,
      alarmName: 'tranche-latency',
      alarmDescription: 'One answer in a hundred takes longer than 250 ms',
      metric: metric('ModelLatency', 'p99'),
      threshold: 250_000,
    });
    for (const alarm of [alarm5xx, alarmLatency])
      alarm.addAlarmAction({ bind: () => ({ alarmActionArn: topic.topicArn }) });
    new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: 'tranche',
      widgets: [
        [
          new cloudwatch.GraphWidget({
            title: 'Invocations',
            left: [metric('Invocations', 'Sum')],
            width: 8,
          }),
          new cloudwatch.GraphWidget({ title: 'Faults, %', left: [share], width: 8 }),
          new cloudwatch.GraphWidget({
            title: 'Latency, µs',
            left: [metric('ModelLatency', 'p50'), metric('ModelLatency', 'p99')],
            width: 8,
          }),
        ],
      ],
    });
    return { alarm5xx, alarmLatency };
  }

  private addTrainingRole(bucket: s3.Bucket): iam.Role {
    const role = this.addSageMakerRole('TrainingRole');
    allow(role, ['s3:GetObject'], [bucket.arnForObjects('data/snapshots/*')]);
    allow(role, ['s3:PutObject'], [bucket.arnForObjects('training/*')]);
    allow(role, ['s3:ListBucket'], [bucket.bucketArn], { StringLike: { 's3:prefix': ['data/snapshots/*'] } });
    suppress(
      role,
      'AwsSolutions-IAM5',
      'A job reads the snapshot of its execution and writes below training/: their names are not known before.',
    );
    return role;
  }

  private addServingRole(bucket: s3.Bucket): iam.Role {
    const role = this.addSageMakerRole('ServingRole');
    allow(role, ['s3:GetObject'], [bucket.arnForObjects('training/*')]);
    allow(role, ['s3:PutObject'], [bucket.arnForObjects('capture/*')]);
    suppress(
      role,
      'AwsSolutions-IAM5',
      'An endpoint reads the model of its execution and writes captures: their names are not known before.',
    );
    return role;
  }

  private addSageMakerRole(id: string): iam.Role {
    const role = new iam.Role(this, id, {
      roleName: id === 'TrainingRole' ? 'tranche-training' : 'tranche-serving',
      assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const region = `${Aws.REGION}:${Aws.ACCOUNT_ID}`;
    allow(role, ['ecr:GetAuthorizationToken'], ['*']);
    allow(
      role,
      ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
      [`arn:aws:ecr:${region}:repository/*`],
      {
        StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID },
      },
    );
    allow(
      role,
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      [`arn:aws:logs:${region}:log-group:/aws/sagemaker/*`],
    );
    allow(role, ['cloudwatch:PutMetricData'], ['*'], {
      StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*', 'AWS/SageMaker'] },
    });
    return role;
  }

  private addHandlers(
    bucket: s3.Bucket,
    { artifacts, revision, target }: { artifacts: string; revision: string; target: string },
  ) {
    const zips = s3.Bucket.fromBucketName(this, 'Zips', artifacts);
    const make = (name: (typeof functionNames)[number]) => {
      const logGroup = new logs.LogGroup(this, `${name}-logs`, {
        logGroupName: `/aws/lambda/tranche-${name}`,
        retention: logs.RetentionDays.ONE_YEAR,
        removalPolicy: RemovalPolicy.RETAIN,
      });
      const role = new iam.Role(this, `${name}-role`, {
        roleName: `tranche-${name}`,
        assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      });
      allow(role, ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
      allow(role, ['s3:ListBucket'], [bucket.bucketArn], {
        StringLike: { 's3:prefix': ['data/raw/*', 'data/raw', 'log/*', 'log'] },
      });
      suppress(
        role,
        'AwsSolutions-IAM5',
        'Objects are named by the hash of their content, streams of a log by its runtime.',
      );
      return new lambda.Function(this, name, {
        functionName: `tranche-${name}`,
        runtime: lambda.Runtime.NODEJS_24_X,
        architecture: lambda.Architecture.ARM_64,
        handler: 'index.handler',
        code: lambda.Code.fromBucket(zips, `functions/${revision}/${name}.zip`),
        memorySize: 1024,
        timeout: Duration.minutes(5),
        role,
        logGroup,
        environment: { STORE: `s3://${bucket.bucketName}`, ENDPOINT, TARGET: target },
      });
    };
    const [preprocess, validate, promote] = functionNames.map(make) as [
      lambda.Function,
      lambda.Function,
      lambda.Function,
    ];
    const read = (...folders: string[]) => folders.map((folder) => bucket.arnForObjects(folder));
    allow(preprocess, ['s3:GetObject'], read('data/raw/*', 'data/snapshots/*', 'log/*'));
    allow(preprocess, ['s3:PutObject'], read('data/snapshots/*'));
    for (const handler of [validate, promote]) {
      allow(
        handler,
        ['s3:GetObject'],
        read('training/*', 'data/snapshots/*', 'models/*', 'log/*', 'current.json'),
      );
      allow(handler, ['s3:PutObject'], read('models/*', 'log/*'));
    }
    allow(validate, ['s3:DeleteObject'], read('models/*'));
    allow(validate, ['sagemaker:DescribeEndpoint'], [this.made('endpoint', ENDPOINT)]);
    allow(promote, ['s3:PutObject'], read('current.json'));
    return { preprocess, validate, promote };
  }

  private addMachine(definitionSubstitutions: Record<string, string>): sfn.StateMachine {
    const logGroup = new logs.LogGroup(this, 'MachineLogs', {
      logGroupName: '/aws/vendedlogs/states/tranche',
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const definition = readFileSync(new URL('./retrain.asl.json', import.meta.url), 'utf8');
    return new sfn.StateMachine(this, 'Machine', {
      stateMachineName: 'tranche',
      definitionBody: sfn.DefinitionBody.fromString(JSON.stringify(JSON.parse(definition))),
      definitionSubstitutions,
      logs: { destination: logGroup, level: sfn.LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    });
  }

  private allowMachine(
    machine: sfn.StateMachine,
    {
      handlers,
      roles,
      topic,
    }: { handlers: Record<string, lambda.Function>; roles: iam.Role[]; topic: sns.Topic },
  ): void {
    allow(
      machine,
      ['lambda:InvokeFunction'],
      Object.values(handlers).map(({ functionArn }) => functionArn),
    );
    allow(
      machine,
      [
        'sagemaker:CreateTrainingJob',
        'sagemaker:DescribeTrainingJob',
        'sagemaker:StopTrainingJob',
        'sagemaker:AddTags',
        'sagemaker:ListTags',
      ],
      [this.made('training-job', MADE)],
    );
    allow(machine, ['sagemaker:CreateModel'], [this.made('model', MADE)]);
    allow(machine, ['sagemaker:CreateEndpointConfig'], [this.made('endpoint-config', MADE)]);
    allow(
      machine,
      ['sagemaker:CreateEndpoint', 'sagemaker:UpdateEndpoint', 'sagemaker:DescribeEndpoint'],
      [this.made('endpoint', ENDPOINT), this.made('endpoint-config', MADE)],
    );
    // The rule by which a machine hears of the end of a training job.
    const rule = `arn:aws:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule`;
    allow(machine, ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], [rule]);
    allow(
      machine,
      ['iam:PassRole'],
      roles.map(({ roleArn }) => roleArn),
      {
        StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' },
      },
    );
    allow(machine, ['sns:Publish'], [topic.topicArn]);
    suppress(
      machine,
      'AwsSolutions-IAM5',
      'Jobs, models and configurations are named by the execution; deliveries of logs and traces take no resource.',
    );
  }

  private made(kind: string, name: string): string {
    return `arn:aws:sagemaker:${Aws.REGION}:${Aws.ACCOUNT_ID}:${kind}/${name}`;
  }

  private addSchedule(machine: sfn.StateMachine, bucket: s3.Bucket): void {
    new events.Rule(this, 'Monthly', {
      description: 'Retrain on the first of the month at 02:00 UTC',
      schedule: events.Schedule.cron({ minute: '0', hour: '2', day: '1', month: '*' }),
      targets: [new targets.SfnStateMachine(machine)],
    });
    new events.Rule(this, 'NewData', {
      description: 'Retrain when a file of data arrives',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket.bucketName] }, object: { key: [{ prefix: 'data/raw/' }] } },
      },
      targets: [new targets.SfnStateMachine(machine)],
    });
    (bucket.node.defaultChild as s3.CfnBucket).addPropertyOverride(
      'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
      true,
    );
  }

  private addGitHubRole(machine: sfn.StateMachine, repository: string): void {
    const provider = `arn:aws:iam::${Aws.ACCOUNT_ID}:oidc-provider/token.actions.githubusercontent.com`;
    const role = new iam.Role(this, 'GitHubRole', {
      roleName: 'tranche-github',
      assumedBy: new iam.WebIdentityPrincipal(provider, {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': `repo:${repository}:environment:production`,
        },
      }),
      maxSessionDuration: Duration.hours(6),
    });
    allow(role, ['states:StartExecution'], [machine.stateMachineArn]);
    const execution = `arn:aws:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:tranche:*`;
    allow(role, ['states:DescribeExecution'], [execution]);
    suppress(
      role,
      'AwsSolutions-IAM5',
      'It looks at the executions that it started: they are named by the run.',
    );
  }
}

function allow(
  to: iam.IGrantable,
  actions: string[],
  resources: string[],
  conditions?: Record<string, unknown>,
): void {
  to.grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions, resources, ...(conditions && { conditions }) }),
  );
}

/** Every exception from the rules has its sentence. */
function suppress(construct: Construct, id: string, reason: string): void {
  NagSuppressions.addResourceSuppressions(construct, [{ id, reason }], true);
}
