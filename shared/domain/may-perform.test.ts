import { describe, expect, it } from 'vitest';
import { CASE_ID, settingsIn } from '../../test/support/lead-case.ts';
import { answered, approved, POST, post, subject } from '../../test/support/performable.ts';
import { anAction } from '../../test/support/stored-examples.ts';
import type { Action, ActionState, PersonRequest } from '../contracts/index.ts';
import { caseIdOf } from './case-id.ts';
import { actionDigest } from './digest.ts';
import { mayPerform, type PerformSubject, SWITCHED_OFF_MIDWAY } from './may-perform.ts';

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
