import type { ActionImplementation } from '../implementation.ts';
import type { SandboxStore } from './store.ts';

export interface TrackerPorts {
  readonly sandbox: SandboxStore;
  readonly clock: { nowMs(): number };
}

export function openBugInTracker({ sandbox, clock }: TrackerPorts): ActionImplementation {
  return (args, { idempotencyKey, caseId }) => {
    const bugId = `bug-${String(args['ticketId'])}`;
    return sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.tracker-open-bug' },
      result: { bugId },
      atMs: clock.nowMs(),
      record: { kind: 'bug', key: bugId, fields: { ...args, state: 'open' } },
    });
  };
}

export function closeBugInTracker({ sandbox, clock }: TrackerPorts): ActionImplementation {
  return (args, { idempotencyKey, caseId }) =>
    sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.tracker-close-bug' },
      result: { bugId: String(args['bugId']) },
      atMs: clock.nowMs(),
      record: { kind: 'bug', key: String(args['bugId']), fields: { state: 'closed' } },
    });
}

/** Notes the page in the sandbox; nobody is woken. */
export function pageByPager({ sandbox, clock }: TrackerPorts): ActionImplementation {
  return (args, { idempotencyKey, caseId }) =>
    sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.pager-page' },
      result: { pageId: idempotencyKey },
      atMs: clock.nowMs(),
      record: null,
    });
}
