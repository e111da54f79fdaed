import { describe, expect, it } from 'vitest';
import type { Caller, Json, Permission } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createIam, type Iam } from './index.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
const ACCOUNT = '000000000000';
const ROLE = 'arn:aws:iam::000000000000:role/Judge';
const TABLE = 'arn:aws:dynamodb:eu-west-1:000000000000:table/cases';
const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:intake';
const JUDGE: Caller = { kind: 'role', roleArn: ROLE, sessionName: 'Remit-judge', traceId: null };

const put: Permission = { action: 'dynamodb:PutItem', resource: TABLE };

describe('authorize, for a role', () => {
  const table: readonly [sentence: string, statements: object[], permission: Permission, isAllowed: boolean][] = [
    ['denies without any statement', [], put, false],
    ['allows the action on the resource', [allow('dynamodb:PutItem', TABLE)], put, true],
    ['denies another action', [allow('dynamodb:GetItem', TABLE)], put, false],
    ['denies another resource', [allow('dynamodb:PutItem', `${TABLE}-2`)], put, false],
    ['compares actions without case', [allow('DynamoDB:putitem', TABLE)], put, true],
    ['compares resources with case', [allow('dynamodb:PutItem', TABLE.toUpperCase())], put, false],
    ['takes * in an action as any run', [allow('dynamodb:*Item', '*')], put, true],
    ['takes ? in a resource as one character', [allow('dynamodb:PutItem', TABLE.replace('cases', 'case?'))], put, true],
    ['takes no more than one character for ?', [allow('dynamodb:PutItem', TABLE.replace('cases', 'cas?'))], put, false],
    ['lets dots and plus signs stand for themselves', [allow('dynamodb:PutItem', 'arn.+')], put, false],
    ['lets a Deny win over an Allow', [allow('*', '*'), deny('dynamodb:PutItem', '*')], put, false],
    [
      'reads NotAction as every other action',
      [{ Effect: 'Allow', NotAction: 'dynamodb:Delete*', Resource: '*' }],
      put,
      true,
    ],
    ['leaves out what NotAction names', [{ Effect: 'Allow', NotAction: 'dynamodb:Put*', Resource: '*' }], put, false],
    ['reads NotResource as every other resource', [{ Effect: 'Allow', Action: '*', NotResource: QUEUE }], put, true],
    ['leaves out what NotResource names', [{ Effect: 'Allow', Action: '*', NotResource: TABLE }], put, false],
    [
      'allows when its condition holds',
      [onKeys('ForAllValues:StringLike', ['case#*'])],
      withKeys('case#1', 'case#2'),
      true,
    ],
    [
      'denies when one value of ForAllValues does not fit',
      [onKeys('ForAllValues:StringLike', ['case#*'])],
      withKeys('case#1', 'x'),
      false,
    ],
    [
      'allows when one value of ForAnyValue fits',
      [onKeys('ForAnyValue:StringEquals', ['case#1'])],
      withKeys('x', 'case#1'),
      true,
    ],
    ['denies when the key of a condition is missing', [onKeys('StringEquals', ['case#1'])], put, false],
    ['lets IfExists pass when the key is missing', [onKeys('StringEqualsIfExists', ['case#1'])], put, true],
    ['judges Null by whether the key is missing', [onKeys('Null', ['true'])], put, true],
    ['denies Null true when the key is there', [onKeys('Null', ['true'])], withKeys('case#1'), false],
    ['reads Bool', [when({ Bool: { 'aws:SecureTransport': 'true' } })], put, true],
    [
      'needs all conditions of a statement',
      [when({ Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:RequestedRegion': 'mars' } })],
      put,
      false,
    ],
    ['denies when an operator is not known', [when({ MoonPhase: { 'aws:SecureTransport': 'full' } })], put, false],
    [
      'denies when the operator of a Deny is not known',
      [allow('*', '*'), { ...deny('*', '*'), Condition: { MoonPhase: { a: 'b' } } }],
      put,
      false,
    ],
  ];
  it.each(table)('%s', (_, statements, permission, isAllowed) => {
    const iam = iamWith(statements);
    if (isAllowed) expect(() => iam.authorize(JUDGE, [permission])).not.toThrow();
    else expect(() => iam.authorize(JUDGE, [permission])).toThrow('is not authorized to perform');
  });

  it('says in the words of AWS who may not do what on what', () => {
    expect(() => iamWith([]).authorize(JUDGE, [put])).toThrow(
      'User: arn:aws:sts::000000000000:assumed-role/Judge/Remit-judge is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:000000000000:table/cases because no identity-based policy allows the dynamodb:PutItem action',
    );
  });

  it('says when a Deny was the reason', () => {
    expect(() => iamWith([deny('*', '*')]).authorize(JUDGE, [put])).toThrow(
      'with an explicit deny in an identity-based policy',
    );
  });

  it('says when it denies because an operator is not known', () => {
    const iam = iamWith([when({ MoonPhase: { a: 'b' } })]);
    expect(() => iam.authorize(JUDGE, [put])).toThrow('the condition operator MoonPhase is not known');
  });

  it('needs every permission of a call', () => {
    const iam = iamWith([allow('dynamodb:PutItem', TABLE)]);
    expect(() => iam.authorize(JUDGE, [put, { ...put, action: 'dynamodb:DeleteItem' }])).toThrow('dynamodb:DeleteItem');
  });

  it('allows what the policy of the resource allows the role', () => {
    const iam = iamWith([]);
    iam.addResourcePolicy(QUEUE, {
      Statement: { Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'sqs:SendMessage', Resource: QUEUE },
    });
    expect(() => iam.authorize(JUDGE, [{ action: 'sqs:SendMessage', resource: QUEUE }])).not.toThrow();
  });

  it.each([ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`])(
    'needs a policy of the role where the resource allows the account %s, and heeds its Deny',
    (AWS) => {
      const ofQueue = (Effect: string) => ({ Effect, Principal: { AWS }, Action: 'sqs:*', Resource: QUEUE });
      const send = { action: 'sqs:SendMessage', resource: QUEUE };
      const without = iamWith([]);
      without.addResourcePolicy(QUEUE, { Statement: ofQueue('Allow') });
      expect(() => without.authorize(JUDGE, [send])).toThrow('is not authorized');
      const denied = iamWith([allow('*', '*')]);
      denied.addResourcePolicy(QUEUE, { Statement: ofQueue('Deny') });
      expect(() => denied.authorize(JUDGE, [send])).toThrow('explicit deny in a resource-based policy');
    },
  );

  it('denies a role that the template does not have', () => {
    const stranger: Caller = { kind: 'role', roleArn: `${ROLE}2`, sessionName: 's', traceId: null };
    expect(() => iamWith([allow('*', '*')]).authorize(stranger, [put])).toThrow('is not authorized');
  });
});

describe('authorize, for a service', () => {
  const rule = 'arn:aws:events:eu-west-1:000000000000:rule/leads';
  const asEvents = (sourceArn: string): Caller => ({
    kind: 'service',
    service: 'events.amazonaws.com',
    sourceArn,
    traceId: null,
  });
  const send = { action: 'sqs:SendMessage', resource: QUEUE };

  it('denies without a resource policy', () => {
    expect(() => iamWith([]).authorize(asEvents(rule), [send])).toThrow('because no resource-based policy allows');
  });

  it('allows only the source that the resource policy names', () => {
    const iam = iamWith([]);
    iam.addResourcePolicy(QUEUE, {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: QUEUE,
        Condition: { ArnEquals: { 'aws:SourceArn': rule } },
      },
    });
    expect(() => iam.authorize(asEvents(rule), [send])).not.toThrow();
    expect(() => iam.authorize(asEvents(`${rule}-2`), [send])).toThrow('is not authorized');
  });

  it('lets a topic policy speak of everyone, under its conditions', () => {
    const topic = 'arn:aws:sns:eu-west-1:000000000000:alarms';
    const publish = { action: 'sns:Publish', resource: topic };
    const iam = iamWith([]);
    const statement = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'SNS:Publish', Resource: topic };
    iam.addResourcePolicy(topic, {
      Statement: { ...statement, Condition: { StringEquals: { 'AWS:SourceOwner': '000000000000' } } },
    });
    expect(() => iam.authorize(asEvents(rule), [publish])).not.toThrow();
    expect(() => iam.authorize(JUDGE, [publish])).toThrow('is not authorized');
  });

  it('does not let * in one part of an ARN reach into the next', () => {
    const iam = iamWith([]);
    iam.addResourcePolicy(QUEUE, {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: QUEUE,
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:*:rule/leads' } },
      },
    });
    expect(() => iam.authorize(asEvents(rule), [send])).toThrow('is not authorized');
  });
});

it('lets the owner of the machine do everything', () => {
  expect(() => iamWith([]).authorize({ kind: 'operator', traceId: null }, [put])).not.toThrow();
});

it('knows from the trust policy which service may act as a role', () => {
  const iam = iamWith([]);
  expect(iam.isTrusted(ROLE, 'lambda.amazonaws.com', 'arn:aws:x:::y')).toBe(true);
  expect(iam.isTrusted(ROLE, 'states.amazonaws.com', 'arn:aws:x:::y')).toBe(false);
});

it('takes the name of a service with a region as the same service', () => {
  const iam = createIam({ store: new Store(':memory:'), place: PLACE });
  const Statement = {
    Effect: 'Allow',
    Principal: { Service: 'states.eu-west-1.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  iam.addRole({ name: 'R', arn: ROLE, trust: { Statement }, inlinePolicies: [], managedPolicyArns: [] });
  expect(iam.isTrusted(ROLE, 'states.amazonaws.com', 'arn:aws:x:::y')).toBe(true);
});

it('tells what a role has used and what it never used', () => {
  const iam = iamWith([allow(['dynamodb:PutItem', 'dynamodb:Delete*', 'sqs:SendMessage'], '*')]);
  iam.authorize(JUDGE, [put]);
  expect(iam.usage()).toEqual([
    { roleArn: ROLE, used: ['dynamodb:PutItem'], neverUsed: ['dynamodb:Delete*', 'sqs:SendMessage'] },
  ]);
});

it('stops at a managed policy that it does not know', () => {
  const iam = createIam({ store: new Store(':memory:'), place: PLACE });
  const role = {
    name: 'R',
    arn: ROLE,
    trust: TRUST,
    inlinePolicies: [],
    managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  };
  expect(() => iam.addRole(role)).toThrow('AdministratorAccess');
});

const TRUST = {
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
};

function iamWith(Statement: readonly object[]): Iam {
  const iam = createIam({ store: new Store(':memory:'), place: PLACE });
  const policies = Statement.length === 0 ? [] : [{ Statement } as unknown as Json];
  iam.addRole({ name: 'Judge', arn: ROLE, trust: TRUST, inlinePolicies: policies, managedPolicyArns: [] });
  return iam;
}

function allow(Action: string | string[], Resource: string): object {
  return { Effect: 'Allow', Action, Resource };
}

function deny(Action: string, Resource: string): object {
  return { Effect: 'Deny', Action, Resource };
}

function when(Condition: object): object {
  return { ...allow('*', '*'), Condition };
}

function onKeys(operator: string, values: string[]): object {
  return when({ [operator]: { 'dynamodb:LeadingKeys': values } });
}

function withKeys(...keys: string[]): Permission {
  return { ...put, context: { 'dynamodb:LeadingKeys': keys } };
}

describe('a policy that a service keeps with its resource', () => {
  const EVENTS: Caller = { kind: 'service', service: 'events', sourceArn: 'arn:aws:events:::rule/a', traceId: null };
  const send: Permission = { action: 'sqs:SendMessage', resource: QUEUE };
  const forEvents = { ...allow('sqs:SendMessage', QUEUE), Principal: { Service: 'events.amazonaws.com' } };

  it('counts as it stands at the moment of the call', () => {
    const iam = iamWith([]);
    let policy: Json = null;
    iam.readResourcePolicies((arn) => (arn === QUEUE ? policy : null));
    expect(() => iam.authorize(EVENTS, [send])).toThrow('no resource-based policy allows');
    policy = { Statement: forEvents } as Json;
    expect(() => iam.authorize(EVENTS, [send])).not.toThrow();
    policy = { Statement: { ...forEvents, Effect: 'Deny' } } as Json;
    expect(() => iam.authorize(EVENTS, [send])).toThrow('explicit deny in a resource-based policy');
  });

  it('denies everybody when it cannot be read', () => {
    const iam = iamWith([allow('sqs:*', '*')]);
    iam.readResourcePolicies(() => ({ Statement: 'all' }));
    expect(() => iam.authorize(JUDGE, [send])).toThrow(`the policy of ${QUEUE} cannot be read`);
  });
});

it('lets roles that no template made do everything only where it is told so', () => {
  const other: Caller = { ...JUDGE, roleArn: `${ROLE}-2` } as Caller;
  expect(() => iamWith([]).authorize(other, [put])).toThrow('is not authorized');
  const open = createIam({ store: new Store(':memory:'), place: PLACE, unknownRolesMayDoAll: true });
  expect(() => open.authorize(other, [put])).not.toThrow();
});
