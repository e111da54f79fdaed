import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_ID, settingsIn } from '../../test/support/lead-case.ts';
import { answered, definitionOf, POST, post, subject } from '../../test/support/performable.ts';
import { aCase, anAction } from '../../test/support/stored-examples.ts';
import type { ActionDefinition } from '../authoring/index.ts';
import type { Action, PersonRequest, Phase } from '../contracts/index.ts';
import { EMPTY_LEDGER } from './ledger.ts';
import { mayPerform, type PerformSubject, phaseNow, type TakeBack } from './may-perform.ts';

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
  const takeBack: TakeBack = { original, compensating, askedBy: 'sales-lead@remit.example', isReplaced: false };
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
