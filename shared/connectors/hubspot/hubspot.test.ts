import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { attackFile } from '../../../test/support/attacks.ts';
import { connectorWorld, KEY, outcomeOf } from '../../../test/support/connector-world.ts';
import { type FakeHubspot, HUBSPOT_TOKEN, startFakeHubspot } from '../../../test/support/fake-hubspot.ts';
import type { VendorFault } from '../../../test/support/fake-vendor.ts';
import {
  archiveHubspotRecord,
  createHubspotDeal,
  createHubspotNote,
  hubspotContact,
  hubspotDeals,
  moveHubspotDeal,
  upsertHubspotContact,
} from '../definitions.ts';

let hubspot: FakeHubspot;
beforeEach(async () => {
  hubspot = await startFakeHubspot();
});
afterEach(() => hubspot.stop());

const hurried = <C extends { timeoutMs: number }>(connector: C): C => ({ ...connector, rate: null, timeoutMs: 2_500 });

const world = (token: string | null = HUBSPOT_TOKEN) =>
  connectorWorld({
    sources: [hubspotContact, hubspotDeals].map(hurried),
    actions: [upsertHubspotContact, createHubspotNote, createHubspotDeal, moveHubspotDeal, archiveHubspotRecord].map(
      hurried,
    ),
    web: hubspot.web,
    ...(token === null ? {} : { secrets: { hubspot: { accessToken: token } } }),
  });

const PERSON = { email: 'Hanna@Shop.example', name: 'Hanna de Vries', company: 'Shop', title: 'CFO', stage: 'lead' };
const upsert = (change: object = {}) =>
  world().effects.perform('hubspot.upsert-contact', { ...PERSON, ...change }, KEY);
const note = (text = 'Called today') =>
  world().effects.perform('hubspot.create-note', { contactId: '1001', text }, KEY);
const read = async (email: string, token: string | null = HUBSPOT_TOKEN) =>
  hubspotContact.data.parse(await world(token).sources.read('hubspot.contact', { email }, { workflow: 'w' }));

describe('a contact of HubSpot', () => {
  it('is not found before it is there, and then with what was written', async () => {
    expect(await read(PERSON.email)).toMatchObject({ found: false, contactId: null });
    const { recordId } = upsertHubspotContact.result.parse(await upsert());
    expect(await read('hanna@shop.example')).toEqual({
      ...{ found: true, contactId: recordId, name: 'Hanna de Vries', company: 'Shop', title: 'CFO', stage: 'lead' },
      lastContactedAt: null,
    });
  });

  it('stays one, however often it is written', async () => {
    const first = await upsert();
    expect(await upsert({ stage: 'opportunity' })).toEqual(first);
    expect(hubspot.contacts).toHaveLength(1);
    expect(hubspot.contacts[0]?.properties['lifecyclestage']).toBe('opportunity');
  });

  it('stays one where the answer to the first try was lost', async () => {
    hubspot.script('dropped-after');
    expect(await outcomeOf(upsert())).toBe('unsure');
    expect(upsertHubspotContact.idempotency).toBe('key');
    expect(await outcomeOf(upsert())).toBe('done');
    expect(hubspot.contacts).toHaveLength(1);
  });
});

describe('a note in HubSpot', () => {
  const FAULTS: readonly [VendorFault, outcome: string, notes: number][] = [
    ['too-many', 'done', 1],
    ['far-too-many', 'passing', 0],
    ['fault-before', 'unsure', 0],
    ['fault-after', 'unsure', 1],
    ['dropped-after', 'unsure', 1],
    ['hangs-after', 'unsure', 1],
    ['page-after', 'unsure', 1],
    ['not-allowed', 'refused', 0],
  ];
  it.each(FAULTS)('that meets %s is %s, with %i notes there', async (fault, outcome, notes) => {
    hubspot.script(fault);
    expect(await outcomeOf(note())).toBe(outcome);
    expect(hubspot.notes).toHaveLength(notes);
  });

  it('knows no key, so nothing repeats it blindly', () => {
    expect(createHubspotNote.idempotency).toBe('none');
  });

  it('is refused for good with a token that is not known', async () => {
    expect(
      await outcomeOf(world('old').effects.perform('hubspot.create-note', { contactId: '1', text: 'x' }, KEY)),
    ).toBe('refused');
  });
});

