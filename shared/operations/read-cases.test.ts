import { describe, expect, it } from 'vitest';
import { ask } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import { WORKFLOW } from '../../test/support/leads.ts';
import { ListCases, ListRequests, listCases, listRequests, readCase } from './read-cases.ts';

describe('reading', () => {
  it('gives a case with its actions and requests, and the ledger where it is asked for', async () => {
    const { ports } = await decidedLead();
    const requestId = await ask(ports);
    const whole = await readCase.run(ports, { caseId: CASE_ID, withLedger: false });
    expect(whole).toMatchObject({ case: { id: CASE_ID }, requests: [{ id: requestId }], ledger: null });
    expect(whole?.actions).toHaveLength(3);
    const withLedger = await readCase.run(ports, { caseId: CASE_ID, withLedger: true });
    expect(withLedger?.ledger).toHaveLength(4);
    expect(await readCase.run(ports, { caseId: 'none', withLedger: true })).toBeNull();
  });

  it('lists cases of one workflow or of all, and open requests', async () => {
    const { ports } = await decidedLead();
    await ask(ports);
    for (const query of [{}, { workflow: WORKFLOW }, { workflow: WORKFLOW, state: 'waiting' }]) {
      expect((await listCases.run(ports, ListCases.parse(query))).items.map(({ id }) => id)).toEqual([CASE_ID]);
    }
    expect((await listCases.run(ports, ListCases.parse({ state: 'closed' }))).items).toEqual([]);
    expect((await listRequests.run(ports, ListRequests.parse({}))).items).toHaveLength(1);
  });

  it.each([{ limit: '0' }, { limit: '101' }, { limit: 'many' }, { state: 'gone' }])(
    'takes no query like %o',
    (query) => {
      expect(ListCases.safeParse(query).success).toBe(false);
    },
  );
});
