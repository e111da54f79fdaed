import { describe, expect, it } from 'vitest';
import { ask, MAIL, POST, question, reply } from '../../../test/support/asked-lead.ts';
import { aCap, under } from '../../../test/support/capped-lead.ts';
import { CASE_ID, decidedLead, HOT, LEAD, modelAnswer, settingsIn, WARM } from '../../../test/support/lead-case.ts';
import { APPROVER } from '../../../test/support/leads.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import { COLD, OVERTURN_REASON, overturn } from '../../../test/support/overturning.ts';
import { carriedOut, runAgain, startedNames } from '../../../test/support/resumed-case.ts';
import type { CaseEvent, JsonObject } from '../../contracts/index.ts';
import { verifyChain } from '../../domain/ledger.ts';
import { closeCase } from '../close-case.ts';
import { openRequest } from '../open-request.ts';
import { performAction } from '../perform-action.ts';

const NURTURE = 'add-to-nurture#1';
const TAKE_BACK = { takeBack: [{ caseId: CASE_ID, actionId: NURTURE }] };
const HOTTER: JsonObject = { ...HOT, companySizeInRange: true, score: 9, tier: 'hot' };
/** Warm as before, in other words. */
const STILL_WARM: JsonObject = { ...WARM, companySizeInRange: true, mentionsCompetitor: true, score: 6, tier: 'warm' };

const closedWarm = async (changes: Parameters<typeof decidedLead>[0] = {}): Promise<MemoryPorts> =>
  carriedOut(await decidedLead({ phase: 'full', judgement: WARM, ...changes }));
const events = async (ports: MemoryPorts): Promise<CaseEvent[]> =>
  (await ports.cases.ledger(CASE_ID)).map(({ event }) => event);
const states = async (ports: MemoryPorts) =>
  Object.fromEntries((await ports.cases.actions(CASE_ID)).map(({ id, state }) => [id, state]));
const lastRound = async (ports: MemoryPorts) => {
  const made = (await events(ports)).findLast((event) => event.type === 'decision-made');
  if (made?.type !== 'decision-made') throw new Error('nothing was decided');
  return made;
};
const lists = ({ effects }: MemoryPorts) => effects.done.map(({ connector, args }) => [connector, args['list']]);

