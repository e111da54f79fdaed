import { describe, expect, it } from 'vitest';
import { ask } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY, WORKFLOW } from '../../test/support/leads.ts';
import { ListCases, ListRequests, listCases, listRequests, readCase } from './read-cases.ts';

describe('reading', () => {
  it('gives a case with its actions and requests, and the ledger where it is asked for', async () => {
    const { ports } = await decidedLead();
    const requestId = await ask(ports);
    const whole = await readCase.run(ports, { caseId: CASE_ID, withLedger: false, person: APPROVER });
    expect(whole).toMatchObject({ case: { id: CASE_ID }, requests: [{ id: requestId }], ledger: null });
    expect(whole?.actions).toHaveLength(3);
    const withLedger = await readCase.run(ports, { caseId: CASE_ID, withLedger: true, person: APPROVER });
    expect(withLedger?.ledger).toHaveLength(4);
    expect(await readCase.run(ports, { caseId: 'none', withLedger: true, person: APPROVER })).toBeNull();
  });

  it('lists cases of one workflow or of all, and open requests', async () => {
    const { ports } = await decidedLead();
    await ask(ports);
    for (const query of [{}, { workflow: WORKFLOW }, { workflow: WORKFLOW, state: 'waiting' }]) {
      expect(
        (await listCases.run(ports, ListCases.parse({ ...query, person: APPROVER }))).items.map(({ id }) => id),
      ).toEqual([CASE_ID]);
    }
    expect((await listCases.run(ports, ListCases.parse({ state: 'closed', person: APPROVER }))).items).toEqual([]);
    expect((await listRequests.run(ports, ListRequests.parse({ person: APPROVER }))).items).toHaveLength(1);
  });

  it('shows nobody what is another team’s', async () => {
    const { ports } = await decidedLead();
    await ask(ports);
    for (const person of ['outsider@other.example', 'sales-lead@remit.example.evil', '']) {
      expect(await readCase.run(ports, { caseId: CASE_ID, withLedger: true, person })).toBeNull();
      expect((await listCases.run(ports, ListCases.parse({ person }))).items).toEqual([]);
      expect((await listRequests.run(ports, ListRequests.parse({ person }))).items).toEqual([]);
      await expect(listCases.run(ports, ListCases.parse({ person, workflow: WORKFLOW }))).rejects.toMatchObject({
        name: 'NotYoursError',
      });
    }
    const deputy = { caseId: CASE_ID, withLedger: false, person: DEPUTY.toUpperCase() };
    expect(await readCase.run(ports, deputy)).not.toBeNull();
  });

  it.each([{ limit: '0' }, { limit: '101' }, { limit: 'many' }, { state: 'gone' }])(
    'takes no query like %o',
    (query) => {
      expect(ListCases.safeParse({ ...query, person: APPROVER }).success).toBe(false);
    },
  );
});
