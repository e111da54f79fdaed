import { describe, expect, it } from 'vitest';
import { ask } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY, WORKFLOW } from '../../test/support/leads.ts';
import { ListCases, ListRequests, listCases, listRequests, readCase } from './read-cases.ts';

const BY_APPROVER = { person: APPROVER, isOperator: false };

describe('reading', () => {
  it('gives a case with its actions and requests, and the ledger where it is asked for', async () => {
    const { ports } = await decidedLead();
    const requestId = await ask(ports);
    const whole = await readCase.run(ports, { caseId: CASE_ID, withLedger: false, reader: BY_APPROVER });
    expect(whole).toMatchObject({ case: { id: CASE_ID }, requests: [{ id: requestId }], ledger: null });
    expect(whole?.actions).toHaveLength(3);
    const withLedger = await readCase.run(ports, { caseId: CASE_ID, withLedger: true, reader: BY_APPROVER });
    expect(withLedger?.ledger).toHaveLength(4);
    expect(await readCase.run(ports, { caseId: 'none', withLedger: true, reader: BY_APPROVER })).toBeNull();
  });

  it('lists cases of one workflow or of all, and open requests', async () => {
    const { ports } = await decidedLead();
    await ask(ports);
    for (const query of [{}, { workflow: WORKFLOW }, { workflow: WORKFLOW, state: 'waiting' }]) {
      expect(
        (await listCases.run(ports, ListCases.parse({ ...query, reader: BY_APPROVER }))).items.map(({ id }) => id),
      ).toEqual([CASE_ID]);
    }
    expect((await listCases.run(ports, ListCases.parse({ state: 'closed', reader: BY_APPROVER }))).items).toEqual([]);
    expect((await listRequests.run(ports, ListRequests.parse({ reader: BY_APPROVER }))).items).toHaveLength(1);
  });

  it('shows nobody what is another team’s', async () => {
    const { ports } = await decidedLead();
    await ask(ports);
    for (const person of ['outsider@other.example', 'sales-lead@remit.example.evil', '']) {
      const reader = { person, isOperator: false };
      expect(await readCase.run(ports, { caseId: CASE_ID, withLedger: true, reader })).toBeNull();
      expect((await listCases.run(ports, ListCases.parse({ reader }))).items).toEqual([]);
      expect((await listRequests.run(ports, ListRequests.parse({ reader }))).items).toEqual([]);
      await expect(listCases.run(ports, ListCases.parse({ reader, workflow: WORKFLOW }))).rejects.toMatchObject({
        name: 'NotYoursError',
      });
    }
    const operator = { person: 'operator@other.example', isOperator: true };
    expect(await readCase.run(ports, { caseId: CASE_ID, withLedger: false, reader: operator })).not.toBeNull();
    const deputy = { caseId: CASE_ID, withLedger: false, reader: { person: DEPUTY.toUpperCase(), isOperator: false } };
    expect(await readCase.run(ports, deputy)).not.toBeNull();
  });

  it.each([{ limit: '0' }, { limit: '101' }, { limit: 'many' }, { state: 'gone' }])(
    'takes no query like %o',
    (query) => {
      expect(ListCases.safeParse({ ...query, reader: BY_APPROVER }).success).toBe(false);
    },
  );
});
