import { describe, expect, test } from 'vitest';
import { permissionsOf } from './testing/permissions.ts';
import { synthesized } from './testing/synthesized.ts';

const permissions = permissionsOf(synthesized());

describe('remembered approvals', () => {
  test('are kept, with their pages, by a function that reaches cases and ledgers alone', () => {
    const held = permissions
      .filter(({ holder }) => holder === 'remember-shape')
      .map(({ action, resource }) => `${action} ${/Cases|Ledger/.exec(resource)?.[0] ?? '*'}`);
    expect([...new Set(held)].toSorted()).toEqual([
      ...['dynamodb:BatchGetItem Cases', 'dynamodb:GetItem Cases', 'dynamodb:PutItem Cases'],
      ...['dynamodb:PutItem Ledger', 'dynamodb:Query Cases', 'dynamodb:Query Ledger', 'dynamodb:UpdateItem Cases'],
      ...['logs:CreateLogStream *', 'logs:PutLogEvents *'],
    ]);
  });
});
