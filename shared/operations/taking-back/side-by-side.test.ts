import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../../agents/lead-qualification/workflow.ts';
import { ask, reply } from '../../../test/support/asked-lead.ts';
import { aTurn } from '../../../test/support/domain-examples.ts';
import { CASE_ID, decidedLead, HOT, LEAD, WARM } from '../../../test/support/lead-case.ts';
import { APPROVER } from '../../../test/support/leads.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import { carriedOut, runAgain, startedNames } from '../../../test/support/resumed-case.ts';
import { advanceCase } from '../advance-case.ts';
import { performAction } from '../perform-action.ts';
import { startAgain } from '../start-again.ts';
import type { Resume } from '../step-contracts.ts';

const NURTURE = 'add-to-nurture#1';
const RECORD = 'create-crm-record#2';
const UNDO = { kind: 'undo-action', actionId: NURTURE, attempt: 'undo' } as const;

const typesOf = async (ports: MemoryPorts) => (await ports.cases.ledger(CASE_ID)).map(({ event }) => event.type);

describe('two executions of one case at the same time', () => {
  it('that both take something back leave the closing to the last', async () => {
    const ports = await carriedOut(await decidedLead({ phase: 'full', judgement: WARM }));
    await reply(ports, await ask(ports, UNDO), { verb: 'reject' });
    const [name = ''] = startedNames(ports);
    const other = { kind: 'take-back' as const, ref: 'other', actionIds: [RECORD] };
    const record = leadQualification.actions['create-crm-record'];
    if (record === undefined) throw new Error('there is no such action');
    const compensation = { action: 'take-off-list', arguments: () => ({ email: LEAD.email, list: 'newsletter' }) };
    const actions = { ...leadQualification.actions, 'create-crm-record': { ...record, compensation } };
    const both: MemoryPorts = { ...ports, findWorkflow: () => ({ ...leadQualification, actions }) };
    await wish(both, { ...other, by: APPROVER });
    await startAgain(both.executions, await known(both), other);
    const [, second = ''] = startedNames(both);
    both.effects.script('lost-before');
    await expect(runAgain(both, second)).rejects.toMatchObject({ name: 'PassingError' });
    expect((await runAgain(both, name)).closed).toEqual({ caseId: CASE_ID, outcome: null });
    expect(await both.cases.get(CASE_ID)).toMatchObject({ state: 'open', round: 3 });
    expect((await runAgain(both, second)).closed).toMatchObject({ outcome: 'undone' });
    expect(await both.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'undone' });
    expect((await typesOf(both)).filter((type) => type === 'case-reopened')).toHaveLength(1);
  });

  it('each take a round of their own where both wanted the same', async () => {
    const { ports, opened } = await decidedLead({ phase: 'full', judgement: WARM });
    await ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: NURTURE }));
    await reply(ports, await ask(ports, UNDO), { verb: 'reject' });
    const { advanced } = await runAgain(ports, startedNames(ports)[0] ?? '');
    expect(advanced.round).toBe(2);
    const { pinned, cursor } = opened;
    const again = {
      pinned,
      cursor,
      round: 2,
      turns: [aTurn({ judgement: HOT })],
      requestId: null,
      failure: null,
      resume: null,
    };
    const agents = await advanceCase.run(ports, again);
    expect(agents).toMatchObject({ round: 3, next: 'act' });
    expect(agents.actions.map(({ actionId }) => actionId)).toEqual([
      ...['send-meeting-mail#201', 'post-to-sales-hot#202', 'create-crm-record#203'],
    ]);
    expect(await advanceCase.run(ports, again)).toEqual(agents);
    expect((await ports.cases.get(CASE_ID))?.round).toBe(3);
  });
});

async function known(ports: MemoryPorts) {
  const case_ = await ports.cases.get(CASE_ID);
  if (case_ === null) throw new Error('there is no case');
  return case_;
}

/** As an overturning puts it on record. */
async function wish(
  ports: MemoryPorts,
  { ref, actionIds, by }: Pick<Resume, 'ref' | 'actionIds'> & { readonly by: string },
): Promise<void> {
  const { workflow } = await known(ports);
  await ports.cases.commit({
    ...{ caseId: CASE_ID, workflow, cursor: null, atMs: 1 },
    events: [
      {
        ...{ type: 'take-back-asked', ref, actionIds, by, proof: 'sign-in', channel: 'api' },
        ...{ reason: '', overturned: CASE_ID },
      },
    ],
  });
}
