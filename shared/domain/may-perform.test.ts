import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { CASE_ID, settingsIn } from '../../test/support/lead-case.ts';
import { aCase, anAction, aRequest } from '../../test/support/stored-examples.ts';
import type { ActionDefinition } from '../authoring/index.ts';
import type { Action, ActionState, PersonRequest, Phase } from '../contracts/index.ts';
import { caseIdOf } from './case-id.ts';
import { actionDigest } from './digest.ts';
import { EMPTY_LEDGER } from './ledger.ts';
import { mayPerform, type PerformSubject, phaseNow, SWITCHED_OFF_MIDWAY } from './may-perform.ts';

function definitionOf(name: string): ActionDefinition {
  const definition = leadQualification.actions[name];
  if (definition === undefined) throw new Error(`there is no action ${name}`);
  return definition;
}

const MAIL = definitionOf('send-meeting-mail');
const POST = definitionOf('post-to-sales-hot');

const approved: Action = anAction(CASE_ID, 'send-meeting-mail#1', { state: 'approved', requestId: 'f'.repeat(32) });

function answered(
  verb: 'approve' | 'edit' | 'reject' | 'respond',
  changes: Partial<PersonRequest> = {},
): PersonRequest {
  const edits = verb === 'edit' ? approved.arguments : null;
  const given = { by: 'sales-lead@remit.example', proof: 'mail-code', channel: 'page', atMs: 1, reason: '' } as const;
  return aRequest(CASE_ID, {
    ...{ id: 'f'.repeat(32) as PersonRequest['id'], kind: 'approve-action', actionId: approved.id },
    ...{
      digest: approved.digest,
      state: 'answered',
      answer: { ...given, verb, edits, seen: '', onBehalfOf: null, onPageMs: null },
    },
    ...changes,
  });
}

function subject(changes: Partial<PerformSubject> = {}): PerformSubject {
  return {
    definition: MAIL,
    case: { ...aCase({ id: CASE_ID }), ledger: EMPTY_LEDGER },
    action: approved,
    request: answered('approve'),
    settings: settingsIn('partial'),
    caseKey: 'hanna',
    ...changes,
  };
}

describe('what is asked in partial', () => {
  it('goes ahead with an approval of exactly these arguments', () => {
    expect(mayPerform(subject())).toEqual({ kind: 'perform', isRepeat: false });
    expect(mayPerform(subject({ request: answered('edit', { digest: '0'.repeat(64) }) })).kind).toBe('perform');
  });

  it.each<[string, Partial<PerformSubject>]>([
    ['no request', { request: null }],
    ['an open request', { request: answered('approve', { state: 'open', answer: null }) }],
    ['an expired request', { request: answered('approve', { state: 'expired', answer: null }) }],
    ['an expired request that carries an answer', { request: answered('approve', { state: 'expired' }) }],
    ['a cancelled request', { request: answered('approve', { state: 'cancelled' }) }],
    ['a rejection', { request: answered('reject') }],
    ['a response', { request: answered('respond') }],
    ['an approval of another digest', { request: answered('approve', { digest: '0'.repeat(64) }) }],
    ['an approval of another action', { request: answered('approve', { actionId: 'send-meeting-mail#2' }) }],
    ['an approval of the whole case', { request: answered('approve', { actionId: null }) }],
    [
      'an edit to other arguments',
      { action: { ...approved, arguments: { ...approved.arguments, to: 'x@y.example' } }, request: answered('edit') },
    ],
    ['an edit from another case', { request: answered('edit', { caseId: otherCase() }) }],
    [
      'a request that the action does not name',
      { request: answered('approve', { id: 'e'.repeat(32) as PersonRequest['id'] }) },
    ],
    ['the kill switch on', { settings: settingsIn('partial', { paused: true }) }],
    ['the workflow in shadow by now', { settings: settingsIn('shadow') }],
  ])('asks a person with %s', (_what, change) => {
    expect(mayPerform(subject(change)).kind).toBe('ask');
  });

  it.each<[string, Partial<Action>]>([
    ['arguments', { arguments: { ...approved.arguments, to: 'attacker@evil.example' } }],
    ['digest', { digest: '0'.repeat(64) }],
    ['name', { action: 'post-to-sales-hot' }],
    ['id', { id: anAction(CASE_ID, 'send-meeting-mail#2').id }],
  ])('asks a person when its %s is not as it was bound', (_what, change) => {
    expect(mayPerform(subject({ action: { ...approved, ...change } })).kind).toBe('ask');
  });

  it('asks a person when it was bound under another version or in another case', () => {
    const case_ = subject().case;
    const versions = { ...case_.versions, workflow: 'x' };
    expect(mayPerform(subject({ case: { ...case_, versions } })).kind).toBe('ask');
    expect(mayPerform(subject({ case: { ...case_, id: otherCase() } })).kind).toBe('ask');
  });
});

function otherCase() {
  return caseIdOf({ workflow: 'lead-qualification', trigger: 'contact-form', eventId: 'other' });
}

