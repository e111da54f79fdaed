import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { Approval } from '../authoring/index.ts';
import type { Money } from '../contracts/index.ts';
import { type ApprovalSubject, approversOf } from './approval.ts';

const { 'send-meeting-mail': mail } = leadQualification.actions;
if (mail === undefined) throw new Error('the lead workflow mails');
const team = {
  ...leadQualification.team,
  roles: { finance: ['fay@remit.example', 'finn@remit.example', 'flo@remit.example'] },
};
const eur = (minor: number): Money => ({ minor, currency: 'EUR' });
const approval: Approval = {
  ...mail.approval,
  people: ['lead@remit.example'],
  above: [
    { from: eur(100_000), people: [{ role: 'finance' }], quorum: 1 },
    { from: eur(500_000), people: [{ role: 'finance' }], quorum: 2 },
  ],
};

function subject(changes: Partial<ApprovalSubject> = {}): ApprovalSubject {
  return {
    ...{ team, definition: { ...mail, approval } as ApprovalSubject['definition'] },
    ...{ amount: null, input: {}, requestedBy: null },
    ...changes,
  };
}

describe('who has to say yes', () => {
  it.each<[string, Money | null, readonly string[], number]>([
    ['no amount', null, ['lead@remit.example'], 1],
    ['an amount below the first step', eur(99_999), ['lead@remit.example'], 1],
    ['the first step', eur(100_000), team.roles.finance, 1],
    ['the second step', eur(500_000), team.roles.finance, 2],
    ['money that goes the other way', eur(-500_000), team.roles.finance, 2],
    ['another currency, which cannot be compared', { minor: 1, currency: 'USD' }, team.roles.finance, 2],
  ])('for %s', (_what, amount, people, quorum) => {
    expect(approversOf(subject({ amount }))).toMatchObject({ people, quorum });
  });

  it('is the team for a question about a whole case', () => {
    const { people, nextPeople } = approversOf(subject({ definition: null }));
    expect([people, nextPeople]).toEqual([['sales-lead@remit.example'], ['sales-deputy@remit.example']]);
  });

  it('is never who wants it, and the owner where nobody is left', () => {
    expect(approversOf(subject({ requestedBy: 'Lead@remit.example' })).people).toEqual([team.owner]);
    const two = approversOf(subject({ amount: eur(500_000), requestedBy: 'fay@remit.example' }));
    expect(two.people).toEqual(['finn@remit.example', 'flo@remit.example']);
  });

  it('is never more people than there are', () => {
    const one = { ...approval, people: ['lead@remit.example'], nextPeople: ['next@remit.example'], quorum: 9 };
    expect(approversOf(subject({ definition: { ...mail, approval: one } })).quorum).toBe(2);
  });
});
