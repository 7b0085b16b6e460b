type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, Json>>;
}
export type Resources = Readonly<Record<string, Resource>>;

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: Json;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const account = '123456789012';
const region = 'eu-west-3';
const known: Readonly<Record<string, string>> = {
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
};

/** A value of a template as the account would have it: names are those of the resources, ids where they have none. */
export function resolve(value: Json, resources: Resources): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, Json>;
  if (typeof Ref === 'string') return known[Ref] ?? nameOf(Ref, resources);
  if (Array.isArray(attribute)) return arnOf(String(attribute[0]), resources);
  const [by, parts] = join as readonly [string, readonly Json[]];
  return parts.map((part) => resolve(part, resources)).join(by);
}

function nameOf(id: string, resources: Resources): string {
  const found = resources[id];
  const { FunctionName, RoleName, StateMachineName, LogGroupName } = found?.Properties ?? {};
  if (found?.Type === 'AWS::StepFunctions::StateMachine' || found?.Type === 'AWS::SNS::Topic')
    return arnOf(id, resources);
  return String(FunctionName ?? RoleName ?? StateMachineName ?? LogGroupName ?? id.toLowerCase());
}

function arnOf(id: string, resources: Resources): string {
  const found = resources[id];
  const properties = found?.Properties ?? {};
  switch (found?.Type) {
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${id.toLowerCase()}`;
    case 'AWS::Lambda::Function':
      return `arn:aws:lambda:${region}:${account}:function:${String(properties['FunctionName'])}`;
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${account}:role/${String(properties['RoleName'])}`;
    case 'AWS::StepFunctions::StateMachine':
      return `arn:aws:states:${region}:${account}:stateMachine:${String(properties['StateMachineName'])}`;
    case 'AWS::Logs::LogGroup':
      return `arn:aws:logs:${region}:${account}:log-group:${String(properties['LogGroupName'])}:*`;
    case 'AWS::SNS::Topic':
      return `arn:aws:sns:${region}:${account}:${id}`;
    default:
      return `arn:aws:other:::${id}`;
  }
}

/** The id of the role with this name, or of the machine's own. */
function findStatements(role: string, resources: Resources): Statement[] {
  const ids = Object.entries(resources).filter(
    ([id, { Type, Properties }]) =>
      Type === 'AWS::IAM::Role' && (Properties['RoleName'] === role || id.startsWith(role)),
  );
  const [id = ''] = ids[0] ?? [];
  return Object.values(resources)
    .filter(
      ({ Type, Properties }) =>
        Type === 'AWS::IAM::Policy' && JSON.stringify(Properties['Roles']).includes(`"${id}"`),
    )
    .flatMap(
      ({ Properties }) => (Properties['PolicyDocument'] as unknown as { Statement: Statement[] }).Statement,
    );
}

/**
 * Whether a role of a template may do something, by IAM's rules as far as this template uses them: a statement allows where an
 * action, a resource (with `*`) and every condition match. AWS's own engine is not here.
 */
export function isAllowed(
  resources: Resources,
  role: string,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): boolean {
  const list = <Value>(value: Value | readonly Value[]) =>
    (Array.isArray(value) ? value : [value]) as readonly Value[];
  const matches = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\?]/gu, '\\$&').replaceAll('*', '.*')}$`, 'u').test(text);
  return findStatements(role, resources).some(({ Effect, Action, Resource, Condition = {} }) => {
    const isAction = list(Action).some((each) => matches(each, action));
    const isResource = list(Resource as Json | readonly Json[]).some((each) =>
      matches(resolve(each, resources), resource),
    );
    const holds = Object.entries(Condition).every(([operator, tests]) =>
      Object.entries(tests).every(([name, wanted]) =>
        list<string>(wanted).some((each) => {
          const value = resolve(each as Json, resources);
          const given = context[name];
          return given !== undefined && (operator === 'StringLike' ? matches(value, given) : value === given);
        }),
      ),
    );
    return Effect === 'Allow' && isAction && isResource && holds;
  });
}
