import { describe, expect, test } from 'vitest';
import { holdersWho, permissionsOf } from './testing/permissions.ts';
import { synthesized } from './testing/synthesized.ts';

const permissions = permissionsOf(synthesized());
const who = (action: string, resource: RegExp) => holdersWho(permissions, action, resource);

describe('erasing', () => {
  test('takes parts out of entries of a ledger, and removes none; nobody else changes one', () => {
    expect(who('dynamodb:UpdateItem', /<StoresLedger/)).toEqual(['erase-subject']);
    expect(who('dynamodb:DeleteItem', /<StoresLedger/)).toEqual([]);
  });

  const ERASED = [/<StoresCases/, /<StoresSandbox/, /<StoresTokens/, /<StoresReadings/, /<StoresEvaluations/];

  test.each(ERASED)('is the work of one function: nobody else deletes from %s', (table) => {
    expect(who('dynamodb:DeleteItem', table)).toEqual(['erase-subject']);
  });

  const isOfQueue = ({ holder, action }: (typeof permissions)[number]) =>
    holder === 'erase-subject' && action.startsWith('sqs:');

  test('is a function that starts nothing, answers nothing and tells nobody', () => {
    const actions = permissions.filter(({ holder }) => holder === 'erase-subject').map(({ action }) => action);
    // Among the dead letters it takes people out, too.
    expect(permissions.filter(isOfQueue).map(({ resource }) => resource.includes('DeadLetters'))).not.toContain(false);
    expect(actions.filter((action) => !/^(?:dynamodb|sqs):/.test(action)).toSorted()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      // Mails, as they came.
      's3:DeleteObject',
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
    ]);
  });

  test('finds people by digests whose key is read by the function that erases and those that open cases', () => {
    expect(who('secretsmanager:GetSecretValue', /SubjectKey/)).toEqual([
      ...['erase-subject', 'open-case'],
      // For the tags of answers by mail, which are made from it.
      ...['perform-action', 'receive-mail'],
      'start-case',
    ]);
  });
});
