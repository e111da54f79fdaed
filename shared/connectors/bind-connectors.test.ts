import { describe, expect, it } from 'vitest';
import { effectsAtHand, sourcesAtHand } from '../../test/support/bind-at-hand.ts';
import { noObjects } from '../../test/support/connector-world.ts';
import { MemoryClock } from '../../test/support/memory-clock.ts';
import { MemoryMailer } from '../../test/support/memory-mailer.ts';
import { NO_REPLIES } from '../../test/support/memory-replies.ts';
import { MemorySandbox } from '../../test/support/memory-sandbox.ts';
import {
  addToList,
  companyDirectory,
  createCrmRecord,
  crmHistory,
  postToChannel,
  professionalProfile,
  sendMail,
} from './definitions.ts';

const DAY_MS = 86_400_000;
const CONTEXT = { idempotencyKey: 'c1.a#1', caseId: 'c1', workflow: 'w' };

function setUp(world: unknown = {}) {
  const sandbox = new MemorySandbox();
  const mailer = new MemoryMailer();
  const clock = new MemoryClock();
  let isDown = false;
  const assets = {
    read: async () => {
      if (isDown) throw new Error('disk is busy');
      return new TextEncoder().encode(JSON.stringify(world));
    },
  };
  const nowhere = { send: () => Promise.reject(new Error('the sandbox reaches nothing')) };
  const outside = { sandbox, clock, web: nowhere, secrets: { read: async () => null }, objects: noObjects };
  return {
    ...{ sandbox, mailer, clock },
    sources: sourcesAtHand({
      ...outside,
      assets,
      connectorsOf: () => [companyDirectory, professionalProfile, crmHistory],
    }),
    effects: effectsAtHand({
      ...{ ...outside, mailer, bus: { put: async () => 'event-1' }, replies: NO_REPLIES },
      connectorsOf: () => [addToList, createCrmRecord, postToChannel, sendMail],
    }),
    setDown: (down: boolean) => {
      isDown = down;
    },
  };
}

describe('the CRM of the sandbox', () => {
  const read = async ({ sources }: ReturnType<typeof setUp>, email: string) =>
    crmHistory.data.parse(await sources.read('sandbox.crm-history', { email }, { workflow: 'w' }));
  const record = { name: 'A', company: 'B', title: 'C', tag: 'hot', score: 9 };

  it('knows nothing of a stranger', async () => {
    expect(await read(setUp(), 'a@b.example')).toEqual({
      stage: 'none',
      contactedBefore: false,
      lastContactDays: null,
    });
  });

  it('knows a record that was created, by whole days since', async () => {
    const world = setUp();
    const args = { ...record, email: 'Hanna@Shop.example' };
    const result = await world.effects.perform('sandbox.crm-create-record', args, CONTEXT);
    expect(createCrmRecord.result.parse(result)).toEqual({ recordId: 'crm-hanna@shop.example' });
    world.clock.advance(2 * DAY_MS - 1);
    expect(await read(world, 'HANNA@shop.example')).toEqual({
      stage: 'open',
      contactedBefore: true,
      lastContactDays: 1,
    });
  });

  it('performs a key once, whatever comes with it', async () => {
    const { effects, sandbox } = setUp();
    const first = await effects.perform(
      'sandbox.crm-add-to-list',
      { email: 'a@b.example', list: 'newsletter' },
      CONTEXT,
    );
    const again = await effects.perform(
      'sandbox.crm-add-to-list',
      { email: 'x@y.example', list: 'nurture-sequence' },
      CONTEXT,
    );
    expect(addToList.result.parse(again)).toEqual(first);
    expect(sandbox.effects).toHaveLength(1);
  });

  it('lists leads that were left open, with the fields of a lead', async () => {
    const { sources, sandbox } = setUp();
    sandbox.records.set('crm/a@b.example', { onList: 'open-leads', name: 'A', email: 'a@b.example', secret: 'x' });
    expect(await sources.list('sandbox.crm', 'open-leads')).toEqual([
      { name: 'A', email: 'a@b.example', company: null, title: null, message: '' },
    ]);
  });
});

