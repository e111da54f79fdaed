import { describe, expect, it } from 'vitest';
import { workflows } from '../../../agents/index.ts';
import { CASE_ID } from '../../../test/support/lead-case.ts';
import { MemoryClock } from '../../../test/support/memory-clock.ts';
import { MemoryReplyStore } from '../../../test/support/memory-replies.ts';
import { aCase, anAction } from '../../../test/support/stored-examples.ts';
import { CaseId } from '../../contracts/index.ts';
import { EMPTY_LEDGER } from '../../domain/ledger.ts';
import { footLine, REFERENCE_LASTS_MS, referenceTo, withFoot } from '../../domain/mail/quoted-reference.ts';
import type { MailReceipt } from '../../domain/mail/receipt.ts';
import { EffectError } from '../../ports/index.ts';
import { replyAddresses } from './reply-addresses.ts';
import { KEY, MAIL, mailTo, reply, world } from './testing/answered-lead.ts';

const OF_MAIL = { caseId: CASE_ID, actionId: MAIL };
const REFERENCE = referenceTo(KEY, OF_MAIL);
const SENT_AT_MS = Date.parse('2026-03-01T08:00:00Z');
const KEPT = { ...OF_MAIL, expiresAtMs: SENT_AT_MS + REFERENCE_LASTS_MS };
const OTHER = CaseId.parse('d'.repeat(32));

/** What programs make of our mail that know neither Reply-To nor References. */
const quoting = (...lines: readonly string[]) =>
  ['Yes, on Monday.', '', 'On Sunday, Remit wrote:', '> Hello', '>', ...lines.map((line) => `> ${line}`)].join('\r\n');
const TO_SENDER = { recipients: ['agents@in.example'] };

/** The outreach mail of a hot lead has been sent, and its reference is kept. */
function sentWorld(changes: Parameters<typeof world>[0] = {}) {
  const made = world(changes);
  made.replies.references.set(REFERENCE, KEPT);
  return made;
}

describe('a reference in a mail', () => {
  const KEY_AS_SENT = async () => KEY;

  it('is one quiet line at its foot, kept before the mail is sent and the same at every try', async () => {
    const [references, clock] = [new MemoryReplyStore(), new MemoryClock()];
    const addresses = replyAddresses({ workflows, domain: 'in.example', key: KEY_AS_SENT, references, clock });
    const action = { idempotencyKey: `${CASE_ID}.${MAIL}`, workflow: 'lead-qualification' };
    const first = await addresses.of(action);
    const keptAt = clock.nowMs();
    clock.advance(60_000);
    expect(await addresses.of(action)).toEqual(first);
    expect(first.footLine).toMatch(/^Ref: R(-[A-Z2-7]{4}){4}$/);
    expect(withFoot('Hello\nand bye\n', first.footLine)).toBe(`Hello\nand bye\n\n${first.footLine}\n`);
    expect([...references.references]).toEqual([[REFERENCE, { ...OF_MAIL, expiresAtMs: keptAt + REFERENCE_LASTS_MS }]]);
  });

  it('is left out where no workflow takes the answer, and where no mail comes in', async () => {
    const [references, clock] = [new MemoryReplyStore(), new MemoryClock()];
    const ports = { workflows, key: KEY_AS_SENT, references, clock };
    const action = { idempotencyKey: `${CASE_ID}.page-on-call#1`, workflow: 'support-triage' };
    const untaken = await replyAddresses({ ...ports, domain: 'in.example' }).of(action);
    expect(untaken).toMatchObject({ replyTo: null, footLine: null });
    const nowhere = replyAddresses({ ...ports, domain: null });
    const written = { idempotencyKey: `${CASE_ID}.${MAIL}`, workflow: 'lead-qualification' };
    expect(await nowhere.of(written)).toEqual({ replyTo: null, reference: null, footLine: null });
    expect([references.references.size, withFoot('Hello', null)]).toEqual([0, 'Hello']);
  });

  it('that cannot be kept stops the mail for another try', async () => {
    const broken = { keepReference: () => Promise.reject(new Error('throttled')) };
    const ports = { workflows, key: KEY_AS_SENT, references: broken, clock: new MemoryClock() };
    const sending = replyAddresses({ ...ports, domain: 'in.example' }).of({
      ...{ idempotencyKey: `${CASE_ID}.${MAIL}`, workflow: 'lead-qualification' },
    });
    await expect(sending).rejects.toThrow(EffectError);
    await expect(sending).rejects.toMatchObject({ isPassing: true });
  });
});

