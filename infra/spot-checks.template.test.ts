import { describe, expect, test } from 'vitest';
import { holdersWho, permissionsOf } from './testing/permissions.ts';
import { synthesized } from './testing/synthesized.ts';

const permissions = permissionsOf(synthesized());
const LEDGER = /<StoresLedger/;

describe('the draw of spot-checks', () => {
  const may = (resource: RegExp): string[] =>
    permissions
      .filter((one) => one.holder === 'draw-spot-checks' && resource.test(one.resource))
      .map(({ action }) => action);

  test('writes cases and their ledgers, and puts questions: it mails nobody and starts, performs and deletes nothing', () => {
    expect(new Set(may(/<StoresCases(?!.*\/index\/)/))).toEqual(
      new Set([
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
      ]),
    );
    expect(may(LEDGER)).toEqual(['dynamodb:PutItem']);
    expect(may(/<MachinesAsk/)).toEqual(['states:StartExecution']);
    expect(may(/Tokens|Sandbox|Budget|Readings|MachinesCase|Secret|MailDomain|:ses:/)).toEqual([]);
  });

  test('scans nothing, as nobody does', () => {
    expect(holdersWho(permissions, 'dynamodb:Scan', /./)).toEqual([]);
  });
});