describe('every state', () => {
  it.each<[ActionState, string]>([
    ['proposed', 'ask'],
    ['asked', 'ask'],
    ['approved', 'perform'],
    ['intended', 'unsure'],
    ['done', 'settled'],
    ['refused', 'settled'],
    ['unsure', 'ask'],
  ])('of a mail: %s leads to %s', (state, kind) => {
    expect(mayPerform(subject({ action: { ...approved, state } })).kind).toBe(kind);
  });

  it.each<[ActionState, string]>([
    ['proposed', 'perform'],
    ['asked', 'ask'],
    ['approved', 'ask'],
    ['intended', 'perform'],
    ['done', 'settled'],
    ['refused', 'settled'],
    ['unsure', 'ask'],
  ])('of an autonomous post that takes a key: %s leads to %s', (state, kind) => {
    expect(mayPerform(subject({ definition: POST, action: post({ state }), request: null })).kind).toBe(kind);
  });

  it('is a person’s to look at where the switch was turned in the middle of it, with a key too', () => {
    const settings = settingsIn('partial', { paused: true });
    const begun = { settings, definition: POST, action: post({ state: 'intended' }), request: null };
    expect(mayPerform(subject(begun))).toEqual({ kind: 'unsure', reason: SWITCHED_OFF_MIDWAY });
  });

  it('stays as it is once settled, even with the switch on', () => {
    const settings = settingsIn('partial', { paused: true });
    const done: Action = { ...approved, state: 'done' };
    expect(mayPerform(subject({ settings, action: done }))).toEqual({ kind: 'settled', state: 'done' });
  });
});

function post(changes: Partial<Action>): Action {
  const arguments_ = { channel: '#sales-hot', text: 'Hanna' };
  const named = { action: 'post-to-sales-hot', tier: 'autonomous', mode: 'perform' } as const;
  return anAction(CASE_ID, 'post-to-sales-hot#2', { ...named, arguments: arguments_, ...changes });
}

describe('an action without a person', () => {
  const proposed = (changes: Partial<PerformSubject> = {}) =>
    mayPerform(subject({ definition: POST, action: post({}), request: null, ...changes })).kind;

  it('goes ahead as planned', () => {
    expect(proposed()).toBe('perform');
  });

  it('asks where the phase, the tier or its own mode is stricter by now', () => {
    expect(proposed({ settings: settingsIn('shadow') })).toBe('ask');
    expect(proposed({ definition: { ...POST, tier: 'approve' } })).toBe('ask');
    expect(proposed({ action: post({ mode: 'ask' }) })).toBe('ask');
  });

  it('is not freed by a phase that was loosened after its case began', () => {
    const notify = post({ tier: 'notify', mode: 'ask' });
    const kind = proposed({ action: notify, definition: { ...POST, tier: 'notify' }, settings: settingsIn('full') });
    expect(kind).toBe('ask');
  });

  it('is not performed in shadow even where the intent stands', () => {
    expect(proposed({ action: post({ state: 'intended' }), settings: settingsIn('shadow') })).toBe('ask');
  });

  it('is bound like every other', () => {
    const { digest, ...rest } = post({});
    const { id: actionId, action, arguments: args } = rest;
    const bound = { workflow: 'lead-qualification', version: 'w'.repeat(64), caseId: CASE_ID, actionId, action };
    expect(digest).toBe(actionDigest({ ...bound, arguments: args, pinned: [] }));
  });
});

describe('a phase that was taken since', () => {
  const LIST = { ...definitionOf('add-to-nurture'), holdMinutes: 10 };
  const held = anAction(CASE_ID, 'add-to-nurture#1', { state: 'held', mode: 'hold', requestId: 'f'.repeat(32) });
  const hold = (state: 'expired' | 'answered') =>
    answered('approve', {
      ...{ kind: 'hold-action', actionId: held.id, digest: held.digest, state },
      ...(state === 'expired' ? { answer: null } : {}),
    });
  const judgedInFull = { ...aCase({ id: CASE_ID, phase: 'full', settings: settingsIn('full') }), ledger: EMPTY_LEDGER };
  const heldIn = (phase: Phase, request = hold('expired')) =>
    mayPerform(subject({ definition: LIST, case: judgedInFull, action: held, request, settings: settingsIn(phase) }))
      .kind;

  it('lets what is held go out by itself only in full', () => {
    expect((['full', 'partial', 'shadow'] as const).map((phase) => heldIn(phase))).toEqual(['perform', 'ask', 'ask']);
  });

  it('still takes a yes to what is held in partial, and none in shadow', () => {
    expect(heldIn('partial', hold('answered'))).toBe('perform');
    expect(heldIn('shadow', hold('answered'))).toBe('ask');
  });

  it('counts for what waits for nobody, and for what was approved', () => {
    const post = anAction(CASE_ID, 'post-to-sales-hot#2', { action: 'post-to-sales-hot', mode: 'perform' });
    const waiting = (phase: Phase) =>
      mayPerform(
        subject({ definition: POST, case: judgedInFull, action: post, request: null, settings: settingsIn(phase) }),
      );
    expect(waiting('partial').kind).toBe('perform');
    expect(waiting('shadow')).toEqual({ kind: 'ask', reason: 'The workflow is in shadow: nothing is done.' });
    expect(mayPerform(subject({ settings: settingsIn('shadow') })).kind).toBe('ask');
  });

  it('is never made up for by the phase that the case began in, nor by one given since', () => {
    const phases = fc.constantFrom<Phase>('shadow', 'partial', 'full');
    const rank = { shadow: 0, partial: 1, full: 2 };
    fc.assert(
      fc.property(phases, phases, (judged, now) => {
        const judgedIn = { ...aCase({ id: CASE_ID, phase: judged }), ledger: EMPTY_LEDGER };
        const phase = phaseNow({ case: judgedIn, settings: settingsIn(now), caseKey: 'hanna' });
        expect(rank[phase]).toBe(Math.min(rank[judged], rank[now]));
      }),
    );
  });
});