describe('an answer that names its mail by nothing but what it quotes', () => {
  it.each<[string, string, Partial<MailReceipt>]>([
    ['at the sender of the mail', reply({}, quoting(footLine(REFERENCE))), TO_SENDER],
    ['at the address of the trigger', reply({}, quoting(footLine(REFERENCE))), { recipients: ['replies@in.example'] }],
    ['in its subject', reply({ Subject: `AW: A time to talk? [${footLine(REFERENCE)}]` }), TO_SENDER],
    ['in small letters, twice', reply({}, quoting(footLine(REFERENCE).toLowerCase(), footLine(REFERENCE))), TO_SENDER],
    [
      'in HTML alone',
      reply({ 'Content-Type': 'text/html' }, `<p>Yes.</p><blockquote>Hello<br>${footLine(REFERENCE)}</blockquote>`),
      TO_SENDER,
    ],
    ['with names of strange mails', reply({ References: '<a@ses.example>' }, quoting(footLine(REFERENCE))), TO_SENDER],
  ])('is found %s', async (_where, mail, receipt) => {
    const { arrives, first } = sentWorld();
    await arrives(mail, receipt);
    expect(first()).toMatchObject({
      ...{ workflow: 'lead-follow-up', trigger: 'reply-by-mail', causedBy: OF_MAIL },
      body: { doubts: [], answers: { ...OF_MAIL, workflow: 'lead-qualification' } },
    });
  });

  it('goes by what its headers say where they say anything', async () => {
    const { arrives, first, replies } = sentWorld();
    const old = referenceTo(KEY, { caseId: OTHER, actionId: MAIL });
    await arrives(reply({}, quoting(footLine(old), footLine(REFERENCE))));
    expect(first()).toMatchObject({ body: { doubts: [], answers: OF_MAIL } });
    expect(replies.lookUps).toBe(1);
  });

  it('is looked up nowhere where it quotes nothing of the form', async () => {
    const { arrives, first, replies } = sentWorld();
    const near = [
      'Ref: R-ABCD-EFGH-IJKL',
      'XR-ABCD-EFGH-IJKL-MNOP',
      'R-ABCD-EFGH-IJKL-MNOP-QRST',
      'R-A1CD-EFGH-IJKL-MNOP',
    ];
    await arrives(reply({}, quoting(...near)), { recipients: ['replies@in.example'] });
    expect(first()).toMatchObject({ body: { doubts: [], answers: null } });
    expect(replies.lookUps).toBe(0);
  });
});

