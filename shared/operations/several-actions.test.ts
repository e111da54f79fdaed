import { describe, expect, it } from 'vitest';
import { CaseMachine } from '../../test/support/case-machine.ts';
import { CrashingPorts } from '../../test/support/crashing-ports.ts';
import { CASE_ID, caseStart, HOT, LEAD, modelAnswer, READABLE, settingsIn } from '../../test/support/lead-case.ts';
import { type MemoryPorts, memoryPorts } from '../../test/support/memory-ports.ts';
import { qualifierAlone } from '../../test/support/qualifier-alone.ts';
import type { Workflow } from '../authoring/index.ts';
import type { JsonObject, Verb } from '../contracts/index.ts';

const qualifier = qualifierAlone();

const mail = (to: string, subject = 'A time to talk?') => ({
  action: 'send-meeting-mail',
  arguments: { to, bcc: [], subject, text: 'Hello' },
});

/** A case whose plan is these actions, run to its end by a person who answers by the name of each. */
async function run(
  planned: readonly { action: string; arguments: JsonObject }[],
  answers: Readonly<Record<string, Verb>>,
) {
  const plan: Workflow['plan'] = () => planned;
  const workflow: Workflow = { ...qualifier, plan };
  const memory = memoryPorts({ models: [modelAnswer(HOT)], sources: READABLE });
  const ports: MemoryPorts = { ...memory, findWorkflow: () => workflow };
  ports.settings.set(settingsIn('partial'));
  const person = ({ actionId }: { actionId: string | null }): Verb => answers[actionId ?? ''] ?? 'approve';
  const machine = new CaseMachine(new CrashingPorts(ports, null), person, async () => {});
  await machine.run(caseStart());
  return ports;
}

const states = async (ports: MemoryPorts) =>
  Object.fromEntries((await ports.cases.actions(CASE_ID)).map(({ id, state }) => [id, state]));

describe('several actions of one decision', () => {
  it('answered yes, no and yes: two run, one is closed, and the case goes on', async () => {
    const people = ['a@shop.example', 'b@shop.example', 'c@shop.example'];
    const ports = await run(
      people.map((to) => mail(to)),
      { 'send-meeting-mail#2': 'reject' },
    );
    expect(await states(ports)).toEqual({
      'send-meeting-mail#1': 'done',
      'send-meeting-mail#2': 'refused',
      'send-meeting-mail#3': 'done',
    });
    expect(ports.effects.done.map(({ args }) => args['to'])).toEqual(['a@shop.example', 'c@shop.example']);
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'done' });
  });

  it('that are equal have ids, keys and questions of their own', async () => {
    const ports = await run([mail(LEAD.email), mail(LEAD.email)], {});
    const actions = await ports.cases.actions(CASE_ID);
    const distinct = (values: readonly (string | null)[]) => new Set(values).size;
    expect(distinct(actions.map(({ id }) => id))).toBe(2);
    expect(distinct(actions.map(({ idempotencyKey }) => idempotencyKey))).toBe(2);
    expect(distinct(actions.map(({ requestId }) => requestId))).toBe(2);
    expect(actions.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('that are equal are both refused by one no: the second is not even asked', async () => {
    const ports = await run([mail(LEAD.email), mail(LEAD.email, 'Another subject')], {
      'send-meeting-mail#1': 'reject',
    });
    expect(await states(ports)).toEqual({ 'send-meeting-mail#1': 'refused', 'send-meeting-mail#2': 'refused' });
    expect(await ports.requests.ofCase(CASE_ID)).toHaveLength(1);
    expect(ports.effects.calls).toBe(0);
  });
});

describe('a case that was paused for a person', () => {
  it('has called its sources and its model once when it ends', async () => {
    const ports = await run([mail(LEAD.email)], {});
    const reads = ports.sources.reads.map(({ connector }) => connector);
    // The history is what the mail rests on, so it is read once more right before it goes out.
    expect(reads.toSorted()).toEqual([
      'sandbox.company-directory',
      'sandbox.crm-history',
      'sandbox.crm-history',
      'sandbox.professional-profile',
    ]);
    expect(ports.models.questions).toHaveLength(1);
    expect(ports.effects.calls).toBe(1);
  });
});
