import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../../agents/lead-qualification/workflow.ts';
import { ask, MAIL, question, reply } from '../../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../../test/support/lead-case.ts';
import type { ActionDefinition, Approval, Workflow } from '../../authoring/index.ts';
import type { JsonObject, RequestId } from '../../contracts/index.ts';
import { IntentClosedError, openRequest } from '../open-request.ts';
import { performAction } from '../perform-action.ts';
import { remindRequest } from '../remind-request.ts';

const [ADA, BO, CY] = ['ada@remit.example', 'bo@remit.example', 'cy@remit.example'] as const;

/** The lead workflow, with other rules for the yes to its mail. */
function workflowWith(approval: Partial<Approval>, changes: Partial<ActionDefinition> = {}): Workflow {
  const { 'send-meeting-mail': mail } = leadQualification.actions;
  if (mail === undefined) throw new Error('the lead workflow mails');
  const changed = { ...mail, ...changes, approval: { ...mail.approval, ...approval } };
  const team = { ...leadQualification.team, roles: { finance: [BO, CY] } };
  return { ...leadQualification, team, actions: { ...leadQualification.actions, 'send-meeting-mail': changed } };
}

async function askedBy(workflow: Workflow) {
  const { ports: base } = await decidedLead();
  const ports = { ...base, findWorkflow: () => workflow };
  const requestId = await ask(ports);
  const request = async () => {
    const found = await ports.requests.get(requestId);
    if (found === null) throw new Error('there is no question');
    return found;
  };
  return { ports, requestId, request, draft: (await request()).draft };
}

const QUORUM = { people: [ADA, BO, CY], quorum: 2 };

describe('a question that several must answer', () => {
  it('lets the action go after the second yes, and not after the first', async () => {
    const { ports, requestId, request } = await askedBy(workflowWith(QUORUM));
    expect((await reply(ports, requestId, { by: ADA })).kind).toBe('counted');
    expect([(await request()).state, ports.executions.resumed]).toEqual(['open', []]);
    const perform = performAction.run(ports, { caseId: CASE_ID, actionId: MAIL });
    await expect(perform).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect((await reply(ports, requestId, { by: CY })).kind).toBe('answered');
    expect(ports.executions.resumed).toHaveLength(1);
    const done = await ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: MAIL }));
    expect(done.state).toBe('done');
  });

  it('stands anew about other values: the first yes was to something else', async () => {
    const { ports, requestId, request, draft } = await askedBy(workflowWith(QUORUM));
    await reply(ports, requestId, { by: ADA });
    const edits = { ...draft, subject: 'Another subject' };
    expect((await reply(ports, requestId, { by: BO, verb: 'edit', edits })).kind).toBe('counted');
    const changed = await request();
    expect(changed).toMatchObject({ draft: edits, votes: [{ by: BO }], state: 'open' });
    expect(ports.executions.resumed.map(({ output }) => output['state'])).toEqual(['open']);
    const mailed = await remindRequest.run(ports, { requestId, because: 'change' });
    expect(mailed).toMatchObject({ people: 3, reminded: false });
    expect(ports.mailer.sent.slice(-2).map(({ to }) => to)).toEqual([[ADA], [CY]]);
    expect((await reply(ports, requestId, { by: ADA })).kind).toBe('answered');
    expect(await ports.cases.action(CASE_ID, MAIL)).toMatchObject({ state: 'approved', arguments: edits });
    const done = await ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: MAIL }));
    expect([done.state, ports.effects.done[0]?.args]).toEqual(['done', edits]);
  });
});