describe('a quoted reference that is not to be believed', () => {
  const TO_TRIGGER = { recipients: ['replies@in.example'] };
  const FAIL = { status: 'FAIL' } as const;
  const quotes = (...references: readonly string[]) => quoting(...references.map(footLine));
  const ours = quotes(REFERENCE);
  const late = { timestamp: new Date(KEPT.expiresAtMs).toISOString() };
  const madeUp = 'a'.repeat(16);
  const underOtherKey = referenceTo('else', OF_MAIL);
  const ofOther = referenceTo(KEY, { caseId: OTHER, actionId: MAIL });
  const ofNothing = referenceTo(KEY, { caseId: CASE_ID, actionId: 'create-crm-record#2' });

  const rows: readonly (readonly [
    what: string,
    mail: string,
    receipt: Partial<MailReceipt>,
    changes: Parameters<typeof world>[0],
    doubt: RegExp,
    isCause: boolean,
  ])[] = [
    ['one that somebody made up', reply({}, quotes(madeUp)), {}, {}, /no such thing/, false],
    ['one with a letter changed', reply({}, quotes(changed(REFERENCE))), {}, {}, /no such thing/, false],
    [
      'one that was written into the table without the key',
      reply({}, quotes(underOtherKey)),
      {},
      {},
      /no such thing/,
      false,
    ],
    ['one of an action that wrote to nobody', reply({}, quotes(ofNothing)), {}, {}, /no such thing/, false],
    ['one whose time is over', reply({}, ours), late, {}, /the time of it is over/, true],
    ['one of a case that wrote to somebody else', reply({}, quotes(ofOther)), {}, {}, /another address/, true],
    [
      'a true one from somebody else',
      reply({ From: 'Eve <eve@other.example>' }, ours),
      {},
      {},
      /another address/,
      true,
    ],
    ['a true one from the same house', reply({ From: 'C <c@shop.example>' }, ours), {}, {}, /another address/, true],
    [
      'a true one whose sender is not proved',
      reply({}, ours),
      { dmarc: FAIL, spf: FAIL, dkim: FAIL },
      {},
      /not proved/,
      true,
    ],
    ['a true one with a virus', reply({}, ours), { virus: FAIL }, {}, /virus/, true],
    ['a true one of an erased case', reply({}, ours), {}, { case: { erasedAtMs: 1 } }, /not known any more/, true],
    [
      'a true one of a mail that was never sent',
      reply({}, ours),
      {},
      { action: { state: 'refused' } },
      /no such thing/,
      false,
    ],
    ['two true ones', reply({}, quotes(REFERENCE, ofOther)), {}, {}, /two references/, true],
    ['a true one, and a made-up one after it', reply({}, quotes(REFERENCE, madeUp)), {}, {}, /two references/, true],
    ['a made-up one, and a true one after it', reply({}, quotes(madeUp, REFERENCE)), {}, {}, /no such thing/, false],
    [
      'a true one in the subject, and another one in the text',
      reply({ Subject: footLine(REFERENCE) }, quotes(ofOther)),
      ...([{}, {}, /two references/, true] as const),
    ],
    [
      'a true one below a false tag',
      reply({ References: `<${'b'.repeat(48)}@in.example>` }, ours),
      ...([{}, {}, /no such thing/, false] as const),
    ],
  ];

  it.each(rows)(
    '%s goes to a person, and tells no agent what it answers',
    async (_what, mail, receipt, changes, doubt, isCause) => {
      const { arrives, intake, replies, telemetry } = sentWorld(changes);
      const head = { ...aCase({ id: OTHER, input: {} }), ledger: EMPTY_LEDGER };
      const elsewhere = anAction(OTHER, MAIL, { state: 'done', arguments: mailTo('other@else.example') });
      replies.cases.set(OTHER, { case: head, actions: [elsewhere] });
      replies.references.set(ofOther, { ...KEPT, caseId: OTHER });
      replies.references.set(ofNothing, { ...KEPT, actionId: 'create-crm-record#2' });
      replies.references.set(underOtherKey, KEPT);
      await arrives(mail, { ...TO_TRIGGER, ...receipt });
      expect(intake.triggers).toHaveLength(1);
      const [trigger] = intake.triggers;
      expect(trigger?.body).toMatchObject({
        answers: null,
        doubts: expect.arrayContaining([expect.stringMatching(doubt)]),
      });
      expect(trigger?.causedBy !== undefined).toBe(isCause);
      expect(telemetry.sum('RepliesDoubted') + Number(receipt.dmarc === FAIL || receipt.virus === FAIL)).toBe(1);
    },
  );

  it('at the sender of our mails goes to whoever takes the answer, and starts nothing where there is no such thing', async () => {
    const { arrives, intake, telemetry } = sentWorld();
    await arrives(reply({ From: 'Eve <eve@other.example>' }, ours), TO_SENDER);
    await arrives(reply({}, quotes(madeUp)), TO_SENDER);
    expect(intake.triggers).toMatchObject([{ workflow: 'lead-follow-up', body: { answers: null }, causedBy: OF_MAIL }]);
    expect(telemetry.sum('RepliesNotTaken')).toBe(1);
  });

  it('of one team in a mail to another is no answer to that one', async () => {
    const { arrives, first } = sentWorld();
    await arrives(reply({}, ours), { recipients: ['support@in.example'] });
    expect(first()).toMatchObject({ workflow: 'support-triage', body: { doubts: [], answers: null } });
  });

  it('by the thousand is looked up once', async () => {
    const { arrives, first, replies } = sentWorld();
    const many = Array.from({ length: 1_000 }, (_, at) =>
      referenceTo('else', { caseId: CASE_ID, actionId: `a#${at}` }),
    );
    await arrives(reply({}, quotes(...many, REFERENCE)), TO_TRIGGER);
    expect(first()?.body).toMatchObject({ answers: null, doubts: [expect.stringMatching(/no such thing/)] });
    expect(replies.lookUps).toBe(1);
  });
});

function changed(reference: string): string {
  return `${reference.slice(0, -1)}${reference.endsWith('a') ? 'b' : 'a'}`;
}
