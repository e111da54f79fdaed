import type { Action, CaseId, Phase, RequestId } from '../../shared/contracts/index.ts';
import { caseIdOf } from '../../shared/domain/case-id.ts';
import { advanceCase } from '../../shared/operations/advance-case.ts';
import { closeCase } from '../../shared/operations/close-case.ts';
import { openCase } from '../../shared/operations/open-case.ts';
import { performAction } from '../../shared/operations/perform-action.ts';
import { runTurn } from '../../shared/operations/run-turn.ts';
import type { Advanced, Opened } from '../../shared/operations/step-contracts.ts';
import { ask, reply } from './asked-lead.ts';
import { type Expense, expenseSettings, expenses, MANAGER } from './expenses.ts';
import { caseStart, modelAnswer } from './lead-case.ts';
import { type MemoryPorts, memoryPorts } from './memory-ports.ts';

export const PAY = 'pay-expense#1';

const LUNCH: Expense = {
  payee: 'ann@remit.example',
  amountMinor: 4_200,
  purpose: 'lunch',
  wantedBy: 'ann@remit.example',
};

/** Everything outside, around the one workflow of expenses, with a model that finds every expense fine. */
export function expensePorts(phase: Phase = 'partial', answers = 20): MemoryPorts {
  const models = Array.from({ length: answers }, () => modelAnswer({ isFine: true }));
  const ports = memoryPorts({ models });
  ports.settings.set(expenseSettings(phase));
  return { ...ports, findWorkflow: (id) => (id === expenses.id ? expenses : null), workflows: [expenses] };
}

export interface DecidedExpense {
  readonly caseId: CaseId;
  readonly opened: Opened;
  readonly advanced: Advanced;
  /** As it is stored now. */
  readonly payment: () => Promise<Action | null>;
}

/** An expense, opened and judged. */
export async function decidedExpense(
  ports: MemoryPorts,
  eventId: string,
  changes: Partial<Expense> = {},
): Promise<DecidedExpense> {
  const caseId = caseIdOf({ workflow: 'expenses', trigger: 'form', eventId });
  const input = { ...LUNCH, ...changes };
  const receivedAt = new Date(ports.clock.nowMs()).toISOString();
  const start = caseStart({ caseId, workflow: 'expenses', trigger: 'form', eventId, input, receivedAt });
  const opened = await openCase.run(ports, start);
  const { pinned, cursor, round } = opened;
  const turn = await ports.clock.finish(runTurn.run(ports, { pinned, agent: 'checker' }));
  const advance = { pinned, cursor, round, turns: [turn], requestId: null, failure: null, resume: null };
  const advanced = await advanceCase.run(ports, advance);
  return { caseId, opened, advanced, payment: () => ports.cases.action(caseId, PAY) };
}

export function pay(ports: MemoryPorts, { caseId }: DecidedExpense) {
  return ports.clock.finish(performAction.run(ports, { caseId, actionId: PAY }));
}

/** The question about the payment, answered by the manager; then what follows, and the end of the case. */
export async function settledExpense(
  ports: MemoryPorts,
  decided: DecidedExpense,
  answer: Parameters<typeof reply>[2] = {},
): Promise<RequestId> {
  const requestId = await ask(ports, { caseId: decided.caseId, actionId: PAY });
  await reply(ports, requestId, { by: MANAGER, proof: 'sign-in', channel: 'api', ...answer });
  await closed(ports, decided);
  return requestId;
}

export async function closed(ports: MemoryPorts, decided: DecidedExpense): Promise<void> {
  const outcome = await pay(ports, decided);
  await closeCase.run(ports, { pinned: decided.opened.pinned, outcome: null, actions: [outcome] });
}
