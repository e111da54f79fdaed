import type { JsonObject } from '../../contracts/index.ts';
import type { ActionImplementation, SourceImplementation } from '../implementation.ts';
import { conversationBegun } from './conversations.ts';
import type { SandboxStore } from './store.ts';

const DAY_MS = 86_400_000;

export interface CrmPorts {
  readonly sandbox: SandboxStore;
  readonly clock: { nowMs(): number };
}

/** The history of a person in the sandbox CRM. */
export function readHistory({ sandbox, clock }: CrmPorts): SourceImplementation {
  return async (args) => {
    const record = await sandbox.record('crm', String(args['email']).toLowerCase());
    if (record === null) return { stage: 'none', contactedBefore: false, lastContactDays: null };
    const { stage, changedAtMs } = record;
    const sinceMs = typeof changedAtMs === 'number' ? Math.max(0, clock.nowMs() - changedAtMs) : null;
    return {
      stage: stage === 'customer' || stage === 'lost' || stage === 'none' ? stage : 'open',
      contactedBefore: stage !== 'none',
      lastContactDays: sinceMs === null ? null : Math.floor(sinceMs / DAY_MS),
    };
  };
}

export function createRecord({ sandbox, clock }: CrmPorts): ActionImplementation {
  return (args, { idempotencyKey, caseId }) => {
    const email = String(args['email']).toLowerCase();
    return sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.crm-create-record' },
      result: { recordId: `crm-${email}` },
      atMs: clock.nowMs(),
      record: { kind: 'crm', key: email, fields: { ...args, stage: 'open', changedAtMs: clock.nowMs() } },
      // Hot leads are written to: somebody looks after their answer, or their silence.
      ...(args['tag'] === 'hot' ? { others: [conversationBegun(args, idempotencyKey, clock.nowMs())] } : {}),
    });
  };
}

export function addToMailingList({ sandbox, clock }: CrmPorts): ActionImplementation {
  return (args, { idempotencyKey, caseId }) =>
    sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.crm-add-to-list' },
      result: { list: String(args['list']) },
      atMs: clock.nowMs(),
      record: {
        kind: 'crm',
        key: String(args['email']).toLowerCase(),
        fields: { list: args['list'] ?? null, stage: 'open', changedAtMs: clock.nowMs() },
      },
    });
}

export function removeFromMailingList({ sandbox, clock }: CrmPorts): ActionImplementation {
  return (args, { idempotencyKey, caseId }) =>
    sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.crm-remove-from-list' },
      result: { list: String(args['list']) },
      atMs: clock.nowMs(),
      record: {
        kind: 'crm',
        key: String(args['email']).toLowerCase(),
        fields: { list: null, changedAtMs: clock.nowMs() },
      },
    });
}

/** Leads that were left open, as the fields of a lead. */
export function listOpenLeads({ sandbox }: CrmPorts): () => Promise<readonly JsonObject[]> {
  return async () => {
    const records = await sandbox.onList('open-leads');
    return records.map(({ name = null, email = null, company = null, title = null, message = '' }) => ({
      ...{ name, email, company, title, message },
    }));
  };
}