describe('the right decision of an overturning', () => {
  it('is carried out after what was wrong is taken back: on record first, and each once', async () => {
    const ports = await closedWarm();
    await overturn(ports, { decision: COLD, ...TAKE_BACK });
    const [name = ''] = startedNames(ports);
    const { actions, closed, advanceAgain, advanced } = await runAgain(ports, name);
    expect(actions).toMatchObject([
      { actionId: 'take-off-list#202', state: 'done' },
      { actionId: 'add-to-newsletter#201', state: 'done' },
    ]);
    expect(closed).toEqual({ caseId: CASE_ID, outcome: 'overturned' });
    expect(await ports.cases.get(CASE_ID)).toMatchObject({
      ...{ state: 'closed', outcome: 'overturned', decision: COLD, decidedBy: APPROVER },
    });
    expect(lists(ports)).toEqual([
      ['sandbox.crm-add-to-list', 'nurture-sequence'],
      ['sandbox.crm-create-record', undefined],
      ['sandbox.crm-remove-from-list', 'nurture-sequence'],
      ['sandbox.crm-add-to-list', 'newsletter'],
    ]);
    expect(await lastRound(ports)).toMatchObject({
      ...{ by: APPROVER, decision: COLD, phase: 'full', occasion: expect.stringMatching(/^carry-out:/) },
      verdict: {
        kind: 'act',
        reasons: [
          { code: 'person-decided', text: `Decided by ${APPROVER}.` },
          { code: 'take-back', text: `${APPROVER} wants it taken back: ${OVERTURN_REASON}` },
        ],
      },
    });
    expect((await advanceAgain()).actions).toEqual(advanced.actions);
    expect(await runAgain(ports, name)).toMatchObject({
      actions: actions.map(({ actionId, state }) => ({ actionId, state })),
    });
    expect(ports.effects.done).toHaveLength(4);
    const head = await ports.cases.get(CASE_ID);
    expect(verifyChain(await ports.cases.ledger(CASE_ID), head?.ledger).ok).toBe(true);
  });

  it('asks where it has to, for exactly these arguments, and offers nobody to hand it back to the agents', async () => {
    const ports = await closedWarm();
    await overturn(ports, { decision: HOTTER });
    const mail = 'send-meeting-mail#201';
    await expect(runAgain(ports, startedNames(ports)[0] ?? '')).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(await states(ports)).toMatchObject({ [mail]: 'proposed', 'post-to-sales-hot#202': 'proposed' });
    const requestId = await ask(ports, { actionId: mail, attempt: 'right-1' });
    expect(await ports.requests.get(requestId)).toMatchObject({ verbs: ['approve', 'edit', 'reject', 'take-over'] });
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'waiting', outcome: 'overturned' });
    await reply(ports, requestId);
    const { actions, closed } = await runAgain(ports, startedNames(ports)[0] ?? '');
    expect(actions.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(closed).toMatchObject({ outcome: 'overturned' });
    expect(ports.effects.done.filter(({ connector }) => connector === 'mail.send')).toHaveLength(1);
  });

  it('does not do again what is done, and says what is left out', async () => {
    const ports = await closedWarm();
    await overturn(ports, { decision: STILL_WARM });
    const { advanced, closed } = await runAgain(ports, startedNames(ports)[0] ?? '');
    expect(advanced).toMatchObject({ next: 'close', actions: [] });
    expect(closed).toMatchObject({ outcome: 'overturned' });
    expect((await lastRound(ports)).verdict).toEqual({
      kind: 'stop',
      reasons: [
        { code: 'person-decided', text: `Decided by ${APPROVER}.` },
        {
          code: 'intent-closed',
          text:
            'Not done, because it was done or refused in this case already: ' +
            `Add to the nurture sequence (${LEAD.email}), Create the CRM record (${LEAD.email}).`,
        },
      ],
    });
    expect(ports.effects.done).toHaveLength(2);
  });

  it('does again what was taken back to make room for it', async () => {
    const ports = await closedWarm();
    await overturn(ports, { decision: STILL_WARM, ...TAKE_BACK });
    await runAgain(ports, startedNames(ports)[0] ?? '');
    expect(await states(ports)).toMatchObject({
      ...{ [NURTURE]: 'taken-back', 'add-to-nurture#201': 'done', 'create-crm-record#2': 'done' },
    });
    expect((await events(ports)).map(({ type }) => type)).not.toContain('intent-closed');
    expect(lists(ports).slice(2)).toEqual([
      ['sandbox.crm-remove-from-list', 'nurture-sequence'],
      ['sandbox.crm-add-to-list', 'nurture-sequence'],
    ]);
  });

  it('does nothing that a person has refused in the case', async () => {
    const decided = await decidedLead();
    const { ports } = decided;
    await reply(ports, await ask(ports), { verb: 'reject', reason: 'We know her.' });
    await carriedOut(decided);
    await overturn(ports, { decision: { ...HOTTER, score: 8 } });
    const { advanced } = await runAgain(ports, startedNames(ports)[0] ?? '');
    expect(advanced.actions.map(({ actionId }) => actionId.replace(/#\d+$/, ''))).not.toContain('send-meeting-mail');
    expect(JSON.stringify((await lastRound(ports)).verdict)).toContain('Send the meeting mail');
    expect(ports.effects.done.map(({ connector }) => connector)).not.toContain('mail.send');
  });

  it('is not carried out where whoever overturns does not want it, or gives none', async () => {
    for (const changes of [{ decision: COLD, carryOut: false }, { decision: null }]) {
      const ports = await closedWarm();
      await overturn(ports, changes);
      expect(startedNames(ports)).toEqual([]);
      await overturn(ports, { ...changes, ...TAKE_BACK, reason: 'And off the list.' });
      const { actions } = await runAgain(ports, startedNames(ports)[0] ?? '');
      expect(actions).toMatchObject([{ actionId: expect.stringContaining('take-off-list'), state: 'done' }]);
      expect(await ports.cases.closedIntents(CASE_ID)).toHaveLength(1);
    }
  });

  it('does nothing in shadow, and asks while the workflow is switched off', async () => {
    const shadow = await closedWarm();
    shadow.settings.set(settingsIn('shadow'));
    await overturn(shadow, { decision: COLD });
    await expect(runAgain(shadow, startedNames(shadow)[0] ?? '')).rejects.toThrow('in shadow');
    const begun = await carriedOut(await decidedLead({ phase: 'shadow', judgement: WARM }));
    await overturn(begun, { decision: COLD });
    expect((await runAgain(begun, startedNames(begun)[0] ?? '')).advanced).toMatchObject({
      next: 'close',
      actions: [],
    });
    expect(await begun.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'overturned' });
    const off = await closedWarm();
    off.settings.set(settingsIn('full', { paused: true }));
    await overturn(off, { decision: COLD });
    await expect(runAgain(off, startedNames(off)[0] ?? '')).rejects.toThrow('switched off');
    expect([...shadow.effects.done, ...begun.effects.done, ...off.effects.done]).toHaveLength(4);
  });

  it('counts under the caps of its case and day', async () => {
    const ports = await closedWarm({ workflow: under(aCap({ id: 'effects-a-case', limit: 2, per: 'case' })) });
    await overturn(ports, { decision: COLD });
    await expect(runAgain(ports, startedNames(ports)[0] ?? '')).rejects.toThrow('The limit effects-a-case allows');
    expect(ports.effects.done).toHaveLength(2);
  });

  it('is not taken where its actions cannot be made', async () => {
    const broken = () => {
      throw new Error('no plan for that');
    };
    const ports = await closedWarm();
    const stuck: MemoryPorts = {
      ...ports,
      findWorkflow: (id) => {
        const workflow = ports.findWorkflow(id);
        return workflow === null ? null : { ...workflow, plan: broken };
      },
    };
    expect(await overturn(stuck, { decision: COLD })).toEqual({
      kind: 'incomplete',
      problem: expect.stringMatching(/no plan for that.*put on record alone/),
    });
    expect(await overturn(stuck, { decision: COLD, carryOut: false })).toMatchObject({ kind: 'overturned' });
  });
});

describe('a right decision whose actions can be made no more once it is due', () => {
  it('is left to the person, and the case says so', async () => {
    const ports = await closedWarm();
    await overturn(ports, { decision: COLD });
    const findWorkflow: MemoryPorts['findWorkflow'] = (id) => {
      const workflow = ports.findWorkflow(id);
      const plan = () => {
        throw new Error('no plan for that');
      };
      return workflow === null ? null : { ...workflow, plan };
    };
    const { closed } = await runAgain({ ...ports, findWorkflow }, startedNames(ports)[0] ?? '');
    expect(closed).toMatchObject({ outcome: 'left-to-person' });
    expect((await lastRound(ports)).verdict).toMatchObject({
      kind: 'stop',
      reasons: [{ code: 'person-left-to-person', text: expect.stringContaining('no plan for that') }],
    });
  });
});

describe('an overturning in the middle of a case', () => {
  /** A hot lead whose mail is asked while it is overturned: it is cold. */
  async function overturnedWhileAsked() {
    const decided = await decidedLead();
    const { ports, opened } = decided;
    await ask(ports);
    await overturn(ports, { decision: COLD });
    const [name = ''] = startedNames(ports);
    const closeFirst = () => closeCase.run(ports, { pinned: opened.pinned, outcome: null, actions: [] });
    return { ports, name, closeFirst };
  }

  it.each(['the first execution', 'the one that carries out'])(
    'is closed by whichever ends last, here %s',
    async (last) => {
      const { ports, name, closeFirst } = await overturnedWhileAsked();
      const ends = [closeFirst, async () => (await runAgain(ports, name)).closed];
      const [one, two] = last === 'the first execution' ? ends.toReversed() : ends;
      expect(await one?.()).toEqual({ caseId: CASE_ID, outcome: null });
      expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'open' });
      expect(await two?.()).toEqual({ caseId: CASE_ID, outcome: 'overturned' });
      expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'overturned' });
      expect(await states(ports)).toMatchObject({ [MAIL]: 'refused', 'add-to-newsletter#201': 'done' });
      expect((await events(ports)).filter(({ type }) => type === 'case-closed')).toHaveLength(1);
    },
  );

  it('is started by the first execution where whoever overturned could not', async () => {
    const { ports, name, closeFirst } = await overturnedWhileAsked();
    const wanted = ports.executions.started.get(name);
    ports.executions.started.clear();
    await closeFirst();
    expect(ports.executions.started.get(name)).toEqual(wanted);
  });

  it('closes what may have been done already: the right decision does not do it a second time', async () => {
    const { ports } = await decidedLead();
    await reply(ports, await ask(ports), { verb: 'reject', reason: 'We know her.' });
    ports.effects.script('lost-after', 'refused');
    const perform = () => performAction.run(ports, { caseId: CASE_ID, actionId: POST });
    await expect(perform()).rejects.toMatchObject({ name: 'PassingError' });
    await expect(perform()).rejects.toMatchObject({ name: 'NeedsPersonError' });
    await openRequest.run(ports, question({ actionId: POST, problem: 'It did not surely happen.' }));
    await overturn(ports, { decision: { ...HOTTER, score: 8 } });
    await runAgain(ports, startedNames(ports)[0] ?? '');
    expect(await states(ports)).toMatchObject({ [POST]: 'refused', 'create-crm-record#203': 'done' });
    expect(Object.keys(await states(ports)).filter((id) => id.startsWith('post-to-sales-hot'))).toEqual([POST]);
    expect(ports.effects.done.filter(({ idempotencyKey }) => idempotencyKey.includes('post-to-sales'))).toHaveLength(1);
    expect(await events(ports)).toContainEqual({
      ...{ type: 'intent-closed', intent: { effect: 'announce', target: '#sales-hot' }, by: APPROVER },
      reason: 'It may have been done before the decision was overturned: whoever wants it looks first.',
    });
  });

  it('ends what agents would decide: a fact that a person told them before starts them no more', async () => {
    const { ports, opened } = await decidedLead();
    await reply(ports, await ask(ports), { verb: 'respond', reason: 'She has a budget.' });
    await overturn(ports, { decision: COLD });
    await closeCase.run(ports, { pinned: opened.pinned, outcome: null, actions: [] });
    expect(startedNames(ports).filter((name) => name.includes('-h'))).toEqual([]);
  });

  it('ends agents that have begun already', async () => {
    const { ports, opened } = await decidedLead({ models: [modelAnswer(HOT), modelAnswer(HOT)] });
    await reply(ports, await ask(ports), { verb: 'respond', reason: 'She has a budget.' });
    await closeCase.run(ports, { pinned: opened.pinned, outcome: null, actions: [] });
    const again = `${CASE_ID}-h1`;
    await overturn(ports, { decision: COLD });
    const { advanced } = await runAgain(ports, again);
    expect(advanced).toMatchObject({ next: 'close', actions: [], outcome: null });
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ decision: COLD, decidedBy: APPROVER });
  });

  it('is not taken while a person is asked about the decision itself', async () => {
    const { ports } = await decidedLead({ answer: { confidence: 0.5 } });
    const requestId = await ask(ports, { kind: 'decide-case', actionId: null });
    expect(await overturn(ports, { decision: COLD })).toMatchObject({
      ...{ kind: 'incomplete', problem: expect.stringContaining('answer that question') },
    });
    expect(await ports.requests.get(requestId)).toMatchObject({ state: 'open' });
  });
});
