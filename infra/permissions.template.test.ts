import { describe, expect, test } from 'vitest';
import { holdersWho, permissionsOf, statementsOf, WILDCARDS_OF_BUCKETS } from './testing/permissions.ts';
import { spelled, synthesized } from './testing/synthesized.ts';

const template = synthesized();
const permissions = permissionsOf(template);
const who = (action: string, resource: RegExp) => holdersWho(permissions, action, resource);

const [CASES, LEDGER, TOKENS, SANDBOX] = [/<StoresCases/, /<StoresLedger/, /<StoresTokens/, /<StoresSandbox/];
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((name) => `dynamodb:${name}`);

describe('roles', () => {
  test('every function has one of its own, without managed policies', () => {
    const functions = Object.values(template.of('AWS::Lambda::Function'));
    const roles = functions.map(({ Properties }) => spelled(Properties['Role']));
    expect(new Set(roles).size).toBe(functions.length);
    for (const role of Object.values(template.of('AWS::IAM::Role'))) {
      expect(role.Properties['ManagedPolicyArns']).toBeUndefined();
    }
  });

  test('each may be taken on by one service only', () => {
    for (const { Properties } of Object.values(template.of('AWS::IAM::Role'))) {
      const { Statement: statements } = Properties['AssumeRolePolicyDocument'] as {
        Statement: { Principal: object }[];
      };
      expect(statements.map(({ Principal }) => Object.keys(Principal))).toEqual([['Service']]);
    }
  });
});

describe('the ledger', () => {
  test.each(['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLUpdate'])(
    'grants %s to nobody',
    (action) => {
      expect(who(action, LEDGER)).toEqual([]);
    },
  );

  test('is appended to by the steps that decide, and by nobody who only reads or talks to a model', () => {
    expect(who('dynamodb:PutItem', LEDGER)).toEqual([
      'advance-case',
      'answer-request',
      'change-settings',
      'close-case',
      'draw-spot-checks',
      'erase-subject',
      'open-case',
      'open-request',
      'perform-action',
      'remember-shape',
      'remind-request',
      'rescue-case',
      'seed-review',
      'settle-request',
      'start-case',
      'start-evaluation',
      'watch-autonomy',
    ]);
  });
});

describe('what was asked for by name', () => {
  test('is read from the ledger by the function that performs actions', () => {
    expect(who('dynamodb:Query', LEDGER)).toEqual([
      ...['advance-case', 'answer-request', 'back-test', 'close-case', 'erase-subject', 'perform-action', 'read-cases'],
      ...['remember-shape', 'send-code', 'show-console', 'show-inbox', 'show-request'],
    ]);
  });
});

describe('cases', () => {
  const READERS = [
    ...['receive-webhook', 'show-request', 'read-cases', 'await-answer', 'show-inbox'],
    ...['sign-in', 'back-test', 'read-autonomy', 'evaluate', 'read-evaluation', 'show-evaluation'],
    'show-console',
  ];
  test.each(READERS)('are not written by %s', (name) => {
    for (const action of WRITES) expect(who(action, CASES)).not.toContain(name);
  });
});

