import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead, settingsIn } from '../../test/support/lead-case.ts';
import { APPROVER } from '../../test/support/leads.ts';
import type { Phase } from '../contracts/index.ts';
import { renderRequestPage, renderSettledPage } from '../pages/index.ts';
import { advanceCase } from './advance-case.ts';
import { closeCase } from './close-case.ts';
import { openLink } from './open-link.ts';
import { openRequest } from './open-request.ts';
import { performAction } from './perform-action.ts';

const SECRET = 'secret-0000000001';

/** A card of a case in shadow, and what its page shows now. */
async function shadowCard() {
  const { ports, opened } = await decidedLead({ phase: 'shadow' });
  const requestId = await ask(ports, { kind: 'review-decision', actionId: null });
  const view = async () => {
    const found = await openLink.run(ports, { secret: SECRET });
    if (found === null) throw new Error('there is no page');
    return found.view;
  };
  return { ports, opened, requestId, view };
}

describe('approving a shadow card', () => {
  it('says in the subject, on the card, on the button and on the page after it that nothing is executed', async () => {
    const { ports, requestId, view } = await shadowCard();
    const [mail] = ports.mailer.to(APPROVER);
    const card = renderRequestPage(await view()).body;
    await reply(ports, requestId);
    const after = renderSettledPage(await view()).body;
    expect(mail?.subject).toMatch(/^Shadow \(executes nothing\): /);
    expect(card).toContain('nothing will be executed');
    expect(card).toMatch(/value="approve"[^>]*>Agree<small>executes nothing<\/small>/);
    expect(after).toContain('Nothing was executed, and nothing will be.');
  });

  it.each<Phase>(['shadow', 'partial', 'full'])(
    'executes nothing, also when the workflow is in %s by then',
    async (phase) => {
      // given
      const { ports, opened, requestId, view } = await shadowCard();
      ports.settings.set(settingsIn(phase, { revision: 2 }));
      // when
      await reply(ports, requestId);
      const { pinned } = opened;
      const place = { pinned, cursor: opened.cursor, round: 2, turns: [], requestId, failure: null, resume: null };
      const next = await advanceCase.run(ports, place);
      await closeCase.run(ports, { pinned, outcome: next.outcome, actions: [] });
      // then
      expect(next).toMatchObject({ next: 'close', outcome: 'reviewed', actions: [] });
      expect(await ports.cases.actions(CASE_ID)).toEqual([]);
      expect(ports.effects.done).toEqual([]);
      expect((await view()).effect).toBe('nothing');
    },
  );

  it('speaks of nothing in a segment that is in shadow, and of what is done in one that is not', async () => {
    const { ports } = await decidedLead();
    const known = await ports.cases.get(CASE_ID);
    const place = { caseId: CASE_ID, workflow: 'lead-qualification', cursor: null, atMs: 1, events: [] };
    const settings = { ...settingsIn('shadow'), segments: { small: 'partial' as const } };
    await ports.cases.commit({ ...place, head: { settings, phase: known?.phase ?? null } });
    await ask(ports);
    expect((await openLink.run(ports, { secret: SECRET }))?.view.effect).toBe('carried-out');
  });
});

describe('a blind review', () => {
  it('shows nothing of the agents’ decision until the person has given theirs, and counts apart', async () => {
    // given
    const { ports } = await decidedLead({ phase: 'shadow' });
    const own = ports.findWorkflow('lead-qualification');
    if (own === null) throw new Error('there is no workflow');
    const workflow = { ...own, rollout: { ...own.rollout, blindShare: 1 } };
    const blind = { ...ports, findWorkflow: () => workflow };
    const requestId = await ask(blind, { kind: 'review-decision', actionId: null });
    const page = async () => {
      const found = await openLink.run(blind, { secret: SECRET });
      return found === null ? '' : renderRequestPage(found.view).body;
    };
    const decision = (await ports.cases.get(CASE_ID))?.decision ?? {};
    // when
    const before = await page();
    expect(await reply(blind, requestId)).toMatchObject({ kind: 'incomplete' });
    await reply(blind, requestId, { verb: 'edit', edits: { ...decision, tier: 'warm' } });
    // then
    expect(before).toContain('What should be decided for');
    expect(before).not.toContain('What the agent decided');
    expect(before).toMatch(/<details[^>]*id="edit"[^>]*open/);
    expect(/<input[^>]* checked/.test(before)).toBe(false);
    expect((await page()).includes('Decided by')).toBe(true);
    expect(await ports.records.get(CASE_ID)).toMatchObject({ isBlind: true, signals: [{ kind: 'override' }] });
  });
});

describe('a step back while a yes is waited for', () => {
  it('takes no yes any more, and still a no', async () => {
    const { ports } = await decidedLead();
    const requestId = await ask(ports);
    ports.settings.set(settingsIn('shadow', { revision: 2 }));
    expect(await reply(ports, requestId)).toMatchObject({
      kind: 'incomplete',
      problem: expect.stringContaining('stepped back to shadow'),
    });
    expect(await reply(ports, requestId, { verb: 'reject', reason: 'By hand.' })).toMatchObject({ kind: 'answered' });
    expect(ports.effects.done).toEqual([]);
  });

  it('lets what is held from before not go out by itself', async () => {
    const { ports } = await decidedLead({ phase: 'full', judgement: { ...HOT_BUT_WARM } });
    const actionId = 'add-to-nurture#1';
    const action = await ports.cases.action(CASE_ID, actionId);
    if (action === null) throw new Error('nothing was planned');
    const ask = {
      caseId: CASE_ID,
      kind: 'hold-action' as const,
      actionId,
      attempt: 'hold',
      problem: null,
      withMail: true,
    };
    const { requestId } = await openRequest.run(ports, ask);
    const request = await ports.requests.get(requestId);
    if (request === null) throw new Error('nothing was asked');
    await ports.cases.commit({
      ...{ caseId: CASE_ID, workflow: 'lead-qualification', cursor: null, atMs: 1, events: [] },
      changedRequest: { request: { ...request, state: 'expired' }, from: request },
    });
    ports.settings.set(settingsIn('partial', { revision: 2 }));
    await expect(performAction.run(ports, { caseId: CASE_ID, actionId })).rejects.toThrow('needs a yes');
    expect(ports.effects.done).toEqual([]);
  });
});

const HOT_BUT_WARM = {
  ...{ hasBuyingAuthority: false, usesIntegratedStack: true, buyingIntent: 'evaluating' },
  ...{ mentionsCompetitor: false, mentionsUrgency: false },
};
