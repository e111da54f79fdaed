import { describe, expect, test } from 'vitest';
import { holdersWho, permissionsOf } from './testing/permissions.ts';
import { synthesized } from './testing/synthesized.ts';

const template = synthesized();
const permissions = permissionsOf(template);
const who = (action: string, resource: RegExp) => holdersWho(permissions, action, resource);

describe('a file of many lines', () => {
  test('is started from the queue, and its pieces by its own machine', () => {
    expect(who('states:StartExecution', /<MachinesBatch/)).toEqual(['start-case']);
    expect(who('states:StartExecution', /:stateMachine:remit-batch$/)).toEqual([
      expect.stringMatching(/^MachinesBatch/),
    ]);
  });

  test('reaches nothing but the intake: its function reads cases and files, writes what it keeps of files, and sends mail', () => {
    expect(who('sqs:SendMessage', /<IntakeQueue/)).toEqual([
      expect.stringMatching(/^<SchedulerRole/),
      expect.stringMatching(/^MachinesBatch/),
      ...['advance-batch', 'receive-file', 'receive-mail', 'receive-webhook', 'start-by-hand', 'start-case'],
    ]);
    const may = permissions.filter(({ holder }) => holder === 'advance-batch').map(({ action }) => action);
    expect([...new Set(may)].toSorted()).toEqual([
      ...['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'logs:CreateLogStream'],
      ...['logs:PutLogEvents', 's3:GetObjectVersion', 'ses:SendEmail', 'sqs:SendMessage'],
    ]);
  });
});

test('a file whose machine failed is put aside, where its owner hears of it', () => {
  const rule = Object.entries(template.of('AWS::Events::Rule')).find(([id]) => id.includes('FailedBatches'))?.[1];
  const [machine = ''] = Object.keys(template.of('AWS::StepFunctions::StateMachine')).filter((id) =>
    id.includes('Batch'),
  );
  const [deadLetters = ''] = Object.keys(template.of('AWS::SQS::Queue')).filter((id) => id.includes('DeadLetters'));
  expect(rule?.Properties).toMatchObject({
    EventPattern: {
      source: ['aws.states'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [{ Ref: machine }] },
    },
    Targets: [{ Arn: { 'Fn::GetAtt': [deadLetters, 'Arn'] } }],
  });
});
