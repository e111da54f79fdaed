import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { aTurn } from '../../test/support/domain-examples.ts';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { anAction, aRequest, VERSION } from '../../test/support/stored-examples.ts';
import type { Action, Answer, PersonRequest, Verdict } from '../contracts/index.ts';
import { type AgentDecision, afterAnswer, afterExpiry, afterReversal, recordOf } from './decision-record.ts';

const DECISION = { tier: 'hot', score: 9 };
const ACT: Verdict = { kind: 'act', reasons: [{ code: 'within-remit', text: '' }] };
const REVIEW: Verdict = { kind: 'review', reasons: [{ code: 'phase-shadow', text: '' }] };
const ASK: Verdict = { kind: 'ask', reasons: [{ code: 'low-confidence', text: '' }] };

function made(changes: Partial<AgentDecision> = {}): AgentDecision {
  return {
    ...{ caseId: CASE_ID, workflow: 'lead-qualification', version: VERSION, segment: null, phase: 'partial' },
    ...{ turns: [aTurn()], decision: DECISION, verdict: ACT, actions: [], atMs: 10 },
    ...changes,
  };
}

function said(
  verb: Answer['verb'],
  kind: PersonRequest['kind'],
  edits: Answer['edits'] = null,
  action: Action | null = null,
) {
  const given = {
    verb,
    by: 'p@remit.example',
    proof: 'mail-code',
    channel: 'page',
    atMs: 20,
    reason: 'Because.',
  } as const;
  const answer: Answer = { ...given, edits, seen: '', onBehalfOf: null, onPageMs: null };
  return { workflow: leadQualification, request: aRequest(CASE_ID, { kind }), answer, action };
}

const MAIL = anAction(CASE_ID, 'send-meeting-mail#1', { mode: 'ask', state: 'asked' });
const kinds = (record: ReturnType<typeof recordOf>) => record.signals.map(({ kind }) => kind);

describe('the record of a decision', () => {
  it.each<[string, Partial<AgentDecision>, object]>([
    ['acted on by itself', {}, { standing: 'alone', isSure: true }],
    ['reviewed in shadow', { verdict: REVIEW }, { standing: 'waiting', isSure: true }],
    ['asked about by the agent', { verdict: ASK }, { standing: 'waiting', isSure: false }],
    ['with an action that is asked', { actions: [MAIL] }, { standing: 'waiting', isSure: true }],
    [
      'let go by a remembered approval',
      { actions: [{ ...MAIL, mode: 'perform', releasedBy: 's-1' }] },
      { standing: 'released' },
    ],
    [
      'of a turn that failed',
      { turns: [aTurn({ status: 'failed' })], decision: null, verdict: ASK },
      { hasFailed: true, signals: [] },
    ],
  ])('of one %s', (_what, changes, expected) => {
    expect(recordOf(made(changes), null)).toMatchObject(expected);
  });

  it('counts what came after failed checks, and what could not be carried out, against the agent', () => {
    expect(kinds(recordOf(made({ turns: [aTurn({ status: 'degraded' })], verdict: ASK }), null))).toEqual(['degraded']);
    const denied: Verdict = { kind: 'ask', reasons: [{ code: 'no-valid-decision', text: 'No such action.' }] };
    expect(recordOf(made({ verdict: denied }), null).signals).toMatchObject([
      { kind: 'denied', reason: 'No such action.' },
    ]);
  });

  it('keeps what counted before when the agents decide anew', () => {
    const first = recordOf(made({ turns: [aTurn({ status: 'degraded' })], verdict: ASK }), null);
    expect(recordOf(made({ decision: { tier: 'cold', score: 0 } }), first)).toMatchObject({
      ...{ agentDecision: { tier: 'cold' }, hasFailed: true, revision: 1, signals: [{ kind: 'degraded' }] },
    });
  });
});

