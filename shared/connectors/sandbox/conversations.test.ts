import { describe, expect, it } from 'vitest';
import { MemorySandbox } from '../../../test/support/memory-sandbox.ts';
import { listOpenConversations, setConversationState } from './conversations.ts';
import { createRecord } from './crm.ts';

const DAY_MS = 86_400_000;
const STARTED_MS = Date.parse('2026-03-02T09:00:00Z');
const PERSON = { email: 'Ann@Lee.example', name: 'Ann', company: 'Lee' };

/** A CRM with a hot lead of the day, and the days that have gone by since. */
async function crm(tag: 'hot' | 'warm' = 'hot') {
  const sandbox = new MemorySandbox();
  let days = 0;
  const ports = { sandbox, clock: { nowMs: () => STARTED_MS + days * DAY_MS } };
  await createRecord(ports)(
    { ...PERSON, title: 'COO', tag, score: 9 },
    { idempotencyKey: 'case.create#1', caseId: 'case', workflow: 'w' },
  );
  const set = (key: string, state: string, until: string | null = null, reminders = 0) =>
    setConversationState(ports)(
      { ...PERSON, state, until, reminders },
      { idempotencyKey: key, caseId: 'later', workflow: 'w' },
    );
  return {
    set,
    listed: listOpenConversations(ports),
    wait: (more: number) => {
      days += more;
    },
  };
}

describe('conversations in the sandbox CRM', () => {
  it('begin with the record of a hot lead, and say how long nobody has answered and what they follow', async () => {
    const { listed, wait } = await crm();
    wait(5);
    expect(await listed()).toEqual([
      { ...PERSON, reminders: 0, causedBy: 'case.create#1', reply: '', today: '2026-03-07', silentDays: 5 },
    ]);
  });

  it('do not begin with a warm lead: nobody wrote to them', async () => {
    expect(await (await crm('warm')).listed()).toEqual([]);
  });

  it('count reminders, and the silence from the last one on', async () => {
    const { set, listed, wait } = await crm();
    wait(5);
    await set('case2.note#2', 'waiting', null, 1);
    wait(3);
    expect(await listed()).toMatchObject([{ reminders: 1, silentDays: 3, causedBy: 'case2.note#2' }]);
  });

  it('are away while they are paused, and back on the day that was named', async () => {
    const { set, listed, wait } = await crm();
    await set('k', 'paused', '2026-03-05');
    expect(await listed()).toEqual([]);
    wait(3);
    expect(await listed()).toHaveLength(1);
  });

  it.each(['closed', 'with-colleague'])(
    'are on the list no more once they are %s, and again when that is taken back',
    async (state) => {
      const { set, listed } = await crm();
      await set('k', state);
      expect(await listed()).toEqual([]);
      await set('back', 'waiting');
      expect(await listed()).toHaveLength(1);
    },
  );
});
