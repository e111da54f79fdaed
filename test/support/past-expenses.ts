import type { Action, Answer, Case, CaseEvent, Phase, Verb, Verdict } from '../../shared/contracts/index.ts';
import { type PastCase, pastCaseOf } from '../../shared/domain/back-test.ts';
import { caseIdOf, requestIdOf } from '../../shared/domain/case-id.ts';
import { factsOf } from '../../shared/domain/facts-of.ts';
import { chain, EMPTY_LEDGER } from '../../shared/domain/ledger.ts';
import { segmentOf } from '../../shared/domain/phases.ts';
import { planActions } from '../../shared/domain/plan-actions.ts';
import { aTurn } from './domain-examples.ts';
import { expenseSettings, expenses, MANAGER } from './expenses.ts';
import { aCase, VERSION } from './stored-examples.ts';

const DAY_MS = 86_400_000;
export const BEGINNING = Date.UTC(2026, 0, 1);

/** An expense of the past and what became of it. */
export interface Planted {
  readonly minor?: number;
  readonly payee?: string;
  readonly purpose?: string;
  readonly wantedBy?: string;
  readonly confidence?: number;
  readonly phase?: Phase;
  /** Codes of the reasons for which the decision was asked; empty for a decision that stood. */
  readonly askedFor?: readonly string[];
  /** What a person said of the action, or of the decision where that was asked; null for nothing in time. */
  readonly said?: Verb | null;
  /** Days after the beginning. */
  readonly day?: number;
  readonly costUsd?: number;
  readonly releasedBy?: string;
}

/** Expenses of the past as their ledgers tell them, one a minute. */
export function pastExpenses(planted: readonly Planted[]): PastCase[] {
  return planted.map((one, index) => pastExpense(one, index));
}

function pastExpense(planted: Planted, index: number): PastCase {
  const { minor = 4_200, payee = 'ann@remit.example', purpose = 'lunch', wantedBy = 'ann@remit.example' } = planted;
  const { phase = 'partial', day = 0, said } = planted;
  const id = caseIdOf({ workflow: 'expenses', trigger: 'form', eventId: `${index}` });
  const input = { payee, amountMinor: minor, purpose, wantedBy };
  const openedAtMs = BEGINNING + day * DAY_MS + index * 60_000;
  const head = { id, workflow: 'expenses', trigger: 'form', input, settings: expenseSettings(phase), openedAtMs };
  const case_: Case = {
    ...aCase({ ...head, requestedBy: wantedBy, closedAtMs: openedAtMs + 50_000 }),
    ledger: EMPTY_LEDGER,
  };
  const events = [...decided(planted, case_), ...(said === undefined ? [] : asked(planted, case_))];
  const ledger = chain(id, EMPTY_LEDGER, [...events, ...carriedOut(planted, case_)], openedAtMs);
  return pastCaseOf({ workflow: expenses, case: case_, ledger, caseKey: payee });
}

function verdictOf({ askedFor = [], phase }: Planted): Verdict {
  const reasons = askedFor.map((code) => ({ code, text: code }));
  if (phase === 'shadow') return { kind: 'review', reasons: [{ code: 'phase-shadow', text: '' }, ...reasons] };
  return reasons.length > 0 ? { kind: 'ask', reasons } : { kind: 'act', reasons: [{ code: 'within-remit', text: '' }] };
}

function actionsOf(planted: Planted, { id: caseId, input }: Case): Action[] {
  const facts = factsOf(expenses, input as { purpose: string }, []);
  const context = {
    caseId,
    workflow: expenses,
    version: VERSION,
    phase: planted.phase ?? 'partial',
    round: 1,
  } as const;
  const plan = planActions({ ...context, input: facts.input, readings: [], known: [] }, { isFine: true }, facts);
  if (!plan.ok) throw new Error(plan.problems.join());
  const { releasedBy } = planted;
  return releasedBy === undefined
    ? [...plan.actions]
    : plan.actions.map((one) => ({ ...one, mode: 'perform', releasedBy }));
}

function decided(planted: Planted, case_: Case): CaseEvent[] {
  const { confidence = 0.95, phase = 'partial', costUsd = 0 } = planted;
  const verdict = verdictOf(planted);
  const { id, workflow, trigger, eventId, input, problems, settings, versions } = case_;
  const turn = aTurn({ agent: 'checker', readings: [], judgement: { isFine: true }, confidence });
  const segment = segmentOf(expenses, { isFine: true }, factsOf(expenses, input as { purpose: string }, []));
  const actions = verdict.kind === 'act' ? actionsOf(planted, { ...case_, id }) : [];
  return [
    { type: 'case-opened', workflow, trigger, eventId, input, problems, settings, versions },
    { type: 'turn-finished', round: 1, turn: { ...turn, usage: { ...turn.usage, costUsd } } },
    {
      ...{ type: 'decision-made', round: 1, by: 'checker (scripted)', decision: { isFine: true } },
      ...{ confidence, verdict, actions, segment, phase, occasion: null },
    },
  ];
}

function asked(planted: Planted, case_: Case): CaseEvent[] {
  const verdict = verdictOf(planted);
  const [action] = verdict.kind === 'act' ? actionsOf(planted, case_) : [];
  const actionId = action?.id ?? null;
  const requestId = requestIdOf({ caseId: case_.id, about: actionId ?? 'decision', attempt: '1' });
  const kinds = { act: 'approve-action', ask: 'decide-case', review: 'review-decision', stop: 'decide-case' } as const;
  const kind = kinds[verdict.kind];
  const opened: CaseEvent = {
    ...{ type: 'request-opened', requestId, actionId, kind, question: 'Pay?', reasons: [], people: [MANAGER] },
    ...{ digest: 'd', deadlineMs: 0, changes: [] },
  };
  const { said } = planted;
  if (said === null || said === undefined) return [opened, { type: 'request-expired', requestId, actionId }];
  const answer: Answer = {
    ...{
      verb: said,
      by: MANAGER,
      proof: 'sign-in',
      channel: 'api',
      atMs: 0,
      reason: said === 'reject' ? 'Not ours.' : '',
    },
    ...{ edits: null, seen: '', onBehalfOf: null, onPageMs: null },
  };
  const refused: CaseEvent[] = actionId === null ? [] : [{ type: 'action-refused', actionId, reason: answer.reason }];
  return [opened, { type: 'request-answered', requestId, actionId, answer }, ...(said === 'reject' ? refused : [])];
}

function carriedOut(planted: Planted, case_: Case): CaseEvent[] {
  const { said } = planted;
  if (verdictOf(planted).kind !== 'act' || said === 'reject' || said === null) return [];
  return actionsOf(planted, case_).map(({ id: actionId, digest, idempotencyKey }) => ({
    ...{ type: 'action-intended', actionId, digest, idempotencyKey },
  }));
}
