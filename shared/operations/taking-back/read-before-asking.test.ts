import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead, HOT, READABLE, WARM } from '../../../test/support/lead-case.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import { overturn } from '../../../test/support/overturning.ts';
import { begun, carriedOut, runAgain, startedNames } from '../../../test/support/resumed-case.ts';
import type { JsonObject } from '../../contracts/index.ts';
import { advanceCase } from '../advance-case.ts';
import { performAction } from '../perform-action.ts';

const HOTTER: JsonObject = { ...HOT, companySizeInRange: true, score: 9, tier: 'hot' };

const closedWarm = async (changes: Parameters<typeof decidedLead>[0] = {}): Promise<MemoryPorts> =>
  carriedOut(await decidedLead({ phase: 'full', judgement: WARM, ...changes }));

describe('a right decision whose actions rest on facts', () => {
  it('asks once, for what holds now, where the wrong decision changed what the right one rests on', async () => {
    // given: a record that the wrong decision made is in the CRM since
    const known = { stage: 'none', contactedBefore: false, lastContactDays: null };
    const history = [{ data: known }, { data: { ...known, stage: 'open' } }];
    const ports = await closedWarm({ sources: { ...READABLE, 'sandbox.crm-history': history } });
    await overturn(ports, { decision: HOTTER });
    const [name = ''] = startedNames(ports);
    const mail = 'send-meeting-mail#201';
    // when: it is read again before anybody is asked
    await expect(runAgain(ports, name)).rejects.toThrow('What this rests on has changed since: ');
    expect(ports.effects.done).toHaveLength(2);
    const requestId = await ask(ports, { actionId: mail, attempt: 'right-1', problem: 'It needs a person.' });
    // then: the one question shows what changed, and its yes is enough
    const changes = [{ source: 'crm-history', path: 'stage', before: 'none', after: 'open' }];
    expect(await ports.requests.get(requestId)).toMatchObject({ changes, earlier: null });
    await reply(ports, requestId);
    expect(await ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: mail }))).toMatchObject({
      state: 'done',
    });
  });

  it('sends what rests on facts to be looked at before it is asked about, and other questions straight to a person', async () => {
    const ports = await closedWarm();
    await overturn(ports, { decision: HOTTER });
    const { pinned, cursor, round, failure, resume } = await begun(ports, startedNames(ports)[0] ?? '');
    const input = { pinned, cursor, round, turns: [], requestId: null, failure, resume };
    const { actions } = await advanceCase.run(ports, input);
    const stored = await ports.cases.actions(CASE_ID);
    const steps = actions.map(({ actionId, mode }) => [actionId, stored.find(({ id }) => id === actionId)?.mode, mode]);
    expect(steps).toEqual([
      ['send-meeting-mail#201', 'ask', 'perform'],
      ['post-to-sales-hot#202', expect.any(String), expect.any(String)],
    ]);
  });
});
