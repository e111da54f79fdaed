import { describe, expect, it } from 'vitest';
import { CASE_ID, LEAD } from '../../../test/support/lead-case.ts';
import { aCase, anAction } from '../../../test/support/stored-examples.ts';
import { CaseId } from '../../contracts/index.ts';
import { EMPTY_LEDGER } from '../../domain/ledger.ts';
import type { MailReceipt } from '../../domain/mail/receipt.ts';
import { replyTag } from '../../domain/mail/reply-tag.ts';
import { KEY, LEAD_MAIL, MAIL, mailTo, reply, TAG, world } from './testing/answered-lead.ts';

describe('an answer of whoever was written to', () => {
  it('tells its trigger what it answers, and of that case what the trigger asks for', async () => {
    const { arrives, first } = world();
    await arrives(reply());
    expect(first()).toMatchObject({
      ...{ workflow: 'lead-follow-up', trigger: 'reply-by-mail', causedBy: { caseId: CASE_ID, actionId: MAIL } },
      eventId: expect.stringMatching(new RegExp(`^reply/${CASE_ID}\\.${MAIL}/[0-9a-f]{32}$`)),
      body: {
        doubts: [],
        mail: { text: 'Yes, on Monday.', to: 'replies@in.example' },
        answers: {
          ...{ caseId: CASE_ID, workflow: 'lead-qualification', action: 'send-meeting-mail', actionId: MAIL },
          ...{ input: { name: LEAD.name, company: LEAD.company, reminders: 0 }, sentOn: '2026-03-02' },
        },
      },
    });
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'its References, where the program knows no Reply-To',
      { References: `<${TAG}@in.example> <x@ses.example>` },
      'replies@in.example',
    ],
    ['its References, where it goes to the sender', { References: `<${TAG}@in.example>` }, 'agents@in.example'],
    ['its In-Reply-To', { 'In-Reply-To': `<${TAG}@in.example>` }, 'replies@in.example'],
    ['its address in capitals', {}, `Replies+${TAG.toUpperCase()}@IN.example`],
  ])('is found by %s', async (_what, headers, to) => {
    const { arrives, first } = world();
    await arrives(reply(headers), { recipients: [to] });
    expect(first()).toMatchObject({
      ...{ workflow: 'lead-follow-up', trigger: 'reply-by-mail' },
      body: { doubts: [], answers: { caseId: CASE_ID, actionId: MAIL } },
    });
  });

  it('to an answer finds the nearest of the two mails', async () => {
    const later = CaseId.parse('e'.repeat(32));
    const { arrives, first, replies } = world();
    const booking = anAction(later, 'send-booking-mail#1', {
      action: 'send-booking-mail',
      state: 'done',
      arguments: mailTo(LEAD_MAIL),
    });
    const input = { name: 'Hanna', email: LEAD_MAIL, company: 'Shop', reminders: 2 };
    const head = { ...aCase({ id: later, workflow: 'lead-follow-up', input }), ledger: EMPTY_LEDGER };
    replies.cases.set(later, { case: head, actions: [booking] });
    const references = `<${TAG}@in.example> <r1@shop.example> <${replyTag(KEY, later, booking.id)}@in.example>`;
    await arrives(reply({ References: references }), { recipients: ['replies@in.example'] });
    expect(first()).toMatchObject({ body: { doubts: [], answers: { caseId: later, input: { reminders: 2 } } } });
  });

  it('sent once more, under whatever id, is the same event', async () => {
    const { arrives, intake } = world();
    await arrives(reply());
    await arrives(reply());
    await arrives(reply({ 'Message-ID': '<other@evil.example>', 'X-Trace': 'again' }), {
      timestamp: '2026-03-05T08:00:00Z',
    });
    await arrives(reply({ Date: 'Tue, 03 Mar 2026 07:59:00 +0000' }));
    expect(new Set(intake.triggers.map(({ eventId }) => eventId)).size).toBe(2);
    expect(intake.triggers[2]?.eventId).toBe(intake.triggers[0]?.eventId);
    expect(intake.triggers[2]?.body).toMatchObject({ answers: { sentOn: '2026-03-02' } });
  });

  it('says that it was sent tomorrow, and counts as of the day on which it came', async () => {
    const { arrives, first } = world();
    await arrives(reply({ Date: 'Mon, 02 Mar 2099 07:59:00 +0000' }));
    expect(first()?.body).toMatchObject({ answers: { sentOn: '2026-03-02' } });
  });

  it('to a mail that a person has taken back is one still', async () => {
    const { arrives, first } = world({ action: { state: 'taken-back' } });
    await arrives(reply());
    expect(first()?.body).toMatchObject({ doubts: [], answers: { actionId: MAIL } });
  });
});

