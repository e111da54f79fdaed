import { describe, expect, it } from 'vitest';
import { replyFor, strangeAddresses, unreadCitations } from './reply.ts';
import type { TicketJudgement } from './ticket.ts';

const ARTICLES = [
  { id: 'move-a-booking', title: 'Move a booking', text: 'Drag it. See https://help.remit.example/move' },
  { id: 'block-time', title: 'Block time', text: 'Draw over it.' },
];
const JUDGED: TicketJudgement = { kind: 'question', impact: 'none', concern: 'none', articleAnswers: true };

describe('the reply', () => {
  it('is the first article word for word, and cites it', () => {
    const draft = replyFor(JUDGED, ARTICLES);
    expect(draft).toMatchObject({ cites: ['move-a-booking'], wording: 'article' });
    expect(draft.reply).toContain('"Move a booking"');
    expect(draft.reply).toContain(ARTICLES[0]?.text);
  });

  it('is none where no article answers or none was found', () => {
    const none = { reply: '', cites: [], wording: 'none' };
    expect(replyFor({ ...JUDGED, articleAnswers: false }, ARTICLES)).toEqual(none);
    expect(replyFor(JUDGED, [])).toEqual(none);
  });

  it('is in the words of the agent where it wrote one', () => {
    const reply = { text: 'Drag it to Friday.', cites: ['move-a-booking'] };
    const draft = replyFor({ ...JUDGED, reply }, ARTICLES);
    expect(draft).toEqual({ reply: reply.text, cites: reply.cites, wording: 'agent' });
  });

  it('may only cite what was read', () => {
    expect(unreadCitations({ cites: ['block-time'] }, ARTICLES)).toEqual([]);
    expect(unreadCitations({ cites: ['block-time', 'refunds'] }, ARTICLES)).toEqual(['refunds']);
  });

  it.each<[string, string[]]>([
    ['Nothing to click here.', []],
    ['See https://help.remit.example/move for more', []],
    ['See https://evil.example/x', ['https://evil.example/x']],
    ['Write to boss@evil.example', ['boss@evil.example']],
    ['Look at www.evil.example', ['www.evil.example']],
  ])('of %o names the strange addresses %o', (reply, expected) => {
    expect(strangeAddresses({ reply, cites: ['move-a-booking'] }, ARTICLES)).toEqual(expected);
  });

  it('may not name an address of an article that it does not cite', () => {
    const reply = 'See https://help.remit.example/move';
    expect(strangeAddresses({ reply, cites: ['block-time'] }, ARTICLES)).toHaveLength(1);
  });
});
