import type { ActionImplementation } from '../implementation.ts';
import type { SandboxStore } from './store.ts';

/** Posts to the sandbox's channel log. */
export function postLine({
  sandbox,
  clock,
}: {
  sandbox: SandboxStore;
  clock: { nowMs(): number };
}): ActionImplementation {
  return (args, { idempotencyKey, caseId }) =>
    sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.channel-post' },
      result: { lineId: idempotencyKey },
      atMs: clock.nowMs(),
      record: null,
    });
}
