import type { Action, Case, CaseId } from '../../shared/contracts/index.ts';
import { caseIdOf } from '../../shared/domain/case-id.ts';
import { EMPTY_LEDGER } from '../../shared/domain/ledger.ts';
import type { CaseStore } from '../../shared/ports/index.ts';
import { LEAD } from './lead-case.ts';
import { aCase, anAction } from './stored-examples.ts';

/** The id of the n-th planted case. */
export function plantedId(n: number): CaseId {
  return caseIdOf({ workflow: 'lead-qualification', trigger: 'contact-form', eventId: `planted-${n}` });
}

/** A lead that was put on the nurture sequence: something that can be taken back. */
export function nurtured(caseId: CaseId, changes: Partial<Action> = {}): Action {
  return anAction(caseId, 'add-to-nurture#1', {
    ...{ action: 'add-to-nurture', title: 'Add to the nurture sequence', tier: 'notify', mode: 'perform-and-tell' },
    ...{ arguments: { email: LEAD.email, list: 'nurture-sequence' }, intent: { effect: 'list', target: LEAD.email } },
    ...{ state: 'done', result: { list: 'nurture-sequence' } },
    ...changes,
  });
}

/** A closed case with its actions in the store, as the platform leaves it. */
export async function plantCase(
  cases: CaseStore,
  n: number,
  { actions, ...changes }: Partial<Case> & { readonly actions?: readonly Action[] } = {},
): Promise<CaseId> {
  const id = plantedId(n);
  const { ledger: _ledger, ...head } = { ledger: null, ...changes };
  const decided = { decision: { tier: 'warm' }, decidedBy: 'qualifier (learned)', round: 1, outcome: 'done' as const };
  const fresh = aCase({
    id,
    input: LEAD,
    openedAtMs: 1_000 + n,
    state: 'closed',
    closedAtMs: 2_000,
    ...decided,
    ...head,
  });
  const { workflow, trigger, eventId, input, problems, settings, versions } = fresh;
  await cases.commit({
    ...{ caseId: id, workflow, cursor: EMPTY_LEDGER, atMs: 1, opened: fresh },
    events: [{ type: 'case-opened', workflow, trigger, eventId, input, problems, settings, versions }],
    actions: (actions ?? [nurtured(id)]).map((action) => ({ action, from: null })),
  });
  return id;
}

/** As {@link plantCase}, having followed from the first action of another planted one. */
export function plantFollower(
  cases: CaseStore,
  n: number,
  from: number,
  changes: Parameters<typeof plantCase>[2] & { readonly state?: Case['state'] } = {},
): Promise<CaseId> {
  return plantCase(cases, n, { causedBy: { caseId: plantedId(from), actionId: 'add-to-nurture#1' }, ...changes });
}
