import { describe, expect, it } from 'vitest';
import { CASE_ID, decidedLead, LEAD } from '../../test/support/lead-case.ts';
import { WORKFLOW } from '../../test/support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../test/support/memory-ports.ts';
import { plantCase, plantedId } from '../../test/support/planted-chain.ts';
import type { Case, Json, Trigger } from '../contracts/index.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { startCase } from './start-case.ts';
import { CaseRun } from './step-contracts.ts';

const FORM = { name: LEAD.name, email: LEAD.email, company: LEAD.company, title: LEAD.title, message: LEAD.message };

function trigger(body: Json, changes: Partial<Trigger> = {}): Trigger {
  return {
    ...{ workflow: WORKFLOW, trigger: 'contact-form', eventId: 'msg_1', receivedAt: '2026-03-02T08:59:59.000Z', body },
    ...changes,
  };
}

async function started(body: Json, changes: Partial<Trigger> = {}) {
  const ports = memoryPorts();
  await startCase.run(ports, trigger(body, changes));
  expect(ports.executions.started.size).toBe(1);
  const [[name, input] = ['', {}]] = ports.executions.started;
  const { pinned } = CaseRun.parse(input);
  return { name, input, start: await openedBy(ports, pinned.caseId) };
}

async function openedBy(ports: MemoryPorts, caseId: string): Promise<Case> {
  const known = await ports.cases.get(caseId);
  if (known === null) throw new Error('the case was not opened');
  return known;
}

async function allOpened(ports: MemoryPorts): Promise<Case[]> {
  return Promise.all([...ports.executions.started.keys()].map((caseId) => openedBy(ports, caseId)));
}

