import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../kernel/service.ts';
import { SURFACE_CALLS } from '../calls.ts';
import type { SurfaceParts } from '../parts.ts';

const text = (value: unknown): JsonObject => ({ S: JSON.stringify(value) });

let count = 0;
function effect(connector: string, args: JsonObject, result: JsonObject, caseId = 'case-one-of-two'): JsonObject {
  count += 1;
  const kept = { connector, atMs: 1_000_000 + count, idempotencyKey: `k${count}`, arguments: args, result };
  return { pk: { S: `case#${caseId}` }, sk: { S: `effect#${count}` }, effect: text(kept) };
}

function record(kind: string, key: string, fields: JsonObject): JsonObject {
  return { pk: { S: `${kind}#${key}` }, sk: { S: 'record' }, fields: text(fields) };
}

/** A surface over these items, which come in pieces of two. */
function surface(items: readonly JsonObject[], secrets: Readonly<Record<string, string>> = {}) {
  const dispatch: SurfaceParts['dispatch'] = async ({ operation, input }) => {
    if (operation === 'GetSecretValue') return { SecretString: secrets[String(input['SecretId'])] ?? '' };
    if (operation !== 'Scan') throw new Error(`unexpected ${operation}`);
    const from = Number((input['ExclusiveStartKey'] as { readonly N?: string } | undefined)?.N ?? 0);
    const rest = from + 2 < items.length ? { LastEvaluatedKey: { N: String(from + 2) } } : {};
    return { Items: items.slice(from, from + 2), ...rest };
  };
  const parts = { dispatch, effectsTable: 'Sandbox', secretNames: Object.keys(secrets) } as unknown as SurfaceParts;
  return async (path: string) => {
    const call = SURFACE_CALLS[`GET ${path}`];
    if (call === undefined) throw new Error(`there is no ${path}`);
    return call(parts, { query: new URLSearchParams(), body: null, raw: null, contentType: '', isForm: false });
  };
}

async function pageOf(read: ReturnType<typeof surface>, path: string): Promise<string> {
  return ((await read(path)) as { body: string }).body;
}

describe('the channels', () => {
  const post = (message: string, words: string) =>
    effect('slack.post-message', { channel: '#sales', text: words }, { channel: '#sales', message, in: 'sandbox' });
  const at = (message: string) => ({ channel: '#sales', message });

  it('show what agents posted, changed and deleted, newest first, with the questions', async () => {
    const read = surface([
      post('1', 'first'),
      post('2', 'second'),
      effect('slack.update-message', { ...at('1'), text: 'first, again' }, {}),
      effect('slack.delete-message', at('2'), {}),
      effect('sandbox.channel-post', { channel: '#hot', text: 'older kind' }, { lineId: 'x' }),
      effect('hubspot.create-note', { contactId: '1', text: 'not for here' }, {}),
      {
        ...{ pk: { S: 'case#two' }, sk: { S: 'card#r1' } },
        card: text({
          channel: '#sales',
          title: 'Send it?',
          lines: ['to Hanna'],
          link: 'http://x/r/1',
          shownAtMs: 9e12,
        }),
      },
    ]);
    expect(await read('/channels')).toMatchObject([
      { channel: '#sales', kind: 'question', text: 'Send it?\nto Hanna', link: 'http://x/r/1' },
      { channel: '#hot', text: 'older kind' },
      { channel: '#sales', text: 'second', isDeleted: true },
      { channel: '#sales', text: 'first, again', isChanged: true, isDeleted: false },
    ]);
    const page = await pageOf(read, '/channels/');
    expect(page).toContain('first, again (edited)');
    expect(page).toContain('<del>second</del>');
    expect(page).toContain('href="http://x/r/1"');
    expect(page).not.toContain('not for here');
  });

  it('show what strangers wrote as text', async () => {
    const page = await pageOf(surface([post('1', '<img src=x onerror=alert(1)>')]), '/channels/');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toContain('<img');
  });

  it.each([
    [{}, 'No workflow of this stack uses Slack itself'],
    [{ 'remit/connector/slack': '{"unused":"abc"}' }, 'is not set: this sandbox stands in for Slack'],
    [{ 'remit/connector/slack': '' }, 'is not set: this sandbox stands in for Slack'],
    [{ 'remit/connector/slack': '{"botToken":"xoxb"}' }, 'is set: agents reach Slack itself'],
  ])('say with the secrets %j whether they stand in for Slack', async (secrets, sentence) => {
    expect(await pageOf(surface([], secrets), '/channels/')).toContain(sentence);
  });
});

describe('the CRM', () => {
  it('shows each person with what agents did about them', async () => {
    const contact = { email: 'Hanna@shop.example', name: 'Hanna', recordId: 'sandbox-hanna' };
    const read = surface([
      record('hubspot-contact', 'hanna@shop.example', contact),
      record('crm', 'ben@b.example', { email: 'ben@b.example', tag: 'hot', changedAtMs: 0 }),
      record('weather', 'berlin', { rain: true }),
      effect('hubspot.upsert-contact', contact, { recordId: 'sandbox-hanna' }),
      effect('hubspot.create-note', { contactId: 'sandbox-hanna', text: 'Called' }, { recordId: 'n1' }),
      effect('hubspot.create-note', { contactId: 'sandbox-hanna', text: 'Wrong' }, { recordId: 'n2' }),
      effect('hubspot.archive-record', { kind: 'notes', recordId: 'n2' }, { recordId: 'n2' }),
      effect('hubspot.create-deal', { contactId: 'sandbox-hanna', name: 'Roof', stage: 'new' }, { recordId: 'd1' }),
    ]);
    expect(await read('/crm')).toMatchObject([
      {
        email: 'hanna@shop.example',
        notes: ['Called'],
        deals: [{ name: 'Roof' }],
        doneBy: [{}, {}, {}, { connector: 'hubspot.upsert-contact', caseId: 'case-one-of-two' }],
      },
      { email: 'ben@b.example', notes: [], deals: [], doneBy: [] },
    ]);
    const page = await pageOf(read, '/crm/');
    expect(page).toContain('CRM (2)');
    expect(page).toContain('Note: Called');
    expect(page).toContain('1970-01-01T00:00:00.000Z');
    expect(page).not.toContain('Wrong');
  });
});

describe('what agents did', () => {
  it('is shown newest first, whatever the connector', async () => {
    const read = surface([
      effect('http.refund', { order: '<b>1</b>' }, { id: 1 }),
      effect('mcp.tracker.create', {}, {}),
    ]);
    const page = await pageOf(read, '/effects/');
    expect(page.indexOf('mcp.tracker.create')).toBeLessThan(page.indexOf('http.refund'));
    expect(page).toContain('&lt;b&gt;1&lt;/b&gt;');
  });

  it('is nothing at first', async () => {
    for (const path of ['/effects/', '/channels/', '/crm/']) expect(await pageOf(surface([]), path)).toMatch(/yet\./);
  });
});