describe('people', () => {
  test('who sign in reach no data by it: the function that lets them in has none', () => {
    expect(permissions.filter(({ holder }) => holder === 'sign-in').map(({ action }) => action)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
  });

  const KEPT_APART: readonly [holder: string, partitions: string, actions: string[]][] = [
    ['set-absence', 'person#*', ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:Query']],
    ['tell-outcome', 'request#*', ['dynamodb:UpdateItem']],
    ['send-code', 'link#*', ['dynamodb:UpdateItem']],
    ['send-code', 'draft#*', ['dynamodb:PutItem']],
    // What an agent said, for the step that judges it; cases themselves it can only read.
    ['run-turn', 'steps#*', ['dynamodb:UpdateItem']],
    // It only reads cases; what it writes are files on their way.
    ['advance-batch', 'batch#*', ['dynamodb:PutItem', 'dynamodb:UpdateItem']],
    // It reads what strangers write: of all that is kept, it finds what they answer.
    ['receive-mail', 'case#*', ['dynamodb:GetItem', 'dynamodb:Query']],
    ['receive-mail', 'request#*', ['dynamodb:GetItem']],
    // It can make none: what a reference names is written by whoever sends it.
    ['receive-mail', 'reference#*', ['dynamodb:GetItem']],
    ['receive-mail', 'reply#*', ['dynamodb:PutItem']],
  ];
  test.each(KEPT_APART)('%s touches only items of its own kind, %s', (holder, partitions, actions) => {
    const conditioned = statementsOf(template, holder).filter(({ Condition: condition }) =>
      JSON.stringify(condition ?? {}).includes(`"dynamodb:LeadingKeys":["${partitions}"]`),
    );
    expect(conditioned.flatMap(({ Action: action }) => action).toSorted()).toEqual(actions);
    const writes = permissions.filter(
      (one) => one.holder === holder && CASES.test(one.resource) && WRITES.includes(one.action),
    );
    const all = KEPT_APART.flatMap(([name, , some]) => (name === holder ? some : []));
    expect(writes.every(({ action }) => all.includes(action))).toBe(true);
  });
});

describe('task tokens', () => {
  test('are written by one function and read by another', () => {
    expect(WRITES.flatMap((action) => who(action, TOKENS))).toEqual(['await-answer', 'erase-subject']);
    expect(who('dynamodb:GetItem', TOKENS)).toEqual(['answer-request']);
    expect(who('dynamodb:Query', TOKENS)).toEqual(['erase-subject']);
  });

  test('are used by the function that takes answers, for the machine that asks', () => {
    expect(who('states:SendTaskSuccess', /./)).toEqual(['answer-request']);
    expect(who('states:SendTaskSuccess', /<MachinesAsk/)).toEqual(['answer-request']);
    expect(who('states:SendTaskFailure', /./)).toEqual([]);
  });
});

describe('the outside', () => {
  test('is changed by the function that performs actions, and shown cards by those that ask and tell', () => {
    expect(WRITES.flatMap((action) => who(action, SANDBOX))).toEqual([
      'open-request',
      'perform-action',
      'remind-request',
      'tell-outcome',
      'erase-subject',
    ]);
  });

  test('gets mail from those that ask, remind and tell, from new codes, sums, the watch, actions, and who reads answers', () => {
    expect(who('ses:SendEmail', /./)).toEqual([
      ...['advance-batch', 'open-request', 'perform-action', 'receive-mail', 'remind-request', 'send-code'],
      ...['tell-outcome', 'watch-autonomy'],
    ]);
    expect(who('ses:SendRawEmail', /./)).toEqual([]);
  });

  test('gets mail from one address only', () => {
    const policies = Object.values(template.of('AWS::IAM::Policy')).filter(({ Properties }) =>
      JSON.stringify(Properties).includes('ses:SendEmail'),
    );
    for (const policy of policies) {
      expect(JSON.stringify(policy)).toContain('{"StringEquals":{"ses:FromAddress":"agents@remit.example"}}');
    }
  });

  test('has its secrets read by who needs them', () => {
    expect(who('secretsmanager:GetSecretValue', /AnthropicApiKey/)).toEqual(['evaluate', 'run-turn']);
    expect(who('secretsmanager:GetSecretValue', /remit\/webhook/)).toEqual(['receive-webhook']);
    expect(who('secretsmanager:PutSecretValue', /./)).toEqual([]);
  });
});

describe('indexes', () => {
  test('are only read', () => {
    const onIndexes = permissions.filter(({ resource }) => resource.includes('/index/'));
    expect(new Set(onIndexes.map(({ action }) => action))).toEqual(new Set(['dynamodb:Query']));
  });

  test('of cases are read by who shows lists, answers, withdraws or looks at what is past', () => {
    expect(who('dynamodb:Query', /Cases.*\/index\//)).toEqual([
      ...['advance-case', 'answer-request', 'back-test', 'draw-spot-checks', 'erase-subject', 'perform-action'],
      ...['read-autonomy', 'read-cases', 'remember-shape'],
      ...['rescue-case', 'run-turn', 'show-console', 'show-inbox', 'watch-autonomy'],
    ]);
  });
});

describe('executions', () => {
  test('of cases are started from the queue, by the rescue, and by who overturns or takes back', () => {
    expect(who('states:StartExecution', /<MachinesCase/)).toEqual(['answer-request', 'rescue-case', 'start-case']);
  });

  // For IAM, a version is its machine: a permission that names the version allows nothing.
  test('are started by permissions that name no version', () => {
    const resources = permissions.filter(({ action }) => action === 'states:StartExecution');
    expect(
      resources
        .map(({ resource }) => resource)
        .filter(
          (one) => !/^<Machines(Case|Ask|Batch|Evaluation)\w+>$|:stateMachine:remit-(case|batch|evaluation)$/.test(one),
        ),
    ).toEqual([]);
  });

  test('of known cases are started once more by the steps at which they end', () => {
    expect(who('states:StartExecution', /:stateMachine:remit-case$/)).toEqual(['close-case', 'settle-request']);
    expect(
      Object.values(template.of('AWS::StepFunctions::StateMachine')).map(({ Properties }) => Properties),
    ).toContainEqual(expect.objectContaining({ StateMachineName: 'remit-case' }));
  });

  test('are looked up, for the version that a case began with, by whoever goes on with it', () => {
    expect(who('states:DescribeExecution', /./)).toEqual([
      // Of the lines of its files, of the questions that it asks, of the slices of an evaluation; and by whoever shows those.
      ...['Batch', 'Case', 'Evaluation'].map((name) => expect.stringMatching(`^Machines${name}`)),
      ...['answer-request', 'close-case', 'read-evaluation', 'rescue-case', 'settle-request', 'show-evaluation'],
      'start-evaluation',
    ]);
  });

  test('of questions are started by cases, by what is told with an undo link, by the watch, for known answers and spot-checks', () => {
    expect(who('states:StartExecution', /<MachinesAsk/)).toEqual([
      expect.stringMatching(/^MachinesCase/),
      ...['draw-spot-checks', 'perform-action', 'seed-review', 'watch-autonomy'],
    ]);
  });
});

/** Wildcards that must be, each with its reason. */
const WILDCARDS: readonly { readonly action: RegExp; readonly resource: RegExp; readonly reason: string }[] = [
  {
    action: /^secretsmanager:GetSecretValue$/,
    resource: /:secret:remit\/webhook\/\*$/,
    reason: 'a secret ends in characters that AWS chooses, and a new workflow needs no change of this role',
  },
  {
    action: /^states:(DescribeExecution|StopExecution)$/,
    resource: /:execution:.*:\*$/,
    reason: 'executions have names that are made as they start',
  },
  {
    action: /^states:(DescribeExecution|StopExecution|RedriveExecution)$/,
    resource: /:execution:remit-(batch|evaluation)\/\*$/,
    reason: 'the lines of a file, and the slices of an evaluation, are executions whose names Step Functions makes',
  },
  {
    action: /^lambda:InvokeFunction$/,
    resource: /^<Steps\w+Function\w+\.Arn>:\*$/,
    reason: 'a case that waits calls the versions of the steps that it began with',
  },
  ...WILDCARDS_OF_BUCKETS,
  {
    action: /^logs:/,
    resource: /^\*$/,
    reason: 'the delivery of logs by Step Functions cannot be limited to a resource',
  },
];

describe('steps', () => {
  test('of earlier releases, which opened cases, may still be called by the machine of cases, in any version', () => {
    expect(who('lambda:InvokeFunction', /<StepsOpenCaseFunction.*:\*$/)).toEqual([
      expect.stringMatching(/^MachinesCase/),
    ]);
  });

  test('are called by the machine that they are a step of', () => {
    const callers = new Set(
      permissions.filter(({ action }) => action === 'lambda:InvokeFunction').map(({ holder }) => holder),
    );
    const machines = ['Ask', 'Batch', 'Case', 'Evaluation'];
    expect([...callers].toSorted()).toEqual(machines.map((name) => expect.stringMatching(`^Machines${name}`)));
    expect(who('lambda:InvokeFunction', /<StepsCloseCase/)).toEqual([expect.stringMatching(/^MachinesCase/)]);
    expect(who('lambda:InvokeFunction', /<StepsSettleRequest/)).toEqual([expect.stringMatching(/^MachinesAsk/)]);
  });
});

describe('wildcards', () => {
  test('stand in no action', () => {
    expect(permissions.filter(({ action }) => action.includes('*'))).toEqual([]);
  });

  test('stand in no resource, but where there is a reason', () => {
    const others = permissions.filter(
      ({ action, resource }) =>
        resource.includes('*') &&
        !WILDCARDS.some((known) => known.action.test(action) && known.resource.test(resource)),
    );
    expect(others).toEqual([]);
  });

  test.each(WILDCARDS)('are still needed: $reason', ({ action, resource }) => {
    expect(permissions.some((one) => action.test(one.action) && resource.test(one.resource))).toBe(true);
  });
});
