import type { ActionImplementation, SourceImplementation } from '../implementation.ts';
import type { SandboxStore } from './store.ts';

const DAY_MS = 86_400_000;

export interface HelpDeskPorts {
  readonly sandbox: SandboxStore;
  readonly clock: { nowMs(): number };
}

/** The last reply to an address in the sandbox help desk. */
export function readTicketHistory({ sandbox, clock }: HelpDeskPorts): SourceImplementation {
  return async (args) => {
    const record = await sandbox.record('customer', String(args['email']).toLowerCase());
    const repliedAtMs = record?.['repliedAtMs'];
    if (typeof repliedAtMs !== 'number') return { repliedBefore: false, lastReplyDays: null };
    return { repliedBefore: true, lastReplyDays: Math.max(0, Math.floor((clock.nowMs() - repliedAtMs) / DAY_MS)) };
  };
}

export function showReply({ sandbox, clock }: HelpDeskPorts): ActionImplementation {
  return (args, { idempotencyKey, caseId }) =>
    sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.help-desk-reply' },
      result: { replyId: idempotencyKey },
      atMs: clock.nowMs(),
      record: {
        kind: 'customer',
        key: String(args['to']).toLowerCase(),
        fields: { repliedAtMs: clock.nowMs(), ticketId: args['ticketId'] ?? null },
      },
    });
}

export function hideReply({ sandbox, clock }: HelpDeskPorts): ActionImplementation {
  return (args, { idempotencyKey, caseId }) =>
    sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.help-desk-withdraw-reply' },
      result: { ticketId: String(args['ticketId']) },
      atMs: clock.nowMs(),
      record: { kind: 'customer', key: String(args['to']).toLowerCase(), fields: { repliedAtMs: null } },
    });
}

export function sortTicket({ sandbox, clock }: HelpDeskPorts): ActionImplementation {
  return (args, { idempotencyKey, caseId }) =>
    sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.help-desk-set-fields' },
      result: { ticketId: String(args['ticketId']) },
      atMs: clock.nowMs(),
      record: { kind: 'ticket', key: String(args['ticketId']), fields: { ...args, changedAtMs: clock.nowMs() } },
    });
}