describe('a deal in HubSpot', () => {
  it('is opened, found, moved and archived', async () => {
    const { effects, sources } = world();
    const deals = async () =>
      hubspotDeals.data.parse(await sources.read('hubspot.deals', { contactId: '1001' }, { workflow: 'w' }));
    expect(await deals()).toEqual({ total: 0, deals: [] });
    const deal = { contactId: '1001', name: 'Solar roof', pipeline: 'default', stage: 'qualified', amount: '1200.50' };
    const { recordId } = createHubspotDeal.result.parse(await effects.perform('hubspot.create-deal', deal, KEY));
    await effects.perform('hubspot.move-deal', { dealId: recordId, stage: 'won' }, KEY);
    expect(await deals()).toEqual({
      ...{ total: 1, deals: [{ dealId: recordId, name: 'Solar roof', stage: 'won', amount: '1200.50' }] },
    });
    for (let times = 0; times < 2; times += 1) {
      await effects.perform('hubspot.archive-record', { kind: 'deals', recordId }, KEY);
    }
    expect(await deals()).toEqual({ total: 0, deals: [] });
  });

  it('is refused for good where there is none of that id', async () => {
    const move = world().effects.perform('hubspot.move-deal', { dealId: '9', stage: 'won' }, KEY);
    expect(await outcomeOf(move)).toBe('refused');
  });
});

describe('reading HubSpot', () => {
  it('says for how long it is asked to wait', async () => {
    hubspot.script('far-too-many');
    await expect(read(PERSON.email)).rejects.toMatchObject({ isPassing: true, retryAfterMs: 3_600_000 });
  });

  it.each([
    ['fault-before', true],
    ['dropped-before', true],
    ['not-allowed', false],
  ] as const)('says after %s whether another try may help: %j', async (fault, isPassing) => {
    hubspot.script(fault);
    await expect(read(PERSON.email)).rejects.toMatchObject({ name: 'ReadError', isPassing });
  });
});

describe('the stand-in of HubSpot', () => {
  it('knows what was written to it, and says where it stands', async () => {
    const { effects, sources } = world(null);
    const written = upsertHubspotContact.result.parse(await effects.perform('hubspot.upsert-contact', PERSON, KEY));
    expect(written.in).toBe('sandbox');
    const found = await sources.read('hubspot.contact', { email: PERSON.email }, { workflow: 'w' });
    expect(found).toMatchObject({ found: true, contactId: written.recordId, name: 'Hanna de Vries', stage: 'lead' });
    const deal = { contactId: written.recordId, name: 'Roof', pipeline: 'p', stage: 's', amount: null };
    await effects.perform('hubspot.create-deal', deal, { ...KEY, idempotencyKey: 'c1.deal#2' });
    expect(await sources.read('hubspot.deals', { contactId: written.recordId }, { workflow: 'w' })).toMatchObject({
      ...{ total: 1, deals: [{ name: 'Roof', stage: 's' }] },
    });
    expect(hubspot.seen).toEqual([]);
  });
});

const Rows = z.array(z.object({ name: z.string(), html: z.string().nullable() }));
const file = attackFile('own/email-html-cases.json');
const rows = file === null ? [] : Rows.parse(file).flatMap(({ name, html }) => (html === null ? [] : [[name, html]]));

describe.skipIf(file === null)('HTML of strangers', () => {
  it.each(rows)('stays text in a note: %s', async (_name, html = '') => {
    await note(`They wrote:\n${html}`);
    const body = String(hubspot.notes[0]?.properties['hs_note_body']);
    expect(body.replaceAll('<br>', '')).not.toMatch(/[<>"']/);
    const shown = body
      .replaceAll('<br>', '\n')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    expect(shown).toBe(`They wrote:\n${html}`);
  });

  it.each(rows)('goes out in a mail as text alone: %s', async (_name, html = '') => {
    const { effects, mailer } = connectorWorld({ actions: [(await import('../definitions.ts')).sendMail] });
    await effects.perform('mail.send', { to: 'a@b.example', bcc: [], subject: 'Hello', text: html }, KEY);
    expect(mailer.sent).toMatchObject([{ to: ['a@b.example'], bcc: [], subject: 'Hello', text: html, html: null }]);
  });
});
