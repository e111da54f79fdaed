import type { JsonObject } from '../../contracts/index.ts';
import type { ActionImplementation } from '../implementation.ts';
import type { CrmPorts } from './crm.ts';
import type { SandboxRecord } from './store.ts';

const DAY_MS = 86_400_000;
const OPEN = 'open-conversations';

/** What the CRM keeps of a conversation from the day on which a person got their first mail. */
export function conversationBegun(args: JsonObject, key: string, nowMs: number): SandboxRecord {
  const { email = '', name = '', company = '' } = args;
  const fields = { email, name, company, reminders: 0, until: null, causedBy: key, spokeAtMs: nowMs, state: 'waiting' };
  return { kind: 'conversation', key: String(email).toLowerCase(), fields, list: OPEN };
}

export function setConversationState({ sandbox, clock }: CrmPorts): ActionImplementation {
  return async (args, { idempotencyKey, caseId }) => {
    const key = String(args['email']).toLowerCase();
    const known = (await sandbox.record('conversation', key)) ?? {};
    const isOpen = args['state'] === 'waiting' || args['state'] === 'paused';
    return sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.crm-set-conversation' },
      result: { state: String(args['state']) },
      atMs: clock.nowMs(),
      record: {
        ...{ kind: 'conversation', key },
        fields: { ...known, ...args, causedBy: idempotencyKey, spokeAtMs: clock.nowMs() },
        ...(isOpen ? { list: OPEN } : {}),
      },
    });
  };
}

/**
 * Open conversations in which nobody has answered, as a person of sales would read them down: how many days of silence, how
 * many reminders, and the key of the action that spoke last. Paused ones stay away until their day has come.
 */
export function listOpenConversations({ sandbox, clock }: CrmPorts): () => Promise<readonly JsonObject[]> {
  return async () => {
    const nowMs = clock.nowMs();
    const today = new Date(nowMs).toISOString().slice(0, 10);
    const records = await sandbox.onList(OPEN);
    return records
      .filter(({ until }) => typeof until !== 'string' || until <= today)
      .map(({ name = '', email = null, company = '', reminders = 0, causedBy = null, spokeAtMs }) => ({
        ...{ name, email, company, reminders, causedBy, reply: '', today },
        silentDays: typeof spokeAtMs === 'number' ? Math.max(0, Math.floor((nowMs - spokeAtMs) / DAY_MS)) : 0,
      }));
  };
}
