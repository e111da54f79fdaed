import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { HELD_MINUTES } from '../support/held-leads/index.ts';
import { settingsIn } from '../support/lead-case.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';
import { assemblyWith } from '../support/other-workflows.ts';
import { putSettings } from '../support/stored-settings.ts';

const NURTURE = 'add-to-nurture#1';
const HOURS = 3_600;

const stateOf = ({ actions }: CaseAnswer, id: string) => actions.find((action) => action.id === id)?.state;
const typesOf = ({ ledger = [] }: CaseAnswer) => ledger.map(({ event }) => event.type);

describe('a warm lead in phase full, whose nurture sequence is done at once', () => {
  let remit: Deployment;
  beforeAll(async () => {
    remit = await startDeployment();
    await putSettings(remit.url, settingsIn('full'));
  }, 180_000);
  afterAll(() => remit?.stop());

  async function closedLead(name: string) {
    const lead = { ...sampleLead('warm-lead'), name };
    const { caseId } = await remit.trigger(WORKFLOW, lead);
    const closed = await remit.waitFor(caseId, ({ state, requests }) => state === 'closed' && requests.length > 0);
    return { lead, caseId, closed, undo: await remit.questionMail(APPROVER, name) };
  }

  it('is told with an undo link, taken back once, and closed as undone', async () => {
    // given
    const { caseId, closed, undo } = await closedLead('Wanda Warm');
    expect(closed).toMatchObject({ outcome: 'done', requests: [{ kind: 'undo-action', state: 'open' }] });
    expect(undo.mail.subject).toContain('Done: Add to the nurture sequence');
    expect(await (await fetch(undo.link)).text()).toContain('You can take it back until');

    // when
    const answers = await Promise.all([1, 2].map(() => remit.answer(undo, { verb: 'reject' })));

    // then
    // The later one is shown what the first one did.
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const undone = await remit.waitFor(caseId, ({ outcome }) => outcome === 'undone');
    expect(stateOf(undone, NURTURE)).toBe('taken-back');
    expect((await remit.effects(caseId)).map(({ connector, arguments: args }) => [connector, args['email']])).toEqual([
      ['sandbox.crm-add-to-list', sampleLead('warm-lead').email],
      ['sandbox.crm-create-record', sampleLead('warm-lead').email],
      ['sandbox.crm-remove-from-list', sampleLead('warm-lead').email],
    ]);
    expect(typesOf(undone).slice(typesOf(undone).indexOf('request-answered'))).toEqual([
      'request-answered',
      'action-undone',
      'take-back-asked',
      'case-reopened',
      'decision-made',
      'action-intended',
      'action-done',
      'action-taken-back',
      'intent-closed',
      'case-closed',
    ]);
    const ledger = (undone.ledger ?? []).map((entry) => LedgerEntry.parse(entry));
    expect(verifyChain(ledger)).toMatchObject({ ok: true });
    const metrics = await (await fetch(`${remit.url}/_local/metrics`)).text();
    expect(metrics).toContain('Undos');
  });

  it('stays done when nobody takes it back, and the question leaves the list at its deadline', async () => {
    const { caseId, undo } = await closedLead('Lea Left');
    await remit.advance(24 * HOURS + 2);
    const later = await remit.waitFor(caseId, ({ requests }) => requests[0]?.state === 'expired');
    expect(later).toMatchObject({ state: 'closed', outcome: 'done' });
    expect(stateOf(later, NURTURE)).toBe('done');
    const open = (await (await remit.api('/api/requests')).json()) as { items: { caseId: string; kind: string }[] };
    // The case may be drawn for a spot-check meanwhile, which is another question.
    const left = open.items.filter((request) => request.caseId === caseId && request.kind === 'undo-action');
    expect(left).toEqual([]);
    const late = await remit.answer(undo, { verb: 'reject' });
    expect(await late.text()).not.toContain('<button');
    expect(await remit.effects(caseId)).toHaveLength(2);
  });

  it('is overturned: what followed is taken back, the right decision is carried out and becomes an example', async () => {
    // given
    const { caseId, closed, undo, lead } = await closedLead('Olga Overturned');
    const shown = (await (await remit.api(`/api/cases/${caseId}/consequences`)).json()) as {
      digest: string;
      cases: { actions: { actionId: string; takenBackBy: { action: string } | null; problem: string }[] }[];
    };
    expect(shown.cases[0]?.actions.map(({ actionId, takenBackBy }) => [actionId, takenBackBy?.action ?? null])).toEqual(
      [
        [NURTURE, 'take-off-list'],
        ['create-crm-record#2', null],
      ],
    );
    const right = { ...closed.decision, buyingIntent: 'none', score: 1, tier: 'cold' };
    const overturn = (body: object) =>
      remit.api(`/api/cases/${caseId}/overturn`, { method: 'POST', body: JSON.stringify(body) });

    // when
    const nowhere = `/api/cases/${'0'.repeat(32)}`;
    expect((await remit.api(`${nowhere}/consequences`)).status).toBe(404);
    expect((await remit.api(`${nowhere}/overturn`, { method: 'POST', body: '{}' })).status).toBe(400);
    expect((await fetch(`${remit.url}/api/cases/${caseId}/consequences`)).status).toBe(401);
    expect((await overturn({ reason: '', digest: shown.digest })).status).toBe(400);
    expect((await overturn({ reason: 'no', digest: '0'.repeat(64) })).status).toBe(409);
    const body = {
      reason: 'She only asked for a brochure.',
      digest: shown.digest,
      decision: right,
      takeBack: [NURTURE],
    };
    // Sent twice, as by a page that heard of no answer.
    const sent = [await overturn(body), await overturn(body)];

    // then
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    const overturned = await remit.waitFor(caseId, ({ state, actions }) => {
      return state === 'closed' && actions.some((action) => action.state === 'taken-back');
    });
    expect(overturned).toMatchObject({ outcome: 'overturned', decision: { tier: 'cold' }, decidedBy: APPROVER });
    expect((await remit.effects(caseId)).map(({ connector }) => connector)).toEqual([
      'sandbox.crm-add-to-list',
      'sandbox.crm-create-record',
      'sandbox.crm-remove-from-list',
      'sandbox.crm-add-to-list',
    ]);
    expect((await remit.effects(caseId)).at(-1)?.arguments).toEqual({ email: lead.email, list: 'newsletter' });
    expect(overturned.requests.map(({ state }) => state)).toEqual(['cancelled']);
    expect(await (await fetch(undo.link)).text()).not.toContain('<button');
    const examples = (await (await remit.api(`/api/workflows/${WORKFLOW}/examples`)).json()) as { items: unknown[] };
    expect(examples.items).toContainEqual(
      expect.objectContaining({
        expected: expect.objectContaining({ buyingIntent: 'none' }),
        provenance: expect.objectContaining({ caseId, how: 'overturned', by: APPROVER, reason: body.reason }),
      }),
    );
  });
});

