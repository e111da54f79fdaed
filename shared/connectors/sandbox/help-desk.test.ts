import { describe, expect, it } from 'vitest';
import { effectsAtHand, sourcesAtHand } from '../../../test/support/bind-at-hand.ts';
import { noObjects } from '../../../test/support/connector-world.ts';
import { MemoryClock } from '../../../test/support/memory-clock.ts';
import { MemoryMailer } from '../../../test/support/memory-mailer.ts';
import { MemorySandbox } from '../../../test/support/memory-sandbox.ts';
import type { ActionConnector, SourceConnector } from '../../authoring/index.ts';
import * as definitions from '../definitions.ts';
import {
  closeBug,
  openBug,
  pageOnCall,
  replyToTicket,
  setTicketFields,
  ticketHistory,
  withdrawReply,
} from '../definitions.ts';

const DAY_MS = 86_400_000;
const REPLY = { ticketId: 'T-1', to: 'Anna@shop.example', text: 'Words', cites: ['tax'] };

const NOWHERE = {
  web: { send: () => Promise.reject(new Error('the sandbox reaches nothing')) },
  secrets: { read: async () => null },
  bus: { put: async () => 'event-1' },
  assets: { read: async () => null },
  replies: {
    of: async () => ({ replyTo: 'support+tag@in.example', reference: '<tag@in.example>', footLine: 'Ref: R-X' }),
  },
  objects: noObjects,
};

/** Other things than connectors are defined beside them: what makes one, and names. */
function isConnector(one: unknown): one is ActionConnector | SourceConnector {
  return typeof one === 'object' && one !== null && 'kind' in one && 'id' in one;
}

function setUp() {
  const ports = { sandbox: new MemorySandbox(), clock: new MemoryClock(), mailer: new MemoryMailer(), ...NOWHERE };
  const sources = sourcesAtHand({ ...ports, connectorsOf: () => [ticketHistory] });
  const effects = effectsAtHand({
    ...ports,
    connectorsOf: () => [replyToTicket, withdrawReply, setTicketFields, openBug, closeBug, pageOnCall],
  });
  const history = async (email: string, ticketId = 'T-1') =>
    ticketHistory.data.parse(await sources.read('sandbox.help-desk-history', { email, ticketId }, { workflow: 'w' }));
  const perform = (id: string, args: Parameters<typeof effects.perform>[1], idempotencyKey = id) =>
    effects.perform(id, args, { idempotencyKey, caseId: 'c1', workflow: 'w' });
  return { ...ports, history, perform };
}

describe('the help desk of the sandbox', () => {
  it('knows when somebody was replied to, until the reply is withdrawn', async () => {
    const { history, perform, clock } = setUp();
    expect(await history('anna@shop.example')).toEqual({ repliedBefore: false, lastReplyDays: null, said: [] });
    const result = await perform('sandbox.help-desk-reply', REPLY);
    expect(replyToTicket.result.parse(result)).toEqual({ replyId: 'sandbox.help-desk-reply' });
    clock.advance(3 * DAY_MS - 1);
    expect(await history('ANNA@shop.example')).toEqual({
      ...{ repliedBefore: true, lastReplyDays: 2 },
      said: [{ text: 'Words', on: new Date(clock.nowMs() - 3 * DAY_MS + 1).toISOString().slice(0, 10) }],
    });
    expect(await history('anna@shop.example', 'T-2')).toMatchObject({ repliedBefore: true, said: [] });
    await perform('sandbox.help-desk-withdraw-reply', { ticketId: 'T-1', to: 'anna@shop.example' });
    expect(await history('anna@shop.example')).toEqual({ repliedBefore: false, lastReplyDays: null, said: [] });
  });

  it('notes the mail that it would have sent, with the address that an answer comes to', async () => {
    const { perform, sandbox } = setUp();
    await perform('sandbox.help-desk-reply', REPLY);
    await perform('sandbox.help-desk-reply', REPLY);
    expect(sandbox.effects.map(({ mail }) => mail)).toEqual([
      {
        ...{ from: 'Help desk <noreply@help-desk.example>', to: 'Anna@shop.example', subject: 'Re: your ticket T-1' },
        ...{ text: 'Words\n\nRef: R-X\n', replyTo: 'support+tag@in.example', reference: '<tag@in.example>' },
      },
    ]);
  });

  it('keeps the fields of a ticket', async () => {
    const { perform, sandbox } = setUp();
    const fields = { ticketId: 'T-1', kind: 'bug', team: 'engineering', priority: 'high' };
    expect(setTicketFields.result.parse(await perform('sandbox.help-desk-set-fields', fields))).toEqual({
      ticketId: 'T-1',
    });
    expect(sandbox.records.get('ticket/T-1')).toMatchObject(fields);
  });

  it('takes no reply that cites nothing', () => {
    expect(replyToTicket.arguments.safeParse({ ...REPLY, cites: [] }).success).toBe(false);
  });

  it('opens a bug and closes it again', async () => {
    const { perform, sandbox } = setUp();
    const bug = { ticketId: 'T-1', title: 'Broken', text: 'It is.', priority: 'normal' };
    expect(openBug.result.parse(await perform('sandbox.tracker-open-bug', bug))).toEqual({ bugId: 'bug-T-1' });
    await perform('sandbox.tracker-close-bug', { bugId: 'bug-T-1' });
    expect(sandbox.records.get('bug/bug-T-1')).toEqual({ state: 'closed' });
  });

  it('pages once for a key, and cannot take that back', async () => {
    const { perform, sandbox } = setUp();
    const page = { rota: 'engineering', text: 'Down' };
    await perform('sandbox.pager-page', page, 'k');
    expect(pageOnCall.result.parse(await perform('sandbox.pager-page', page, 'k'))).toEqual({ pageId: 'k' });
    expect(sandbox.effects).toHaveLength(1);
    expect(pageOnCall.effect).toBe('irreversible');
  });
});

describe('every connector that a workflow may name', () => {
  it('is bound to something that does it', async () => {
    const ports = { sandbox: new MemorySandbox(), clock: new MemoryClock(), mailer: new MemoryMailer(), ...NOWHERE };
    const named: readonly unknown[] = Object.values(definitions);
    const connectors = named.filter(isConnector);
    const sources = sourcesAtHand({ ...ports, connectorsOf: () => connectors.filter((one) => one.kind === 'source') });
    const effects = effectsAtHand({ ...ports, connectorsOf: () => connectors.filter((one) => one.kind === 'action') });
    expect(connectors.length).toBeGreaterThan(20);
    for (const { kind, id } of connectors) {
      const call =
        kind === 'source'
          ? sources.read(id, {}, { workflow: 'w' })
          : effects.perform(id, {}, { idempotencyKey: id, caseId: 'c', workflow: 'w' });
      const problem = await call.then(
        () => '',
        (error: unknown) => String(error),
      );
      expect(problem).not.toContain('There is no connector');
    }
  });
});
