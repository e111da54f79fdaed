import { describe, expect, test } from 'vitest';
import { permissionsOf } from './testing/permissions.ts';
import { synthesized } from './testing/synthesized.ts';

const permissions = permissionsOf(synthesized());

describe('a back-test', () => {
  test('may call no model, perform nothing, mail nobody and write nothing', () => {
    const may = permissions.filter(({ holder }) => holder === 'back-test').map(({ action }) => action);
    expect([...new Set(may)].toSorted()).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
  });
});
