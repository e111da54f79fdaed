import { describe, expect, it } from 'vitest';
import type { Answered } from '../../shared/authoring/index.ts';
import type { InboundMail } from '../../shared/contracts/index.ts';
import { type Addressee, Conversation, conversationFrom, conversationFromMail } from './conversation.ts';

const BODY = {
  name: 'A',
  email: 'a@b.example',
  company: 'B',
  reply: 'Yes.',
  reminders: 1,
  silentDays: 2,
  today: '2026-03-02',
};

describe('a mail that a prospect answers', () => {
  const text = 'Yes.\n\nOn Mon, 2 March 2026 sales wrote:\n> Would you like to talk?';
  const mail = { ...{ text, from: { address: 'a@b.example', name: 'somebody' } } } as InboundMail;
  const answers = (action: string, reminders: number) => ({
    ...({ caseId: 'c'.repeat(32), workflow: 'lead-follow-up', actionId: `${action}#1` } as Answered<Addressee>),
    ...{ action, input: { name: 'A', company: 'B', reminders }, sentOn: '2026-03-02' },
  });

  it.each([
    ['send-meeting-mail', 0, 0],
    ['send-booking-mail', 1, 1],
    ['send-reminder', 1, 2],
  ])('to %s after %d reminders is a conversation of whom we wrote to, after %d', (action, before, reminders) => {
    expect(Conversation.parse(conversationFromMail(mail, answers(action, before)))).toEqual({
      ...{ name: 'A', email: 'a@b.example', company: 'B', reply: 'Yes.', silentDays: 0, today: '2026-03-02' },
      reminders,
    });
  });

  it('is none out of the blue', () => {
    expect(() => conversationFromMail(mail, null)).toThrow('it answers no mail of ours');
  });
});

describe('a reply as it comes in', () => {
  it('is a conversation, without what does not belong to it', () => {
    expect(conversationFrom({ ...BODY, causedBy: 'x', evil: true })).toEqual(BODY);
  });

  it.each([
    ['Yes.\n> Would you like to talk?', 'Yes.'],
    ['Yes.\n\nOn Mon, 2 March 2026 sales wrote:\nWould you like to talk? No interest?', 'Yes.'],
    ['Ja.\n\nAm 02.03.2026 um 9:00 schrieb sales:\nHätten Sie Zeit?', 'Ja.'],
    ['Oui.\n--- Original Message ---\nno thanks', 'Oui.'],
    ['I wrote: yes', 'I wrote: yes'],
  ])('of %o has the own words %o', (reply, own) => {
    expect(conversationFrom({ ...BODY, reply })['reply']).toBe(own);
  });

  it('does not fit without an address or a day, and a person gets it', () => {
    expect(Conversation.safeParse(conversationFrom({ ...BODY, email: undefined })).success).toBe(false);
    expect(Conversation.safeParse(conversationFrom({ ...BODY, today: 'soon' })).success).toBe(false);
  });

  it('is cut where it is too long, and takes no odd count for one', () => {
    const found = Conversation.parse(
      conversationFrom({ ...BODY, reply: 'x'.repeat(20_000), reminders: -1, silentDays: 'a' }),
    );
    expect([found.reply.length, found.reminders, found.silentDays]).toEqual([10_000, 0, 0]);
  });
});
