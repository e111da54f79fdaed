import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../shared/contracts/index.ts';
import { holdingRules } from '../shared/domain/conclude.ts';
import { normalise, wordsOf } from '../shared/models/learned/tokens.ts';
import { learnedInput } from '../shared/models/learned-input.ts';
import { examplesOf, workflowOf } from '../test/support/labelled-examples.ts';
import { expenseSignals } from './expense-categorisation/signals.ts';
import { Transaction } from './expense-categorisation/transaction.ts';
import { Hire } from './hr-onboarding/hire.ts';
import { hireSignals } from './hr-onboarding/signals.ts';
import { workflows } from './index.ts';
import { Conversation } from './lead-follow-up/conversation.ts';
import { replySignals } from './lead-follow-up/signals.ts';
import { Lead } from './lead-qualification/lead.ts';
import { leadSignals } from './lead-qualification/signals.ts';
import { stepSignals } from './onboarding-steps/signals.ts';
import { Step } from './onboarding-steps/step.ts';
import { Company } from './partner-research/company.ts';
import { companySignals } from './partner-research/signals.ts';
import { ticketSignals } from './support-triage/signals.ts';
import { Ticket } from './support-triage/ticket.ts';

const AS_THEY_CAME: Readonly<Record<string, (input: JsonObject) => JsonObject>> = {
  'expense-categorisation': (input) => expenseSignals(Transaction.parse(input), Transaction.parse(input)),
  'hr-onboarding': (input) => hireSignals(Hire.parse(input)),
  'lead-follow-up': (input) => replySignals(Conversation.parse(input)),
  'lead-qualification': (input) => leadSignals(Lead.parse(input)),
  'onboarding-steps': (input) => stepSignals(Step.parse(input)),
  'partner-research': (input) => companySignals(Company.parse(input)),
  'support-triage': (input) => ticketSignals(Ticket.parse(input)),
};

describe.each(workflows.map(({ id }) => id))('the examples of %s', (id) => {
  const all = examplesOf(id);

  it('have the same words for the learned model as they have by NFKC alone', () => {
    const texts = all.flatMap(({ input }) => textsIn(input));
    expect(texts.length).toBeGreaterThan(100);
    for (const text of texts) expect(wordsOf(normalise(text))).toEqual(wordsOf(byNfkcAlone(text)));
  });

  it('have the same signals as by their texts as they came', () => {
    for (const { input } of all)
      expect(learnedInput(workflowOf(id), input)['signals']).toEqual(AS_THEY_CAME[id]?.(input.input));
  });

  it('are asked about by the same rules', () => {
    const workflow = workflowOf(id);
    for (const { input } of all) {
      const facts = { input: input.input, sources: {}, readings: [] };
      const asItCame = workflow.escalation.filter(({ when }) => holds(() => when({ partners: [] }, facts)));
      expect(holdingRules(workflow, { partners: [] }, facts).map(({ code }) => code)).toEqual(
        asItCame.map((rule) => `rule:${rule.id}`),
      );
    }
  });
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function byNfkcAlone(text: string): string {
  const normal = text.slice(0, 4_000).normalize('NFKC').toLowerCase();
  return normal.replace(/\d{3,}/g, (digits) => '0'.repeat(Math.min(digits.length, 6)));
}

function holds(rule: () => boolean): boolean {
  try {
    return rule();
  } catch {
    return true;
  }
}
