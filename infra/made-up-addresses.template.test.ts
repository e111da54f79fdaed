import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { type Addressed, refuseMadeUpAddresses } from './made-up-addresses.ts';

const people = (owner: string): Addressed['workflows'][number]['team'] => ({
  ...{ name: 'Desk', owner, approvers: [owner], nextApprovers: [], answerWithinHours: 24 },
  ...{ roles: {}, channel: null },
});
/** Whoever has a role is asked too. */
const ROLE = { approvers: [{ role: 'controller' }], roles: { controller: ['controller@remit.example'] } };
const ours: Addressed = {
  workflows: [
    { id: 'leads', team: people('lead@acme.com') },
    { id: 'tickets', team: people('lead@example.acme.com') },
  ],
  settings: { mailFrom: 'agents@acme.com', mailDomain: 'acme.com', inboundMailDomain: '' },
  account: '111122223333',
};
const asItCame: Addressed = {
  ...ours,
  workflows: [...ours.workflows, { id: 'expenses', team: { ...people('finance@acme.com'), ...ROLE } }],
  settings: { mailFrom: 'agents@remit.example', mailDomain: 'remit.example', inboundMailDomain: 'acme.com' },
};
const SAID =
  'A real account cannot send or receive mail at made-up domains (.example): set remit:mailFrom, remit:mailDomain in cdk.json; name the people under team in the workflow.ts of expenses, or take it out of agents/index.ts.';

function said(addressed: Addressed): { errors: readonly string[]; warnings: readonly string[] } {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Remit');
  refuseMadeUpAddresses(stack, addressed);
  const found = Annotations.fromStack(stack);
  const text = (entries: readonly { readonly entry: { readonly data?: unknown } }[]): readonly string[] =>
    entries.map(({ entry }) => String(entry.data).replace(/ \[ack: .*\]$/, ''));
  return {
    errors: text(found.findError('*', Match.anyValue())),
    warnings: text(found.findWarning('*', Match.anyValue())),
  };
}

test('made-up addresses are refused for a real account, with what to set', () => {
  expect(said(asItCame)).toEqual({ errors: [SAID], warnings: [] });
});

test('without an account, as on one machine, they are only warned of', () => {
  expect(said({ ...asItCame, account: null })).toEqual({ errors: [], warnings: [SAID] });
});

test('nothing is said of addresses that may be real', () => {
  expect(said(ours)).toEqual({ errors: [], warnings: [] });
});
