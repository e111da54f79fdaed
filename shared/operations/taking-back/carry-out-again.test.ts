import { describe, expect, it } from 'vitest';
import { ask } from '../../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead, HOT, WARM } from '../../../test/support/lead-case.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import { COLD, overturn } from '../../../test/support/overturning.ts';
import { carriedOut, runAgain, startedNames } from '../../../test/support/resumed-case.ts';
import type { JsonObject, RequestId } from '../../contracts/index.ts';
import { performAction } from '../perform-action.ts';
import { rescueCase } from '../rescue-case.ts';

const TAKE_BACK = { takeBack: [{ caseId: CASE_ID, actionId: 'add-to-nurture#1' }] };
const HOTTER: JsonObject = { ...HOT, companySizeInRange: true, score: 9, tier: 'hot' };

const closedWarm = async (): Promise<MemoryPorts> => carriedOut(await decidedLead({ phase: 'full', judgement: WARM }));
const states = async (ports: MemoryPorts) =>
  Object.fromEntries((await ports.cases.actions(CASE_ID)).map(({ id, state }) => [id, state]));
const lists = ({ effects }: MemoryPorts) => effects.done.map(({ connector, args }) => [connector, args['list']]);
const perform = (ports: MemoryPorts, actionId: string) =>
  ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId }));

describe('a right decision that is itself overturned', () => {
  it('is not carried out once another one stands in its place', async () => {
    const ports = await closedWarm();
    await overturn(ports, { decision: HOTTER });
    await overturn(ports, { decision: COLD, reason: 'No, she is a student.' });
    const [first = '', second = ''] = startedNames(ports);
    expect((await runAgain(ports, first)).advanced).toMatchObject({ next: 'close', actions: [] });
    expect((await runAgain(ports, second)).actions).toMatchObject([
      { actionId: 'add-to-newsletter#301', state: 'done' },
    ]);
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', decision: COLD, outcome: 'overturned' });
  });

  it('keeps back what of it still waits', async () => {
    const ports = await closedWarm();
    await overturn(ports, { decision: HOTTER });
    await expect(runAgain(ports, startedNames(ports)[0] ?? '')).rejects.toThrow('needs a person');
    await ask(ports, { actionId: 'send-meeting-mail#201', attempt: 'right-1' });
    await overturn(ports, { decision: COLD, reason: 'No, she is a student.' });
    expect(await states(ports)).toMatchObject({
      ...{ 'send-meeting-mail#201': 'refused', 'post-to-sales-hot#202': 'refused' },
    });
  });
});

describe('a carrying out that broke off', () => {
  it('is gone on with by the rescue, from what it has begun', async () => {
    const ports = await closedWarm();
    await overturn(ports, { decision: COLD, ...TAKE_BACK });
    const [name = ''] = startedNames(ports);
    ports.effects.script('lost-after');
    await expect(runAgain(ports, name)).rejects.toMatchObject({ name: 'PassingError' });
    const input = JSON.stringify(ports.executions.started.get(name));
    await rescueCase.run(ports, { name, status: 'FAILED', error: 'States.Timeout', cause: null, input });
    const [, rescue = ''] = startedNames(ports);
    const { actions, closed } = await runAgain(ports, rescue);
    expect(actions.toSorted((a, b) => (a.actionId < b.actionId ? -1 : 1))).toMatchObject([
      { actionId: 'add-to-newsletter#201', state: 'done' },
      { actionId: 'take-off-list#202', state: 'done' },
    ]);
    expect(closed).toMatchObject({ outcome: 'overturned' });
    expect(lists(ports).slice(2)).toEqual([
      ['sandbox.crm-remove-from-list', 'nurture-sequence'],
      ['sandbox.crm-add-to-list', 'newsletter'],
    ]);
  });

  it('asks once more what was asked', async () => {
    const ports = await closedWarm();
    await overturn(ports, { decision: HOTTER });
    const [name = ''] = startedNames(ports);
    await expect(runAgain(ports, name)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    const requestId: RequestId = await ask(ports, { actionId: 'send-meeting-mail#201', attempt: 'right-1' });
    const input = JSON.stringify(ports.executions.started.get(name));
    await rescueCase.run(ports, { name, status: 'ABORTED', error: null, cause: null, input });
    expect(await ports.requests.get(requestId)).toMatchObject({ state: 'cancelled' });
    const again = runAgain(ports, startedNames(ports)[1] ?? '');
    await expect(again).rejects.toThrow('needs a person');
    expect(await states(ports)).toMatchObject({ 'send-meeting-mail#201': 'proposed' });
    await expect(perform(ports, 'post-to-sales-hot#202')).resolves.toMatchObject({ state: 'done' });
  });
});
