import { describe, expect, it } from 'vitest';
import { Conversation, conversationFrom } from './conversation.ts';

const BODY = {
  name: 'A',
  email: 'a@b.example',
  company: 'B',
  reply: 'Yes.',
  reminders: 1,
  silentDays: 2,
  today: '2026-03-02',
};

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