describe('an edit', () => {
  const amount = ({ subject }: JsonObject) => ({ minor: String(subject).length * 1_000, currency: 'EUR' });
  const above = [{ from: { minor: 50_000, currency: 'EUR' }, people: [{ role: 'finance' }], quorum: 1 }];

  it('that needs another approver goes to that person, and releases nothing before', async () => {
    const { ports, requestId, request, draft } = await askedBy(workflowWith({ people: [ADA], above }, { amount }));
    const edits = { ...draft, subject: 'x'.repeat(60) };
    expect((await reply(ports, requestId, { by: ADA, verb: 'edit', edits })).kind).toBe('counted');
    expect(await request()).toMatchObject({ people: [BO, CY], votes: [], draft: edits, state: 'open' });
    expect((await reply(ports, requestId, { by: ADA })).kind).toBe('not-allowed');
    expect((await reply(ports, requestId, { by: BO })).kind).toBe('answered');
  });

  it('that needs nobody else is a yes', async () => {
    const { ports, requestId, draft } = await askedBy(workflowWith({ people: [ADA], above }, { amount }));
    const edits = { ...draft, subject: 'short' };
    expect((await reply(ports, requestId, { by: ADA, verb: 'edit', edits })).kind).toBe('answered');
  });

  it('cannot make it what a person has refused', async () => {
    const { ports, requestId, request, draft } = await askedBy(leadQualification);
    const head = await ports.cases.get(CASE_ID);
    if (head === null) throw new Error('there is no case');
    const closed = { effect: 'contact', target: 'wrong@shop.example' };
    await ports.cases.commit({
      ...{ caseId: CASE_ID, workflow: head.workflow, cursor: null, atMs: 1, closedIntents: [closed] },
      events: [{ type: 'intent-closed', intent: closed, by: ADA, reason: 'wrong person' }],
    });
    const edits = { ...draft, to: 'wrong@shop.example' };
    expect((await reply(ports, requestId, { verb: 'edit', edits })).kind).toBe('incomplete');
    expect((await request()).state).toBe('open');
  });
});

describe('a refusal', () => {
  it('closes the same for every other action: it is refused, and nobody is asked', async () => {
    const { ports, requestId } = await askedBy(leadQualification);
    await reply(ports, requestId, { verb: 'reject', reason: 'wrong customer' });
    const first = await ports.cases.action(CASE_ID, MAIL);
    if (first === null) throw new Error('there is no action');
    const twin = {
      ...first,
      id: 'send-meeting-mail#9' as typeof first.id,
      state: 'proposed' as const,
      requestId: null,
    };
    ports.tables.actions.set(`${CASE_ID}/${twin.id}`, JSON.stringify(twin));
    const mails = ports.mailer.sent.length;
    await expect(openRequest.run(ports, question({ actionId: twin.id, attempt: 'ask-9' }))).rejects.toThrow(
      IntentClosedError,
    );
    expect(await ports.cases.action(CASE_ID, twin.id)).toMatchObject({ state: 'refused' });
    expect([ports.mailer.sent.length, (await ports.requests.ofCase(CASE_ID)).length]).toEqual([mails, 1]);
    expect(ports.effects.calls).toBe(0);
  });
});

describe('an answer that is not taken', () => {
  it.each<[string, Parameters<typeof reply>[2], string]>([
    ['by somebody who was not asked', { by: 'mallory@remit.example' }, 'not-allowed'],
    ['to another form of the question', { digest: '0'.repeat(64) }, 'changed'],
  ])('%s is on record, and changes nothing', async (_what, change, kind) => {
    const { ports, requestId, request } = await askedBy(leadQualification);
    expect((await reply(ports, requestId, change)).kind).toBe(kind);
    expect((await request()).state).toBe('open');
    const last = (await ports.cases.ledger(CASE_ID)).at(-1)?.event;
    expect(last).toMatchObject({ type: 'answer-refused', requestId, verb: 'approve', proof: 'mail-code' });
    expect(ports.telemetry.sum('AnswersRefused')).toBe(1);
  });

  it('to a question that needs more proof says so', async () => {
    const { ports, requestId } = await askedBy(workflowWith({ proof: 'fresh-sign-in' }));
    expect(await reply(ports, requestId, { proof: 'sign-in' })).toMatchObject({
      kind: 'proof-needed',
      proof: 'fresh-sign-in',
    });
    expect((await reply(ports, requestId, { proof: 'fresh-sign-in' })).kind).toBe('answered');
  });

  it('of who wants it is no yes, and they are not even asked', async () => {
    const workflow = { ...workflowWith({ people: [ADA, BO] }), requestedBy: () => ADA };
    const { ports: base } = await decidedLead();
    const head = await base.cases.get(CASE_ID);
    base.tables.cases.set(CASE_ID, JSON.stringify({ ...head, requestedBy: ADA }));
    const ports = { ...base, findWorkflow: () => workflow };
    const requestId: RequestId = await ask(ports);
    expect(await ports.requests.get(requestId)).toMatchObject({ people: [BO], excluded: [ADA] });
    expect((await reply(ports, requestId, { by: ADA })).kind).toBe('not-allowed');
    expect((await reply(ports, requestId, { by: BO })).kind).toBe('answered');
  });
});
