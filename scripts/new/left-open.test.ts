import { describe, expect, it } from 'vitest';
import type { Answers, FieldAnswer, TriggerAnswer } from './answers.ts';
import { leftOpen } from './left-open.ts';

const mail: TriggerAnswer = { kind: 'mail', id: 'by-mail', when: 'A supplier writes a mail', to: 'invoices' };
const amount: FieldAnswer = { name: 'amount', type: 'number', label: 'Amount' };

function answers(triggers: TriggerAnswer[], fields: FieldAnswer[]): Answers {
  const nothing = { sources: [], decisions: [], actions: [], escalation: [] };
  return {
    id: 'match',
    title: 'Match',
    summary: 'Matches.',
    team: 'AP',
    owner: 'ap@remit.example',
    triggers,
    fields,
    ...nothing,
  };
}

describe('what a new workflow cannot do yet', () => {
  it('is a mail that brings none of the fields that the builder named', () => {
    const said = leftOpen(answers([mail], [amount])).join(' ');
    expect(said).toContain('A mail brings no amount, so each of by-mail goes to a person');
    expect(said).toContain('toInput in agents/match/workflow.ts');
  });

  it('is nothing where a mail brings all that is wanted', () => {
    expect(leftOpen(answers([mail], []))).toEqual([]);
  });
});
