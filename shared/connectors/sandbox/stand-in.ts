import type { ActionConnector } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';
import type { ActionImplementation, ActionPorts } from '../implementation.ts';
import type { SandboxEffect } from './store.ts';

/** What a stand-in leaves behind: the answer of the real system in its form, and the record that it would have changed. */
export interface StoodIn {
  readonly result: JsonObject;
  readonly record?: SandboxEffect['record'];
}

/**
 * Keeps what would have been done in the tables of the sandbox, once per idempotency key. It takes the calls of a
 * connector whose secret is not set.
 */
export function standIn(
  { sandbox, clock }: Pick<ActionPorts, 'sandbox' | 'clock'>,
  connector: ActionConnector,
  act: (args: JsonObject, context: { idempotencyKey: string; nowMs: number }) => StoodIn,
): ActionImplementation {
  return (args, { idempotencyKey, caseId }) => {
    const nowMs = clock.nowMs();
    const { result, record = null } = act(args, { idempotencyKey, nowMs });
    return sandbox.perform({
      ...{ idempotencyKey, caseId, connector: connector.id, arguments: args, result, atMs: nowMs, record },
    });
  };
}

/** A short id as other systems give them, made of a key, so that a repeat has the same one. */
export function idFrom(key: string): string {
  return key.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase();
}