describe('the directory of the sandbox', () => {
  it('finds companies by domain and people by address, and says so of others', async () => {
    const { sources } = setUp({
      companies: { 'b.example': { employees: 5 } },
      profiles: { 'a@b.example': { seniority: 'Head' } },
    });
    const company = async (domain: string) =>
      companyDirectory.data.parse(await sources.read('sandbox.company-directory', { domain }, { workflow: 'found' }));
    const profile = async (email: string) =>
      professionalProfile.data.parse(
        await sources.read('sandbox.professional-profile', { email }, { workflow: 'found' }),
      );
    expect(await company('b.example')).toMatchObject({ found: true, employees: 5 });
    expect(await company('constructor')).toMatchObject({ found: false, employees: null });
    expect(await profile('a@b.example')).toMatchObject({ found: true, seniority: 'Head' });
    expect(await profile('toString')).toMatchObject({ found: false, seniority: null });
  });

  it('is read again after it could not be read', async () => {
    const { sources, setDown } = setUp({ companies: { 'b.example': {} }, profiles: {} });
    const read = () => sources.read('sandbox.company-directory', { domain: 'b.example' }, { workflow: 'flaky' });
    setDown(true);
    await expect(read()).rejects.toThrow('disk is busy');
    setDown(false);
    expect(await read()).toMatchObject({ found: true });
  });
});

describe('actions', () => {
  it('post a line with its key, once', async () => {
    const { effects, sandbox } = setUp();
    const args = { channel: '#sales-hot', text: 'Hanna' };
    const result = await effects.perform('sandbox.channel-post', args, CONTEXT);
    expect(postToChannel.result.parse(result)).toEqual({ lineId: 'c1.a#1' });
    expect(sandbox.effects).toEqual([
      expect.objectContaining({ connector: 'sandbox.channel-post', arguments: args, record: null }),
    ]);
  });

  it('send exactly the mail that they are given, to one address', async () => {
    const { effects, mailer } = setUp();
    const args = { to: 'a@b.example', bcc: ['s@r.example'], subject: 'Hello', text: 'Words' };
    expect(sendMail.result.parse(await effects.perform('mail.send', args, CONTEXT))).toEqual({ messageId: 'mail-1' });
    const written = { replyTo: null, reference: null, footLine: null };
    expect(mailer.sent).toEqual([{ ...args, to: ['a@b.example'], html: null, written }]);
  });

  it.each([
    ['two addresses in one', { to: 'a@b.example,c@d.example' }],
    ['a subject of two lines', { subject: 'Hello\r\nBcc: x@y.example' }],
    ['a field more', { cc: ['x@y.example'] }],
    ['no text', { text: '' }],
  ])('send nothing with %s', async (_what, change) => {
    const { effects, mailer } = setUp();
    const args = { to: 'a@b.example', bcc: [], subject: 'Hello', text: 'Words', ...change };
    await expect(effects.perform('mail.send', args, CONTEXT)).rejects.toThrow(/"path"|expected/i);
    expect(mailer.sent).toEqual([]);
  });

  it('have one intent for one person, however the address is written', () => {
    const to = (address: string) => sendMail.intent({ to: address, bcc: [], subject: 'a', text: 'b' });
    expect(to('A@B.example')).toEqual(to('a@b.example'));
    expect(addToList.intent({ email: 'a@b.example', list: 'newsletter' })).not.toEqual(
      addToList.intent({ email: 'a@b.example', list: 'nurture-sequence' }),
    );
  });

  it('and sources that there are not are refused by name', async () => {
    const { effects, sources } = setUp();
    for (const id of ['mail.delete', 'constructor', 'toString']) {
      await expect(effects.perform(id, {}, CONTEXT)).rejects.toThrow(`There is no connector ${id}`);
      await expect(sources.read(id, {}, { workflow: 'w' })).rejects.toThrow(`There is no connector ${id}`);
    }
  });
});
