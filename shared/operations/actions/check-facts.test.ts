import { describe, expect, it } from 'vitest';
import { ask, MAIL, reply } from '../../../test/support/asked-lead.ts';
import { CASE_ID, type DecidedLead, decidedLead, READABLE } from '../../../test/support/lead-case.ts';
import type { SourceStep } from '../../../test/support/memory-sources.ts';
import { performAction } from '../perform-action.ts';

type Ports = DecidedLead['ports'];

const HISTORY = { stage: 'none', contactedBefore: false, lastContactDays: null };

/** A hot lead whose mail was approved, and what its history says from then on. */
async function approvedMail(...later: readonly SourceStep[]): Promise<Ports> {
  const history = [{ data: HISTORY }, ...later];
  const { ports } = await decidedLead({ sources: { ...READABLE, 'sandbox.crm-history': history } });
  await reply(ports, await ask(ports));
  return ports;
}

const perform = (ports: Ports) => ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: MAIL }));

describe('an approved action whose facts are read again', () => {
  it.each<[string, SourceStep]>([
    ['nothing changed', { data: HISTORY }],
    ['another fact changed', { data: { ...HISTORY, contactedBefore: true, lastContactDays: 3 } }],
  ])('is performed where %s', async (_what, now) => {
    const ports = await approvedMail(now);
    expect(await perform(ports)).toMatchObject({ state: 'done' });
    expect(ports.effects.done).toHaveLength(1);
  });

  it.each<[string, SourceStep, unknown]>([
    ['the fact changed', { data: { ...HISTORY, stage: 'customer' } }, 'customer'],
    ['the record is gone', { data: {} }, null],
    ['it cannot be read', { fails: 'connection refused' }, null],
  ])(
    'is not performed where %s: the approver gets the difference and the earlier answer',
    async (_what, now, after) => {
      // given
      const ports = await approvedMail(now);

      // when
      await expect(perform(ports)).rejects.toMatchObject({ name: 'NeedsPersonError' });

      // then
      expect(ports.effects.calls).toBe(0);
      const action = await ports.cases.action(CASE_ID, MAIL);
      const changes = [{ source: 'crm-history', path: 'stage', before: 'none', after }];
      expect(action).toMatchObject({ state: 'proposed', mode: 'ask', changes });
      const requestId = await ask(ports, { attempt: 'ask-2', problem: 'What this rests on has changed since.' });
      const again = await ports.requests.get(requestId);
      expect(again).toMatchObject({ changes, earlier: { verb: 'approve' }, state: 'open', digest: action?.digest });
      const ledger = await ports.cases.ledger(CASE_ID);
      expect(ledger.map(({ event }) => event.type).slice(-2)).toEqual(['facts-changed', 'request-opened']);
    },
  );

  it('is performed after a new yes, and the yes to the facts as they were counts for nothing', async () => {
    const changed = { data: { ...HISTORY, stage: 'lost' } };
    const ports = await approvedMail(changed);
    await expect(perform(ports)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    await expect(perform(ports)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    await reply(ports, await ask(ports, { attempt: 'ask-2' }));
    expect(await perform(ports)).toMatchObject({ state: 'done' });
    expect(ports.effects.calls).toBe(1);
  });

  it('asks again where the facts change once more', async () => {
    const ports = await approvedMail(
      { data: { ...HISTORY, stage: 'lost' } },
      { data: { ...HISTORY, stage: 'customer' } },
    );
    await expect(perform(ports)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    await reply(ports, await ask(ports, { attempt: 'ask-2' }));
    await expect(perform(ports)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect((await ports.cases.action(CASE_ID, MAIL))?.changes).toEqual([
      { source: 'crm-history', path: 'stage', before: 'lost', after: 'customer' },
    ]);
    expect(ports.effects.calls).toBe(0);
  });
});
