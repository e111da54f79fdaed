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
import { mayPerform, type PerformSubject, phaseNow, SWITCHED_OFF_MIDWAY, type TakeBack } from './may-perform.ts';

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

  it('makes a yes of its own needed, though somebody had let go at once what was held', () => {
    expect((['full', 'partial', 'shadow'] as const).map((phase) => heldIn(phase, hold('answered')))).toEqual([
      ...['perform', 'ask', 'ask'],
    ]);
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

describe('an action that is held', () => {
  const NOTIFY: ActionDefinition = { ...POST, tier: 'notify', holdMinutes: 10 };
  const held = post({ state: 'held', mode: 'hold', tier: 'notify', requestId: 'f'.repeat(32) });
  const about = (changes: Partial<PersonRequest> = {}): PersonRequest =>
    answered('approve', { kind: 'hold-action', actionId: held.id, digest: held.digest, ...changes });
  const may = (changes: Partial<PerformSubject> = {}) => {
    const full = settingsIn('full');
    const case_ = { ...subject().case, settings: full, phase: 'full' as const };
    const request = about({ state: 'expired', answer: null });
    return mayPerform({
      ...{ definition: NOTIFY, case: case_, action: held, request, settings: full, caseKey: 'hanna' },
      ...changes,
    }).kind;
  };

  it('goes out when nobody stopped it in its time, or somebody let it go at once', () => {
    expect(may()).toBe('perform');
    expect(may({ request: about() })).toBe('perform');
  });

  it.each<[string, Partial<PerformSubject>]>([
    ['its time is not over', { request: about({ state: 'open', answer: null }) }],
    ['somebody stopped it', { request: answered('reject', { kind: 'hold-action', actionId: held.id }) }],
    ['the question was withdrawn', { request: about({ state: 'cancelled', answer: null }) }],
    ['there is no question', { request: null }],
    [
      'the question was one for a yes that nobody gave',
      { request: about({ kind: 'approve-action', state: 'expired' }) },
    ],
    ['it was about other arguments', { request: about({ state: 'expired', answer: null, digest: '0'.repeat(64) }) }],
    ['it was about another action', { request: about({ state: 'expired', answer: null, actionId: 'x#1' }) }],
    ['the workflow was switched off', { settings: settingsIn('full', { paused: true }) }],
    ['the workflow was stepped back', { settings: settingsIn('partial') }],
    ['the workflow was stepped back and somebody let it go', { settings: settingsIn('partial'), request: about() }],
    ['the workflow is in shadow', { settings: settingsIn('shadow') }],
    ['its tier is stricter by now', { definition: { ...NOTIFY, tier: 'approve' } }],
    ['nothing holds it by now', { definition: { ...NOTIFY, holdMinutes: null } }],
    ['it takes something back', { action: { ...held, compensates: anAction(CASE_ID, 'a#1').id } }],
  ])('does not go out by itself where %s', (_what, changes) => {
    expect(may(changes)).toBe('ask');
  });
});

describe('an action that takes another one back', () => {
  const OFF = definitionOf('take-off-list');
  const args = { email: 'hanna@shop.example', list: 'nurture-sequence' };
  const named = {
    action: 'add-to-nurture',
    arguments: args,
    state: 'done',
    result: { list: 'nurture-sequence' },
  } as const;
  const original = anAction(CASE_ID, 'add-to-nurture#1', named);
  const off = (changes: Partial<Action> = {}): Action =>
    anAction(CASE_ID, 'take-off-list#101', {
      ...{ action: 'take-off-list', arguments: args, tier: 'autonomous', mode: 'perform', compensates: original.id },
      ...changes,
    });
  const compensating = { ok: true, action: 'take-off-list', arguments: args } as const;
  const takeBack: TakeBack = { original, compensating, askedBy: 'sales-lead@remit.example' };
  const may = (changes: Partial<PerformSubject> = {}) =>
    mayPerform({ ...subject(), definition: OFF, action: off(), request: null, takeBack, ...changes });

  it('is performed because a person wants it back, in whatever phase the agents are', () => {
    for (const phase of ['full', 'partial', 'shadow'] as const) {
      expect(may({ settings: settingsIn(phase) })).toEqual({ kind: 'perform', isRepeat: false });
    }
    expect(may({ definition: { ...OFF, tier: 'notify' } }).kind).toBe('perform');
    expect(may({ action: off({ state: 'intended' }) })).toEqual({ kind: 'perform', isRepeat: true });
  });

  it.each<[string, Partial<PerformSubject>]>([
    ['nobody asked for it', { takeBack: { ...takeBack, askedBy: null } }],
    ['nothing is known of that', { takeBack: null }],
    ['it takes back another action', { takeBack: { ...takeBack, original: { ...original, id: off().id } } }],
    ['that is not there', { takeBack: { ...takeBack, original: null } }],
    ['that was taken back already', { takeBack: { ...takeBack, original: { ...original, state: 'taken-back' } } }],
    ['that is not done', { takeBack: { ...takeBack, original: { ...original, state: 'unsure' } } }],
    ['another one is declared', { takeBack: { ...takeBack, compensating: { ...compensating, action: 'send-mail' } } }],
    [
      'other arguments are declared',
      { takeBack: { ...takeBack, compensating: { ...compensating, arguments: { ...args, list: 'newsletter' } } } },
    ],
    ['none is declared any more', { takeBack: { ...takeBack, compensating: { ok: false, problem: 'gone' } } }],
    ['it needs a yes of its own', { definition: { ...OFF, tier: 'approve' } }],
    ['it was planned to be asked', { action: off({ mode: 'ask' }) }],
    [
      'it cannot be taken back itself',
      { definition: { ...OFF, connector: { ...OFF.connector, effect: 'irreversible' } } },
    ],
    ['the workflow is switched off', { settings: settingsIn('full', { paused: true }) }],
    ['it is not as it was bound', { action: off({ digest: '0'.repeat(64) }) }],
  ])('asks a person where %s', (_what, changes) => {
    expect(may(changes).kind).toBe('ask');
  });

  it('goes ahead with a yes of its own where it needs one', () => {
    const action = off({ state: 'approved', mode: 'ask', requestId: 'f'.repeat(32) });
    const request = answered('approve', { actionId: action.id, digest: action.digest });
    expect(may({ action, request, definition: { ...OFF, tier: 'approve' } }).kind).toBe('perform');
  });
});
