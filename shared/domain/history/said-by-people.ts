import type { Workflow } from '../../authoring/index.ts';
import { type ConfirmedCase, type DecisionRecord, WHOLE_DECISION } from '../../contracts/index.ts';
import { sha256 } from '../digest.ts';
import { historyFields } from './history-fields.ts';

/** What a person stands by in a decision. */
export type SaidByPeople = Omit<ConfirmedCase, 'caseId' | 'atMs'>;

/**
 * What a decision teaches, as people left it: the values that they agreed with, or the right ones that they gave. Null for
 * what nobody looked at, nobody answered, a remembered approval let go, and what is contested: refused, stopped, done with
 * other values, or overturned without a right decision. Nothing that the agents decided by themselves teaches them.
 */
export function saidByPeople(record: DecisionRecord, workflow: Workflow): SaidByPeople | null {
  const { agentDecision, personDecision, compared, by } = record;
  const decision = personDecision ?? agentDecision;
  if (by === null || decision === null || compared.length === 0 || isContested(record)) return null;
  const labels = historyFields(workflow).flatMap((field) => {
    const value = decision[field];
    return value === undefined || (typeof value === 'object' && value !== null) ? [] : [[field, value] as const];
  });
  if (labels.length === 0) return null;
  return {
    by: sha256(`${workflow.id} ${by.toLowerCase()}`).slice(0, DIGITS),
    labels: Object.fromEntries(labels),
    corrected: labels.filter(([field, value]) => agentDecision?.[field] !== value).map(([field]) => field),
  };
}

const DIGITS = 12;

/** Something of it was found wrong, and no right value was given for that. Whoever overturned it had the last word. */
function isContested({ compared, personDecision, signals }: DecisionRecord): boolean {
  const wrong = compared.filter(({ agrees }) => !agrees).map(({ field }) => field);
  if (personDecision === null) return wrong.length > 0;
  if (signals.some(({ kind }) => kind === 'reversal')) return wrong.includes(WHOLE_DECISION);
  return wrong.some((field) => !Object.hasOwn(personDecision, field));
}
