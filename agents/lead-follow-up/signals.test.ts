import { describe, expect, it } from 'vitest';
import { Conversation } from './conversation.ts';
import { replySignals } from './signals.ts';

const gist = (reply: string) =>
  replySignals(
    Conversation.parse({
      ...{ name: 'A', email: 'a@b.example', company: '', reply, reminders: 0, silentDays: 1, today: '2026-03-02' },
    }),
  )['gist'];

describe('the gist of a reply', () => {
  it.each([
    ['', 'silence'],
    ['Yes, let’s talk on Monday', 'interest'],
    ['How much is it?', 'asks'],
    ['Nächstes Jahr vielleicht', 'later'],
    ['Wenden Sie sich an unsere Disposition', 'otherPerson'],
    ['Non merci', 'refuses'],
    ['Please unsubscribe me, I am on vacation', 'wantsNoMail'],
    ['Automatic reply: I am away', 'machine'],
    ['Blue.', 'nothing plain'],
  ])('%o is %s', (reply, expected) => {
    expect(gist(reply)).toBe(expected);
  });

  it('is found at once in a reply of the longest size', () => {
    expect(gist('not a fit '.repeat(1_000).slice(0, 10_000))).toBe('refuses');
    expect(gist('x '.repeat(5_000))).toBe('nothing plain');
  });
});