describe('a warm lead that is overturned: it is hot', () => {
  let remit: Deployment;
  beforeAll(async () => {
    remit = await startDeployment();
    await putSettings(remit.url, settingsIn('full'));
  }, 180_000);
  afterAll(() => remit?.stop());

  it('is asked about the mail that the right decision leads to, and gets it once after the yes', async () => {
    // given
    const lead = { ...sampleLead('warm-lead'), name: 'Hedda Hotter' };
    const { caseId } = await remit.trigger(WORKFLOW, lead);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    const { digest } = (await (await remit.api(`/api/cases/${caseId}/consequences`)).json()) as { digest: string };
    const right = { ...closed.decision, hasBuyingAuthority: true, score: 9, tier: 'hot' };

    // when
    const body = JSON.stringify({ reason: 'She owns the budget.', digest, decision: right });
    expect((await remit.api(`/api/cases/${caseId}/overturn`, { method: 'POST', body })).status).toBe(200);
    const mail = 'send-meeting-mail#201';
    // What was done can still be taken back, and is mailed about too.
    const question = `Send the meeting mail: ${lead.name}`;
    const asked = await remit.waitFor(caseId, (found) => stateOf(found, mail) === 'asked');
    expect(asked).toMatchObject({ state: 'waiting', outcome: 'overturned', decidedBy: APPROVER });
    expect((await remit.mails(lead.email)).length).toBe(0);
    // The wrong decision has put her into the CRM, which the mail rests on: the approver sees that, and is asked once.
    const asking = await remit.questionMail(APPROVER, question);
    expect(await (await fetch(asking.link)).text()).toContain('Changed since it was proposed');
    expect((await remit.answer(asking, { verb: 'approve' })).status).toBe(200);

    // then
    const ended = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(ended).toMatchObject({ outcome: 'overturned', decision: { tier: 'hot' } });
    expect(ended.requests.filter(({ kind }) => kind === 'approve-action')).toHaveLength(1);
    expect(Object.fromEntries(ended.actions.map(({ id, state }) => [id, state]))).toEqual({
      ...{ [NURTURE]: 'done', 'create-crm-record#2': 'done' },
      ...{ [mail]: 'done', 'post-to-sales-hot#202': 'done' },
    });
    expect((await remit.mails(lead.email)).length).toBe(1);
    expect(typesOf(ended).filter((type) => type === 'decision-made' || type === 'action-done')).toEqual([
      ...['decision-made', 'action-done', 'action-done', 'decision-made', 'action-done', 'action-done'],
    ]);
    expect(verifyChain((ended.ledger ?? []).map((entry) => LedgerEntry.parse(entry)))).toMatchObject({ ok: true });
    const read = await remit.api(`/api/workflows/${WORKFLOW}/autonomy`);
    const { segments } = (await read.json()) as { segments: { against: { decisions: number } }[] };
    expect(segments[0]?.against.decisions).toBe(1);
  });
});