describe('an answer', () => {
  const record = recordOf(made({ verdict: REVIEW }), null);
  const asked = recordOf(made({ verdict: ASK }), null);
  const acted = recordOf(made({ actions: [MAIL] }), null);

  it.each([
    [
      'a yes to a review agrees field by field',
      record,
      said('approve', 'review-decision'),
      { tier: true, score: true },
      [],
    ],
    [
      'another decision disagrees where it differs',
      record,
      said('edit', 'review-decision', { tier: 'cold', score: 9 }),
      { tier: false, score: true },
      ['override'],
    ],
    [
      'an edit that changes nothing agrees',
      record,
      said('edit', 'review-decision', DECISION),
      { tier: true, score: true },
      [],
    ],
    [
      'a no to a review disagrees with all of it',
      record,
      said('reject', 'review-decision'),
      { '*': false },
      ['override'],
    ],
    [
      'putting right what the agent asked about counts, but not against it',
      asked,
      said('edit', 'decide-case', { tier: 'cold', score: 9 }),
      { tier: false, score: true },
      [],
    ],
    ['a hand-back says nothing', asked, said('respond', 'decide-case'), {}, []],
    ['finishing by hand says nothing', asked, said('take-over', 'decide-case'), {}, []],
    ['a yes to an action agrees', acted, said('approve', 'approve-action', null, MAIL), { [MAIL.id]: true }, []],
    ['a no to an action counts', acted, said('reject', 'approve-action', null, MAIL), { [MAIL.id]: false }, ['reject']],
    [
      'a no to what is held is an undo',
      acted,
      said('reject', 'hold-action', null, MAIL),
      { [MAIL.id]: false },
      ['undo'],
    ],
    ['taking back is an undo', acted, said('reject', 'undo-action', null, MAIL), { [MAIL.id]: false }, ['undo']],
    [
      'a no because facts changed says nothing',
      acted,
      said('reject', 'approve-action', null, { ...MAIL, changes: [{ source: 's', path: '', before: 1, after: 2 }] }),
      {},
      [],
    ],
    [
      'a no after trouble on the way says nothing',
      acted,
      said('reject', 'approve-action', null, { ...MAIL, mode: 'perform' }),
      {},
      [],
    ],
  ])('%s', (_why, before, answered, compared, signals) => {
    const after = afterAnswer(before, answered);
    expect(Object.fromEntries(after.compared.map(({ field, agrees }) => [field, agrees]))).toEqual(compared);
    expect(kinds(after)).toEqual(signals);
  });

  it('counts an edit of an action for the values that it changes', () => {
    const edits = { ...MAIL.arguments, subject: 'Another' };
    const after = afterAnswer(acted, said('edit', 'approve-action', edits, MAIL));
    expect(after.signals).toMatchObject([{ kind: 'edit', fields: ['send-meeting-mail.subject'] }]);
    expect(after.compared.filter(({ agrees }) => !agrees).map(({ field }) => field)).toEqual([`${MAIL.id}.subject`]);
  });

  it('counts once for an action, however often it is asked', () => {
    const once = afterAnswer(acted, said('approve', 'approve-action', null, MAIL));
    expect(afterAnswer(once, said('reject', 'approve-action', null, MAIL))).toEqual(once);
  });
});

describe('time that runs out', () => {
  it('speaks for neither side', () => {
    const expired = afterExpiry(recordOf(made({ verdict: REVIEW }), null));
    expect(expired).toMatchObject({ standing: 'expired', compared: [], signals: [] });
  });

  it('takes nothing from what was said about another part', () => {
    const reviewed = afterAnswer(
      recordOf(made({ actions: [MAIL] }), null),
      said('approve', 'approve-action', null, MAIL),
    );
    expect(afterExpiry(reviewed)).toEqual(reviewed);
  });
});

describe('a reversal', () => {
  it('counts for the fields that were wrong, whatever was said before', () => {
    const agreed = afterAnswer(recordOf(made({ verdict: REVIEW }), null), said('approve', 'review-decision'));
    const by = { by: 'owner@remit.example', atMs: 30, reason: 'Wrong.', decision: { tier: 'cold', score: 9 } };
    expect(afterReversal(agreed, by, leadQualification)).toMatchObject({
      compared: [
        { field: 'score', agrees: true },
        { field: 'tier', agrees: false },
      ],
      signals: [{ kind: 'reversal', fields: ['tier'] }],
      ...{ personDecision: { tier: 'cold' }, revision: 2 },
    });
  });
});