describe('a mail that is not to be believed', () => {
  const OTHER = CaseId.parse('d'.repeat(32));
  const fake = (tag: string) => ({ recipients: [`replies+${tag}@in.example`] });
  const FAIL = { status: 'FAIL' } as const;
  const rows: readonly (readonly [
    what: string,
    mail: string,
    receipt: Partial<MailReceipt>,
    changes: Parameters<typeof world>[0],
    doubt: RegExp,
    isCause: boolean,
  ])[] = [
    ['a tag that somebody made up', reply(), fake('a'.repeat(48)), {}, /no such thing/, false],
    ['a tag under another key', reply(), fake(replyTag('else', CASE_ID, MAIL)), {}, /no such thing/, false],
    [
      'a true tag with a letter changed',
      reply(),
      fake(`${TAG.slice(0, -1)}${TAG.endsWith('a') ? 'b' : 'a'}`),
      {},
      /no such thing/,
      false,
    ],
    [
      'a made-up tag in References',
      reply({ References: `<${'b'.repeat(48)}@in.example>` }),
      { recipients: ['replies@in.example'] },
      {},
      /no such thing/,
      false,
    ],
    ['the tag of a case that there is not', reply(), fake(replyTag(KEY, OTHER, MAIL)), {}, /no such thing/, false],
    [
      'the tag of an action that there is not',
      reply(),
      fake(replyTag(KEY, CASE_ID, 'send-meeting-mail#9')),
      {},
      /no such thing/,
      false,
    ],
    ['the tag of an action that was refused', reply(), {}, { action: { state: 'refused' } }, /no such thing/, false],
    [
      'the tag of an action that still waits for a yes',
      reply(),
      {},
      { action: { state: 'asked' } },
      /no such thing/,
      false,
    ],
    [
      'the tag of an action that wrote to nobody',
      reply(),
      fake(replyTag(KEY, CASE_ID, 'create-crm-record#2')),
      {},
      /no such thing/,
      false,
    ],
    ['a true tag from somebody else', reply({ From: 'Eve <eve@other.example>' }), {}, {}, /another address/, true],
    [
      'a true tag from the same house',
      reply({ From: 'Colleague <colleague@shop.example>' }),
      {},
      {},
      /another address/,
      true,
    ],
    [
      'a true tag in the name of whoever was written to',
      reply(),
      { dmarc: FAIL, spf: FAIL, dkim: FAIL },
      {},
      /not proved/,
      true,
    ],
    ['a true tag with a virus', reply(), { virus: FAIL }, {}, /virus/, true],
    ['two senders', reply({ From: `${LEAD_MAIL}\r\nFrom: eve@other.example` }), {}, {}, /two senders/, true],
    ['the tag of an erased case', reply(), {}, { case: { erasedAtMs: 1 } }, /not known any more/, true],
    [
      'the tag of an action whose arguments are gone',
      reply(),
      {},
      { action: { arguments: { erased: true } } },
      /not known any more/,
      true,
    ],
    [
      'the tag of a case that does not hold what is asked for',
      reply(),
      {},
      { case: { input: { name: 'Hanna' } } },
      /does not hold/,
      true,
    ],
  ];

  it.each(rows)(
    '%s goes to a person, and tells no agent what it answers',
    async (_what, mail, receipt, changes, doubt, isCause) => {
      const { arrives, intake, mailer } = world(changes);
      await arrives(mail, receipt);
      expect(intake.triggers).toHaveLength(1);
      const [trigger] = intake.triggers;
      expect(trigger?.body).toMatchObject({
        answers: null,
        doubts: expect.arrayContaining([expect.stringMatching(doubt)]),
      });
      expect(trigger?.causedBy).toEqual(isCause ? { caseId: CASE_ID, actionId: MAIL } : undefined);
      expect(mailer.sent).toEqual([]);
    },
  );

  it('is counted, so that somebody hears of many', async () => {
    const { arrives, telemetry } = world();
    await arrives(reply(), fake('a'.repeat(48)));
    await arrives(reply({ From: 'Eve <eve@other.example>' }));
    expect(telemetry.sum('RepliesDoubted')).toBe(2);
  });

  it('names a thousand false tags, and is looked up once', async () => {
    const { arrives, first, replies } = world();
    const many = Array.from({ length: 1_000 }, (_, at) => `<${replyTag('else', CASE_ID, `a#${at}`)}@in.example>`);
    await arrives(reply({ References: [`<${TAG}@in.example>`, ...many].join('\r\n ') }), {
      recipients: ['replies@in.example'],
    });
    expect(first()?.body).toMatchObject({ doubts: [], answers: { caseId: CASE_ID } });
    expect(replies.lookUps).toBe(1);
  });
});

describe('what is no answer', () => {
  it('is looked up nowhere', async () => {
    const { arrives, first, replies } = world();
    await arrives(reply({ References: '<m1@shop.example>' }), { recipients: ['support+urgent@in.example'] });
    expect(first()).toMatchObject({ workflow: 'support-triage', body: { doubts: [], answers: null } });
    expect([first()?.causedBy, replies.lookUps]).toEqual([undefined, 0]);
  });

  it('of a machine starts nothing, whatever it names', async () => {
    const { arrives, intake, telemetry, replies } = world();
    await arrives(reply({ 'Auto-Submitted': 'auto-replied' }));
    await arrives(reply({}, 'bounced'), { source: '' });
    expect([intake.triggers, telemetry.sum('MailsStopped'), replies.lookUps]).toEqual([[], 2, 0]);
  });

  it('names the mail of another team on purpose, and goes to whom it is addressed', async () => {
    const { arrives, first } = world();
    await arrives(reply({ References: `<${TAG}@in.example>` }), { recipients: ['support@in.example'] });
    expect(first()).toMatchObject({ workflow: 'support-triage', body: { doubts: [], answers: null } });
    expect(first()?.causedBy).toBeUndefined();
  });

  it('has the tag of one team in the address of another, which nobody was told', async () => {
    const { arrives, first } = world();
    await arrives(reply(), { recipients: [`support+${TAG}@in.example`] });
    expect(first()).toMatchObject({
      workflow: 'support-triage',
      body: { doubts: [expect.stringMatching(/no such thing/)] },
    });
  });
});
