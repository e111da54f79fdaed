import { describe, expect, it } from 'vitest';
import { isTier1, priorityOf, teamOf } from './sorting.ts';
import type { TicketJudgement } from './ticket.ts';

const EASY: TicketJudgement = { kind: 'question', impact: 'none', concern: 'none', articleAnswers: true };

describe('who goes on', () => {
  it.each<[Partial<TicketJudgement>, boolean, string]>([
    [{}, false, 'support'],
    [{}, true, 'accounts'],
    [{ kind: 'user-error' }, false, 'support'],
    [{ kind: 'bug' }, true, 'engineering'],
    [{ kind: 'feature-request' }, true, 'product'],
    [{ concern: 'security' }, false, 'engineering'],
    [{ kind: 'bug', concern: 'legal' }, false, 'accounts'],
  ])('with %o, about our bill: %s, is %s', (change, isAboutOurBill, team) => {
    expect(teamOf({ ...EASY, ...change }, isAboutOurBill)).toBe(team);
  });
});

describe('the priority', () => {
  it.each<[Partial<TicketJudgement>, string]>([
    [{}, 'low'],
    [{ kind: 'feature-request' }, 'low'],
    [{ kind: 'bug' }, 'normal'],
    [{ concern: 'angry' }, 'normal'],
    [{ concern: 'legal' }, 'normal'],
    [{ impact: 'stopped' }, 'high'],
    [{ concern: 'lost-data' }, 'high'],
    [{ concern: 'security' }, 'high'],
    [{ impact: 'many-stopped' }, 'urgent'],
  ])('of %o is %s', (change, priority) => {
    expect(priorityOf({ ...EASY, ...change })).toBe(priority);
  });
});

describe('tier 1', () => {
  it.each<[string, Partial<TicketJudgement>, string[], boolean]>([
    ['a question that an article answers', {}, ['a'], true],
    ['a user error that an article answers', { kind: 'user-error' }, ['a'], true],
    ['without an answer', { articleAnswers: false }, ['a'], false],
    ['without a citation', {}, [], false],
    ['a bug', { kind: 'bug' }, ['a'], false],
    ['a wish', { kind: 'feature-request' }, ['a'], false],
    ['somebody who is stopped', { impact: 'stopped' }, ['a'], false],
    ['lost data', { concern: 'lost-data' }, ['a'], false],
    ['an angry customer', { concern: 'angry' }, ['a'], false],
  ])('%s: %o with %o is %s', (_what, change, cites, expected) => {
    expect(isTier1({ ...EASY, ...change }, cites)).toBe(expected);
  });
});
