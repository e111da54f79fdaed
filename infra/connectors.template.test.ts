import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { workflows } from '../agents/index.ts';
import { action } from '../shared/authoring/index.ts';
import { EVENT_SOURCE, eventOut } from '../shared/connectors/definitions.ts';
import { connectedLeads } from '../test/support/connected-leads/index.ts';
import { holdersWho, permissionsOf, statementsOf } from './testing/permissions.ts';
import { spelled, synthesized } from './testing/synthesized.ts';

const told = eventOut({
  ...{ id: 'events.lead-told', detailType: 'Lead told', arguments: z.strictObject({ lead: z.string() }) },
  intent: ({ lead }) => ({ effect: 'tell', target: lead }),
});
const like = connectedLeads.actions['post-to-slack'];
if (like === undefined) throw new Error('the workflow posts nowhere');
const tells = { ...like, ...action({ title: 'Tell others', tier: 'autonomous', connector: told }) } as typeof like;

/** None of these reads or acts outside of the account. */
const plain = synthesized(workflows.filter(({ id }) => id !== 'partner-research'));
const connected = synthesized([{ ...connectedLeads, actions: { ...connectedLeads.actions, tell: tells } }]);
const permissions = permissionsOf(connected);

const secretsOf = (template: typeof plain) =>
  Object.values(template.of('AWS::SecretsManager::Secret'))
    .map(({ Properties }) => String(Properties['Name']))
    .filter((name) => name.startsWith('remit/connector/'))
    .toSorted();

function environmentOf(name: string, template = connected): Readonly<Record<string, unknown>> {
  const functions = Object.values(template.of('AWS::Lambda::Function'));
  const found = functions.find(({ Properties }) => Properties['Description'] === name);
  if (found === undefined) throw new Error(`there is no function ${name}`);
  return (found.Properties['Environment'] as { Variables: Record<string, unknown> }).Variables;
}

describe('the secrets of connectors', () => {
  test('are made for those that workflows use, and for no other', () => {
    expect(secretsOf(plain)).toEqual([]);
    expect(secretsOf(connected)).toEqual([
      'remit/connector/hubspot',
      'remit/connector/search',
      'remit/connector/slack',
    ]);
  });

  test.each([
    ['Hubspot', ['perform-action', 'run-turn']],
    ['search', ['perform-action', 'run-turn']],
    ['slack', ['perform-action']],
  ])('of %s are read by who needs them', (name, holders) => {
    const resource = new RegExp(`<ConnectorsSecret${name}`, 'i');
    expect(holdersWho(permissions, 'secretsmanager:GetSecretValue', resource)).toEqual(holders);
  });

  test('are found by a prefix that only those functions know', () => {
    for (const name of ['run-turn', 'perform-action']) {
      expect(environmentOf(name)['REMIT_CONNECTOR_SECRET_PREFIX']).toBe('remit/connector/');
      expect(environmentOf(name, plain)['REMIT_CONNECTOR_SECRET_PREFIX']).toBeUndefined();
    }
    expect(environmentOf('advance-case')['REMIT_CONNECTOR_SECRET_PREFIX']).toBeUndefined();
  });
});

describe('events of agents', () => {
  test('go out on the one bus, under their own name, from the function that performs actions', () => {
    expect(holdersWho(permissions, 'events:PutEvents', /event-bus\/remit$/)).toEqual(['perform-action']);
    const puts = statementsOf(connected, 'perform-action').filter(({ Action }) => Action === 'events:PutEvents');
    expect(puts.map(({ Condition, Resource }) => [Condition, spelled(Resource).endsWith(':event-bus/remit')])).toEqual([
      [{ StringEquals: { 'events:source': EVENT_SOURCE } }, true],
    ]);
    expect(environmentOf('perform-action')['REMIT_EVENT_BUS']).toBe('remit');
  });

  test('go out from nobody where no workflow has any', () => {
    expect(holdersWho(permissionsOf(plain), 'events:PutEvents', /./)).toEqual([]);
  });
});
