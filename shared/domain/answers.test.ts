import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { aRequest } from '../../test/support/stored-examples.ts';
import type { PersonRequest } from '../contracts/index.ts';
import { type AnswerCommand, type AnswerOutcome, type AnswerTime, answer } from './answers.ts';
import { askedOf } from './people.ts';

const open = aRequest(CASE_ID);
const NOW = open.deadlineMs - 1;

function command(changes: Partial<AnswerCommand> = {}): AnswerCommand {
  return {
    ...{ verb: 'approve', by: 'sales-lead@remit.example', proof: 'mail-code', channel: 'page' },
    ...{ digest: open.digest, reason: '', edits: null, seen: 's', onPageMs: 900 },
    ...changes,
  };
}

const at = (nowMs: number, changes: Partial<AnswerTime> = {}): AnswerTime => ({
  ...{ nowMs, absences: [], isPaused: false },
  ...changes,
});

describe('an answer', () => {
  it('is taken from somebody who was asked, with everything that is known of it', () => {
    const { digest: _digest, ...given } = command();
    expect(answer(open, command(), at(NOW))).toEqual({
      kind: 'answered',
      request: { ...open, state: 'answered', revision: 1, answer: { ...given, atMs: NOW, onBehalfOf: null } },
    });
  });

  it.each<[string, Partial<PersonRequest>, Partial<AnswerCommand>, number, string]>([
    ['an answered request', { state: 'answered' }, {}, NOW, 'settled'],
    ['a cancelled request', { state: 'cancelled' }, {}, NOW, 'settled'],
    ['an expired request', { state: 'expired' }, {}, NOW, 'expired'],
    ['the moment of the deadline', {}, {}, open.deadlineMs, 'expired'],
    ['a digest that is not the one of the request', {}, { digest: '0'.repeat(64) }, NOW, 'changed'],
    ['no digest', {}, { digest: '' }, NOW, 'changed'],
    ['somebody who was not asked', {}, { by: 'mallory@remit.example' }, NOW, 'not-allowed'],
    ['the next person before the reminder', {}, { by: 'sales-deputy@remit.example' }, NOW, 'not-allowed'],
    ['a verb that is not offered', { verbs: ['reject'] }, {}, NOW, 'incomplete'],
    ['an edit without values', {}, { verb: 'edit' }, NOW, 'incomplete'],
    ['a no without a reason', {}, { verb: 'reject', reason: ' \n' }, NOW, 'incomplete'],
    ['a response without words', {}, { verb: 'respond' }, NOW, 'incomplete'],
    ['a yes without the reason it needs', { reasonFor: ['approve'] }, {}, NOW, 'incomplete'],
    ['a code where a sign-in is needed', { proof: 'sign-in' }, {}, NOW, 'proof-needed'],
    [
      'an old sign-in where a fresh one is needed',
      { proof: 'fresh-sign-in' },
      { proof: 'sign-in' },
      NOW,
      'proof-needed',
    ],
    ['a yes of who wants it', { excluded: ['SALES-lead@remit.example'] }, {}, NOW, 'not-allowed'],
  ])('is not taken on %s', (_what, state, change, nowMs, kind) => {
    const request = { ...open, ...state };
    const outcome = answer(request, command(change), at(nowMs));
    expect(outcome.kind).toBe(kind);
    if ('request' in outcome) expect(outcome.request).toEqual(request);
  });

  it.each<[string, Partial<AnswerCommand>]>([
    ['an edit with values', { verb: 'edit', edits: { tier: 'warm' } }],
    ['a no with a reason', { verb: 'reject', reason: 'known customer' }],
    ['a response', { verb: 'respond', reason: 'I will call her' }],
    ['the address in other letters', { by: 'Sales-Lead@Remit.example' }],
  ])('is taken: %s', (_what, change) => {
    expect(answer(open, command(change), at(NOW)).kind).toBe('answered');
  });

  it('does not carry values that were sent along with another verb', () => {
    const outcome = answer(open, command({ edits: { tier: 'cold' } }), at(NOW));
    expect(outcome).toMatchObject({ kind: 'answered', request: { answer: { verb: 'approve', edits: null } } });
  });

  it.each<[string, Partial<PersonRequest>, Partial<AnswerCommand>]>([
    ['the next person after the reminder', { reminded: true }, { by: 'sales-deputy@remit.example' }],
    ['the first person after the reminder still', { reminded: true }, {}],
    ['a no of who wants it', { excluded: ['sales-lead@remit.example'] }, { verb: 'reject', reason: 'not any more' }],
    ['a stop without words of what is about to go out', { kind: 'hold-action' }, { verb: 'reject' }],
    ['a fresh sign-in where a sign-in is needed', { proof: 'sign-in' }, { proof: 'fresh-sign-in' }],
  ])('is taken from %s', (_what, state, change) => {
    expect(answer({ ...open, ...state }, command(change), at(NOW)).kind).toBe('answered');
  });

  it('lets nothing be carried out while the workflow is switched off, and still takes a no', () => {
    const request: PersonRequest = { ...open, kind: 'approve-action' };
    const paused = at(NOW, { isPaused: true });
    expect(answer(request, command(), paused).kind).toBe('incomplete');
    expect(answer(request, command({ verb: 'take-over', reason: 'by hand' }), paused).kind).toBe('answered');
  });

  it('becomes a yes in no other way than an approval in time by one who was asked', () => {
    const commands = fc.record({
      verb: fc.constantFrom('approve' as const, 'edit' as const, 'reject' as const, 'respond' as const),
      by: fc.constantFrom('sales-lead@remit.example', 'sales-deputy@remit.example', 'x@y.example', ''),
      digest: fc.constantFrom(open.digest, '', '0'.repeat(64)),
      reason: fc.constantFrom('', 'because'),
      edits: fc.constantFrom(null, {}),
    });
    const states = fc.constantFrom('open' as const, 'answered' as const, 'expired' as const, 'cancelled' as const);
    fc.assert(
      fc.property(
        commands,
        states,
        fc.integer({ min: 0, max: 6_000 }),
        fc.boolean(),
        (change, state, nowMs, reminded) => {
          const outcome = answer({ ...open, state, reminded }, command(change), at(nowMs));
          if (outcome.kind !== 'answered') return;
          expect([state, change.digest]).toEqual(['open', open.digest]);
          expect(nowMs).toBeLessThan(open.deadlineMs);
          expect(askedOf({ ...open, reminded })).toContain(change.by);
          expect(outcome.request.answer.verb).toBe(change.verb);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('somebody who is away', () => {
  const [lead, deputy] = ['sales-lead@remit.example', 'deputy@remit.example'];
  const absences = [{ person: lead, fromMs: 500, untilMs: NOW + 1, delegate: deputy }];

  it('is stood in for, and the record says for whom', () => {
    const outcome = answer(open, command({ by: deputy }), at(NOW, { absences }));
    expect(outcome).toMatchObject({ kind: 'answered', request: { answer: { by: deputy, onBehalfOf: lead } } });
  });

  it.each<[string, number, AnswerTime['absences']]>([
    ['before they are away', 499, absences],
    ['once they are back', NOW + 1, [{ person: lead, fromMs: 500, untilMs: NOW, delegate: deputy }]],
    ['where they named nobody', NOW, [{ person: lead, fromMs: 500, untilMs: NOW + 1, delegate: null }]],
    ['where somebody else is away', NOW, [{ person: 'x@y.example', fromMs: 500, untilMs: NOW + 1, delegate: deputy }]],
  ])('is not stood in for %s', (_when, nowMs, known) => {
    const request = { ...open, deadlineMs: NOW + 10 };
    expect(answer(request, command({ by: deputy }), at(nowMs, { absences: known })).kind).toBe('not-allowed');
  });

  it('may answer all the same', () => {
    expect(answer(open, command(), at(NOW, { absences })).kind).toBe('answered');
  });

  it('does not make a yes of who wants it one of somebody else', () => {
    const wanted = { ...open, excluded: [lead] };
    expect(answer(wanted, command({ by: deputy }), at(NOW, { absences })).kind).toBe('not-allowed');
  });
});

describe('a quorum of two of three', () => {
  const people = ['a@remit.example', 'b@remit.example', 'c@remit.example'];
  const request: PersonRequest = { ...open, people, quorum: 2 };
  const vote = (now: PersonRequest, by: string, change: Partial<AnswerCommand> = {}, time = at(NOW)): AnswerOutcome =>
    answer(now, command({ by, ...change }), time);
  const left = (outcome: AnswerOutcome): PersonRequest => {
    if (!('request' in outcome)) throw new Error(outcome.kind);
    return outcome.request;
  };

  it('is released by the second yes, and by no single one', () => {
    const one = vote(request, 'a@remit.example');
    expect([one.kind, left(one).state]).toEqual(['counted', 'open']);
    const two = vote(left(one), 'b@remit.example');
    expect([two.kind, left(two).votes.map(({ by }) => by)]).toEqual(['answered', people.slice(0, 2)]);
  });

  it('counts the same person once, also in other letters or for another', () => {
    const absences = [{ person: 'b@remit.example', fromMs: 0, untilMs: NOW + 1, delegate: 'a@remit.example' }];
    const one = left(vote(request, 'a@remit.example'));
    expect(vote(one, 'A@Remit.example').kind).toBe('voted');
    expect(vote(one, 'a@remit.example', {}, at(NOW, { absences })).kind).toBe('voted');
  });

  it('counts a person and who stands in for them once', () => {
    const absences = [{ person: 'a@remit.example', fromMs: 0, untilMs: NOW + 1, delegate: 'd@remit.example' }];
    const one = left(vote(request, 'd@remit.example', {}, at(NOW, { absences })));
    expect(vote(one, 'a@remit.example', {}, at(NOW, { absences })).kind).toBe('voted');
  });

  it('is ended by one no', () => {
    const one = left(vote(request, 'a@remit.example'));
    const no = vote(one, 'b@remit.example', { verb: 'reject', reason: 'wrong customer' });
    expect([no.kind, left(no).state]).toEqual(['answered', 'answered']);
  });

  it('starts anew with other values, which the one who gave them has agreed to', () => {
    const one = left(vote(request, 'a@remit.example'));
    const edit = vote(one, 'b@remit.example', { verb: 'edit', edits: { tier: 'warm' } });
    expect([edit.kind, left(edit).votes.map(({ by }) => by)]).toEqual(['counted', ['b@remit.example']]);
  });
});
