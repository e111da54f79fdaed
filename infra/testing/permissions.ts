import { listed, type Resource, type Synthesized, spelled } from './synthesized.ts';

export interface Permission {
  /** The function by its entry, a state machine or another holder by its logical id. */
  readonly holder: string;
  readonly action: string;
  readonly resource: string;
}

/** Every action on every resource that a role of the stack allows. */
export function permissionsOf(template: Synthesized): Permission[] {
  const holders = holdersOf(template);
  return Object.values(template.of('AWS::IAM::Policy')).flatMap((policy) =>
    listed(policy.Properties['Roles'] as unknown[]).flatMap((role) =>
      inPolicy(policy).flatMap(({ Action: actions, Resource: resources }) =>
        listed(actions).flatMap((action) =>
          listed(resources).map((resource) => ({
            holder: holders.get(spelled(role)) ?? spelled(role),
            action,
            resource: spelled(resource),
          })),
        ),
      ),
    ),
  );
}

/** Who may do that to resources whose name matches, in alphabetical order. */
export function holdersWho(permissions: readonly Permission[], action: string, resource: RegExp): string[] {
  const found = permissions.filter(
    (permission) =>
      matches(permission.action, action) && (resource.test(permission.resource) || permission.resource === '*'),
  );
  return [...new Set(found.map(({ holder }) => holder))].toSorted();
}

export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

/** Everything that the role of one holder is allowed. */
export function statementsOf(template: Synthesized, holder: string): readonly Statement[] {
  const holders = holdersOf(template);
  return Object.values(template.of('AWS::IAM::Policy'))
    .filter((policy) =>
      listed(policy.Properties['Roles'] as unknown[]).some((role) => holders.get(spelled(role)) === holder),
    )
    .flatMap(inPolicy);
}

function inPolicy(policy: Resource): readonly Statement[] {
  const document = policy.Properties['PolicyDocument'] as { readonly Statement: readonly Statement[] };
  return document.Statement;
}

function holdersOf(template: Synthesized): ReadonlyMap<string, string> {
  const functions = Object.values(template.of('AWS::Lambda::Function')).map(
    ({ Properties: { Role, Description } }) => [roleName(Role), String(Description)] as const,
  );
  const machines = Object.entries(template.of('AWS::StepFunctions::StateMachine')).map(
    ([id, { Properties }]) => [roleName(Properties['RoleArn']), id] as const,
  );
  return new Map([...functions, ...machines]);
}

/** A policy names its roles by reference, a function by ARN. */
function roleName(arn: unknown): string {
  return spelled(arn).replace('.Arn>', '>');
}

function matches(pattern: string, action: string): boolean {
  return pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1)));
}

/** Objects that may be read without being named, each with its reason. */
export const WILDCARDS_OF_BUCKETS: readonly {
  readonly action: RegExp;
  readonly resource: RegExp;
  readonly reason: string;
}[] = [
  {
    action: /^s3:(?:GetObject|DeleteObject)$/,
    resource: /^<InboundMailMailsBucket\w+\.Arn>\/mail\/\*$/,
    reason: 'mails have names that SES makes as they come',
  },
  {
    action: /^s3:GetObjectVersion$/,
    resource: /^<BroughtFilesBucket\w+\.Arn>\/[\w-]+\/\*$/,
    reason: 'files have names that whoever brings them gives them',
  },
  {
    action: /^s3:(?:GetObject|PutObject|DeleteObjectVersion)$/,
    resource: /^(?:<ConnectorsOwnFilesBucket\w+\.Arn>|arn:<AWS::Partition>:s3:::[a-z0-9.-]+)\/[\w./=-]+\/\*$/,
    reason: 'a connector reaches what lies below the prefix that its definition names',
  },
];