describe('a warm lead in phase full, whose nurture sequence is held', () => {
  let remit: Deployment;
  let assembly: string;
  beforeAll(async () => {
    assembly = await assemblyWith('test/support/held-leads/index.ts');
    remit = await startDeployment({ assembly });
    await putSettings(remit.url, settingsIn('full'));
  }, 180_000);
  afterAll(async () => {
    await remit?.stop();
    if (assembly !== undefined) rmSync(assembly, { recursive: true, force: true });
  });

  async function heldLead(name: string) {
    await putSettings(remit.url, settingsIn('full'));
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('warm-lead'), name });
    const held = await remit.waitFor(caseId, ({ actions }) => actions.some(({ state }) => state === 'held'));
    return { caseId, held, mail: await remit.questionMail(APPROVER, name) };
  }

  it('goes out once, by itself, after its time and not before', async () => {
    const { caseId, mail } = await heldLead('Gina Goes');
    expect(mail.mail.subject).toContain('Goes out soon: Add to the nurture sequence');
    expect(await (await fetch(mail.link)).text()).toMatch(/Goes out (?:at|tomorrow) \S+ \S+ unless you stop it/);
    await remit.advance(HELD_MINUTES * 60 - 5);
    expect(await remit.effects(caseId)).toEqual([]);
    await remit.advance(10);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed).toMatchObject({ outcome: 'done', requests: [{ kind: 'hold-action', state: 'expired' }] });
    expect((await remit.effects(caseId)).map(({ connector }) => connector)).toEqual([
      'sandbox.crm-add-to-list',
      'sandbox.crm-create-record',
    ]);
  });

  it('never goes out once somebody stops it', async () => {
    const { caseId, mail } = await heldLead('Stella Stops');
    expect((await remit.answer(mail, { verb: 'reject' })).status).toBe(200);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    await remit.advance(HELD_MINUTES * 60 * 2);
    expect(stateOf(closed, NURTURE)).toBe('refused');
    expect(typesOf(closed)).toContain('action-undone');
    expect((await remit.effects(caseId)).map(({ connector }) => connector)).toEqual(['sandbox.crm-create-record']);
  });

  it('does not go out by itself where the workflow was stepped back meanwhile: a person is asked', async () => {
    const { caseId } = await heldLead('Berta Back');
    await putSettings(remit.url, settingsIn('partial'));
    await remit.advance(HELD_MINUTES * 60 + 5);
    const asked = await remit.waitFor(caseId, ({ requests }) => requests.some(({ kind }) => kind === 'approve-action'));
    expect(stateOf(asked, NURTURE)).toBe('asked');
    expect(await remit.effects(caseId)).toEqual([]);
  });
});
