import type { Cap, Workflow } from '../../shared/authoring/index.ts';

/** A cap on effects or amounts: by default on the effects of a day. */
export function aCap(changes: Partial<Cap> & Pick<Cap, 'id' | 'limit'>): Cap {
  return { counts: 'effects', per: 'day', actions: [], currency: null, ...changes };
}

/** The lead workflow under these caps; the score of a CRM record counts as so many hundred euros. */
export function under(...caps: readonly Cap[]): (workflow: Workflow) => Workflow {
  return (workflow) => {
    const record = workflow.actions['create-crm-record'];
    if (record === undefined) return { ...workflow, caps };
    const amount = ({ score }: { readonly score?: unknown }) => ({ minor: Number(score) * 10_000, currency: 'EUR' });
    return { ...workflow, caps, actions: { ...workflow.actions, 'create-crm-record': { ...record, amount } } };
  };
}
