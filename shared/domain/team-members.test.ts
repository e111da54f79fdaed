import { expect, it } from 'vitest';
import { isOfTeam } from './team-members.ts';

const TEAM = {
  ...{ name: 'Finance', owner: 'owner@remit.example', answerWithinHours: 8 },
  approvers: ['lead@remit.example', { role: 'payers' }, { field: 'manager' }],
  nextApprovers: ['deputy@remit.example'],
  roles: { payers: ['payer@remit.example'] },
};

it.each([
  ['the owner', 'owner@remit.example', true],
  ['an approver, whatever the case of the letters', 'Lead@Remit.example', true],
  ['who is asked next', 'deputy@remit.example', true],
  ['somebody of a role', 'payer@remit.example', true],
  ['somebody else', 'sales@remit.example', false],
  ['nobody', '', false],
])('%s is of the team or not', (_who, person, isMember) => {
  expect(isOfTeam(TEAM, person)).toBe(isMember);
});