describe('a trigger', () => {
  it('opens its case with what the workflow reads in it, and starts its execution with nothing of that', async () => {
    const { name, input, start } = await started(FORM);
    expect(start).toMatchObject({
      ...{ id: CASE_ID, workflow: WORKFLOW, trigger: 'contact-form', eventId: 'msg_1', input: LEAD, problems: [] },
      ...{ state: 'open', round: 0, openedAtMs: Date.UTC(2026, 2, 2, 8, 59, 59), causedBy: null },
    });
    const first = [{ agent: 'qualifier', purpose: 'first' }];
    const { openedAtMs, ledger: cursor } = start;
    expect({ name, input }).toEqual({
      name: CASE_ID,
      input: {
        pinned: { caseId: CASE_ID, workflow: WORKFLOW, openedAtMs, told: 0, first, resumed: null },
        ...{ cursor, round: 1, turns: first, failure: null, resume: null },
      },
    });
  });

  it('that broke off between the two goes on where it was, however often', async () => {
    const ports = memoryPorts();
    ports.executions.refusesStarts = true;
    await expect(startCase.run(ports, trigger(FORM))).rejects.toThrow('connection lost');
    expect(await ports.cases.ledger(CASE_ID)).toHaveLength(1);
    ports.executions.refusesStarts = false;
    for (const _time of [1, 2]) await startCase.run(ports, trigger(FORM));
    expect([...ports.executions.started.keys()]).toEqual([CASE_ID]);
    expect(await ports.cases.ledger(CASE_ID)).toHaveLength(1);
    expect(ports.telemetry.sum('CasesOpened')).toBe(1);
  });

  it('that comes again when nobody remembers its execution any more starts none: its case has been judged', async () => {
    const { ports } = await decidedLead();
    await startCase.run(ports, trigger(FORM));
    expect(ports.executions.started.size).toBe(0);
  });

  it('that an action of another case made happen says so by the key of that action, where its workflow declares it', async () => {
    const key = `${plantedId(0)}.add-to-nurture#1`;
    const reply = { ...FORM, replyId: 'r-1', causedBy: key };
    const inmail = { trigger: 'inmail-reply', eventId: 'e-1' };
    const caused = async (body: Json, changes = inmail) => {
      const ports = memoryPorts();
      await plantCase(ports.cases, 0);
      await startCase.run(ports, trigger(body, changes));
      const [[, input] = ['', {}]] = ports.executions.started;
      return (await openedBy(ports, CaseRun.parse(input).pinned.caseId)).causedBy;
    };
    expect(await caused(reply)).toEqual({ caseId: plantedId(0), actionId: 'add-to-nurture#1' });
    expect(await caused({ ...reply, causedBy: 'somebody' })).toBeNull();
    expect(await caused({ ...reply, causedBy: { caseId: CASE_ID } })).toBeNull();
    // A form is filled in by anybody: its workflow declares no such place.
    expect(await caused(reply, { trigger: 'contact-form', eventId: 'msg_2' })).toBeNull();
  });

  it('starts one execution, however often it comes', async () => {
    const ports = memoryPorts();
    for (let time = 0; time < 3; time += 1) await startCase.run(ports, trigger(FORM));
    expect(ports.executions.started.size).toBe(1);
  });

  it('that brings something else under a known name is for a person, and starts nothing else, however often it comes', async () => {
    const ports = memoryPorts();
    await startCase.run(ports, trigger(FORM));
    const other = trigger({ ...FORM, company: 'Another' });
    for (let time = 0; time < 3; time += 1) await startCase.run(ports, other);
    expect(ports.executions.started.size).toBe(2);
    const [, start] = await allOpened(ports);
    expect(start).toMatchObject({ input: { ...LEAD, company: 'Another' }, eventId: expect.stringMatching(/^msg_1\//) });
    expect(start?.problems).toEqual([
      `Something else came under the same name before: case ${CASE_ID}. This one is for a person.`,
    ]);
    expect(ports.telemetry.sum('TriggersUnlike')).toBe(3);
  });

  it('that does not fit becomes a case for a person, with what came and what is wrong', async () => {
    const { start } = await started({ ...FORM, email: 'nobody', extra: 1 });
    expect(start.input).toEqual({ ...FORM, email: 'nobody', extra: 1 });
    expect(start.problems).toEqual([expect.stringContaining('email: ')]);
  });

  it.each<[string, Json]>([
    ['text', 'hello'],
    ['a list', [FORM]],
    ['null', null],
  ])('that is %s becomes a case for a person', async (_what, body) => {
    const { start } = await started(body);
    expect(start).toMatchObject({ input: body, problems: ['The trigger is not a JSON object.'] });
  });

  it.each<[string, Json]>([
    ['an integer that loses digits', { ...FORM, email: 'nobody', id: 2 ** 60 }],
    ['half of a surrogate pair', { ...FORM, message: '\ud83d' }],
  ])('with %s becomes a case for a person whose ledger can be written', async (_what, body) => {
    const { start } = await started(body);
    expect(() => canonicalJson(start.input)).not.toThrow();
    expect(JSON.stringify(start.input)).toContain('Hanna');
    expect(start.problems).toHaveLength(1);
  });

  it('keeps a field of the sender that is called item', async () => {
    const { start } = await started({ ...FORM, item: { name: 'x' } });
    expect(start).toMatchObject({ input: LEAD, problems: [] });
    const other = await started({ item: FORM });
    expect(other.start.problems.length).toBeGreaterThan(0);
  });

  it.each([{ workflow: 'unknown' }, { trigger: 'unknown' }])(
    'of nothing deployed goes to the dead letters: %o',
    async (change) => {
      const ports = memoryPorts();
      await expect(startCase.run(ports, trigger(FORM, change))).rejects.toMatchObject({ name: 'UnknownTriggerError' });
      expect(ports.executions.started.size).toBe(0);
    },
  );
});

describe('a schedule', () => {
  const slot = trigger({}, { trigger: 'open-leads', eventId: '2026-03-02T07:00:00Z' });
  const leads = [FORM, { ...FORM, email: 'second@shop.example' }];

  it('puts each open item on the queue as a trigger of its own', async () => {
    const ports = memoryPorts({ lists: { 'sandbox.crm/open-leads': leads } });
    expect(await startCase.run(ports, slot)).toEqual({ started: 2 });
    expect(ports.executions.started.size).toBe(0);
    expect(ports.intake.triggers.map(({ body }) => body)).toEqual(leads.map((item) => ({ item })));
    expect(new Set(ports.intake.triggers.map(({ eventId }) => eventId)).size).toBe(2);
  });

  it('that fires twice makes no second case of an item', async () => {
    const ports = memoryPorts({ lists: { 'sandbox.crm/open-leads': leads } });
    await startCase.run(ports, slot);
    await startCase.run(ports, slot);
    for (const item of ports.intake.triggers) await startCase.run(ports, item);
    expect(ports.executions.started.size).toBe(2);
    expect((await allOpened(ports))[0]).toMatchObject({ input: { ...FORM, channel: 'crm' }, problems: [] });
  });

  it('is not kept from its good items by one that cannot be written down', async () => {
    const ports = memoryPorts({ lists: { 'sandbox.crm/open-leads': [{ ...FORM, id: 2 ** 60 }, FORM] } });
    expect(await startCase.run(ports, slot)).toEqual({ started: 2 });
    for (const item of ports.intake.triggers) await startCase.run(ports, item);
    expect(ports.executions.started.size).toBe(2);
  });

  it('comes again when its list cannot be read', async () => {
    await expect(startCase.run(memoryPorts(), slot)).rejects.toThrow('There is no list');
  });
});
