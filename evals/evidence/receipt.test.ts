import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { Answer, CaseEvent, Json } from '../../shared/contracts/index.ts';
import { caseIdOf } from '../../shared/domain/case-id.ts';
import { personalParts } from '../../shared/domain/erasure/erased-form.ts';
import { chain, cursorAfter, EMPTY_LEDGER } from '../../shared/domain/ledger.ts';
import { erase } from '../../shared/domain/salted-tree.ts';
import { defaultSettings } from '../../shared/operations/current-settings.ts';
import { aTurn } from '../../test/support/domain-examples.ts';
import type { PackedCase } from './pack.ts';
import { receiptOf } from './receipt.ts';

const id = caseIdOf({ workflow: 'desk', trigger: 'form', eventId: 'one' });
const answer: Answer = {
  ...{
    verb: 'approve',
    by: 'lead@remit.example',
    proof: 'sign-in',
    channel: 'inbox',
    atMs: 3_000,
    reason: 'She is right.',
  },
  ...{ edits: null, seen: '', onBehalfOf: null, onPageMs: null },
};
const EVENTS: CaseEvent[] = [
  {
    ...{
      type: 'case-opened',
      workflow: 'desk',
      trigger: 'form',
      eventId: 'one',
      input: { name: 'Ada Lin' },
      problems: [],
    },
    ...{ settings: defaultSettings(leadQualification), versions: { workflow: 'abcdef0123456789', code: 'c1' } },
  },
  { type: 'turn-finished', round: 1, turn: aTurn({ confidence: 0.62, reasons: ['Ada asks for her money.'] }) },
  {
    ...{ type: 'decision-made', round: 1, by: 'desk (learned)', decision: { refundDue: true }, confidence: 0.62 },
    ...{ actions: [], segment: null, phase: 'partial', occasion: 'agents' },
    verdict: { kind: 'ask', reasons: [{ code: 'low-confidence', text: 'The agent is not sure enough.' }] },
  },
  {
    ...{ type: 'request-answered', requestId: 'r1', actionId: null },
    answer,
  },
  { type: 'action-done', actionId: 'pay-back#1', digest: 'd', result: {}, tookMs: 5 },
  { type: 'case-closed', outcome: 'done', costUsd: 0.002, tookMs: 10, personAsked: true },
];
const ledger = chain(id, EMPTY_LEDGER, EVENTS, 0, () => 'a'.repeat(32));
const CASE: PackedCase = { caseId: id, chain: cursorAfter(EMPTY_LEDGER, ledger), ledger };
const DESK = { title: 'Refunds', contact: 'owner@remit.example' };

describe('a receipt for the person whom a case is about', () => {
  it('calls fields, sources and actions as the workflow does, and amounts as people write them', () => {
    const [opened, turn, decided, ...rest] = EVENTS;
    if (opened?.type !== 'case-opened' || decided?.type !== 'decision-made' || turn === undefined)
      throw new Error('gone');
    const paid = { ...opened, input: { amountMinor: 3_610, currency: 'EUR', isPrivate: false } };
    const events = [paid, turn, { ...decided, decision: { wastedMinor: 500, account: null } }, ...rest];
    const chained = chain(id, EMPTY_LEDGER, events, 0, () => 'a'.repeat(32));
    const receipt = receiptOf(
      { caseId: id, chain: cursorAfter(EMPTY_LEDGER, chained), ledger: chained },
      {
        ...DESK,
        names: {
          labels: {
            amountMinor: 'Amount in cents',
            isPrivate: 'Paid privately',
            wastedMinor: 'Avoidable amount in cents',
          },
          sources: { 'crm-history': 'CRM history' },
          actions: { 'pay-back': 'Pay the money back' },
        },
      },
    );
    expect(receipt).toContain('You gave: amount: 36.10 EUR; paid privately: no; currency: EUR.');
    expect(receipt).toContain('Decided: avoidable amount: 5.00 EUR; account: not known.');
    expect(receipt).toContain('Done: Pay the money back.');
    expect(receipt).toContain('CRM history');
  });

  it('says in plain words what came in, what was decided by what and why, who looked at it and what was done', () => {
    const receipt = receiptOf(CASE, DESK);
    for (const sentence of [
      'What was decided about you: Refunds',
      'You gave: name: Ada Lin.',
      'A computer program (script) read it together with what these say of you: company directory, crm history,',
      '62 % sure of its answer. Because: Ada asks for her money.',
      'A computer program decided. Decided: refund due: yes. Because: The agent is not sure enough.',
      'A person looked at it and agreed. Because: She is right.',
      'Done: pay back.',
      'A person had taken part in the decision.',
      `Write to owner@remit.example and name case ${id}.`,
      'version abcdef012345',
    ]) {
      expect(receipt).toContain(sentence);
    }
  });

  it('names no colleague', () => {
    expect(receiptOf(CASE, DESK)).not.toContain('lead@remit.example');
  });

  it('says nothing of the person any more, once that was erased', () => {
    const lost = ledger.map((entry) => {
      const { value, salts } = erase(entry.event as unknown as Json, entry.salts ?? '', personalParts(['Ada Lin']));
      return { ...entry, event: value as unknown as CaseEvent, salts };
    });
    const receipt = receiptOf({ ...CASE, ledger: lost }, DESK);
    expect(receipt).not.toMatch(/Ada|money/);
    expect(receipt).toContain('A person looked at it and agreed.');
  });
});
