import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { aRequest } from '../../test/support/stored-examples.ts';
import type { PersonRequest } from '../contracts/index.ts';
import { type AnswerCommand, answer, isAsked } from './answers.ts';

const open = aRequest(CASE_ID);
const NOW = open.deadlineMs - 1;

function command(changes: Partial<AnswerCommand> = {}): AnswerCommand {
  return {
    ...{ verb: 'approve', by: 'sales-lead@remit.example', proof: 'mail-code', channel: 'page' },
    ...{ digest: open.digest, reason: '', edits: null, seen: 's' },
    ...changes,
  };
}

describe('an answer', () => {
  it('is taken from somebody who was asked, with everything that is known of it', () => {
    const { digest: _digest, ...given } = command();
    expect(answer(open, command(), NOW)).toEqual({
      kind: 'answered',
      request: { ...open, state: 'answered', answer: { ...given, atMs: NOW } },
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
  ])('is not taken on %s', (_what, state, change, nowMs, kind) => {
    const request = { ...open, ...state };
    const outcome = answer(request, command(change), nowMs);
    expect(outcome.kind).toBe(kind);
    if ('request' in outcome) expect(outcome.request).toEqual(request);
  });

  it.each<[string, Partial<AnswerCommand>]>([
    ['an edit with values', { verb: 'edit', edits: { tier: 'warm' } }],
    ['a no with a reason', { verb: 'reject', reason: 'known customer' }],
    ['a response', { verb: 'respond', reason: 'I will call her' }],
    ['the address in other letters', { by: 'Sales-Lead@Remit.example' }],
  ])('is taken: %s', (_what, change) => {
    expect(answer(open, command(change), NOW).kind).toBe('answered');
  });

  it('does not carry values that were sent along with another verb', () => {
    const outcome = answer(open, command({ edits: { tier: 'cold' } }), NOW);
    expect(outcome).toMatchObject({ kind: 'answered', request: { answer: { verb: 'approve', edits: null } } });
  });

  it('is taken from the next person after the reminder, and from the first one still', () => {
    const reminded = { ...open, reminded: true };
    expect(isAsked(reminded, 'sales-deputy@remit.example')).toBe(true);
    expect(isAsked(reminded, 'sales-lead@remit.example')).toBe(true);
    expect(isAsked(reminded, 'mallory@remit.example')).toBe(false);
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
          const outcome = answer({ ...open, state, reminded }, command(change), nowMs);
          if (outcome.kind !== 'answered') return;
          expect([state, change.digest]).toEqual(['open', open.digest]);
          expect(nowMs).toBeLessThan(open.deadlineMs);
          expect(isAsked({ ...open, reminded }, change.by)).toBe(true);
          expect(outcome.request.answer.verb).toBe(change.verb);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
