import { describe, expect, test } from 'vitest';
import { holdersWho, permissionsOf } from './testing/permissions.ts';
import { synthesized } from './testing/synthesized.ts';

const template = synthesized();
const permissions = permissionsOf(template);
const who = (action: string, resource: RegExp) => holdersWho(permissions, action, resource);
const EVALUATIONS = /<StoresEvaluations/;

describe('the function that measures', () => {
  const own = permissions.filter(({ holder }) => holder === 'evaluate');

  test('has its own results, the key of the model service, and nothing that acts', () => {
    expect(own.map(({ action }) => action).toSorted()).toEqual([
      ...['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      ...['logs:CreateLogStream', 'logs:PutLogEvents'],
      ...['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
    ]);
  });

  test('reaches no table but that of evaluations, and no secret but that key', () => {
    const reached = own.filter(({ action }) => !action.startsWith('logs:')).map(({ resource }) => resource);
    const others = reached.filter((resource) => !/^<StoresEvaluations\w+\.Arn>$|^<AnthropicApiKey/.test(resource));
    expect(others).toEqual([]);
  });
});

describe('evaluations', () => {
  test('are written by who starts and who measures, deleted by who erases alone, and read by who shows them', () => {
    expect(who('dynamodb:PutItem', EVALUATIONS)).toEqual(['evaluate', 'start-evaluation']);
    expect(who('dynamodb:UpdateItem', EVALUATIONS)).toEqual(['evaluate', 'start-evaluation']);
    expect(who('dynamodb:DeleteItem', EVALUATIONS)).toEqual(['erase-subject']);
    expect(who('dynamodb:GetItem', EVALUATIONS)).toEqual([
      ...['evaluate', 'read-evaluation', 'show-console', 'show-evaluation', 'start-evaluation'],
    ]);
    expect(who('dynamodb:Scan', EVALUATIONS)).toEqual([]);
  });

  test('run out by themselves', () => {
    const [, table] =
      Object.entries(template.of('AWS::DynamoDB::Table')).find(([id]) => id.startsWith('StoresEvaluations')) ?? [];
    expect(table?.Properties['TimeToLiveSpecification']).toEqual({ AttributeName: 'expiresAt', Enabled: true });
  });

  test('are started by one function, and their slices by their own machine', () => {
    expect(who('states:StartExecution', /<MachinesEvaluation/)).toEqual(['start-evaluation']);
    expect(who('states:StartExecution', /:stateMachine:remit-evaluation$/)).toEqual([
      expect.stringMatching(/^MachinesEvaluation/),
    ]);
  });

  test('are shown by functions that reach nothing else', () => {
    for (const reader of ['read-evaluation', 'show-evaluation']) {
      const may = permissions.filter(({ holder }) => holder === reader).map(({ action }) => action);
      expect(may.toSorted()).toEqual([
        ...['dynamodb:GetItem', 'dynamodb:Query', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        'states:DescribeExecution',
      ]);
    }
  });
});

test('the machine calls the function that measures, and no other', () => {
  const called = permissions
    .filter(({ holder, action }) => holder.startsWith('MachinesEvaluation') && action === 'lambda:InvokeFunction')
    .map(({ resource }) => resource);
  expect(called).toEqual([expect.stringMatching(/^<StepsEvaluateFunction\w+\.Arn>:\*$/)]);
});
