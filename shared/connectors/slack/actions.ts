import * as z from 'zod';
import type { ActionConnector } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';
import type { WebAnswer } from '../../ports/index.ts';
import { bodyOf, callToAct } from '../http/call.ts';
import type { ActionImplementation, ActionPorts, ActionSystem } from '../implementation.ts';
import { idFrom, standIn } from '../sandbox/stand-in.ts';
import { plainMessage } from './message.ts';

const API = 'https://slack.com/api/';

export const system: ActionSystem = {
  'post-message': (ports, connector) =>
    bySecret(ports, connector, 'chat.postMessage', ({ channel, text }) => ({ channel, ...plainMessage(String(text)) })),
  'update-message': (ports, connector) =>
    bySecret(ports, connector, 'chat.update', ({ channel, message, text }) => ({
      ...{ channel, ts: message },
      ...plainMessage(String(text)),
    })),
  'delete-message': (ports, connector) =>
    bySecret(ports, connector, 'chat.delete', ({ channel, message }) => ({ channel, ts: message })),
};

function bySecret(
  ports: ActionPorts,
  connector: ActionConnector,
  method: string,
  bodyFrom: (args: JsonObject) => Readonly<Record<string, unknown>>,
): ActionImplementation {
  const pretend = standIn(ports, connector, ({ channel = '', message }, { idempotencyKey }) => ({
    result: { channel, message: message ?? `sandbox-${idFrom(idempotencyKey)}`, in: 'sandbox' },
  }));
  return async (args, context) => {
    const secret = await ports.secrets.read('slack');
    if (secret === null) return pretend(args, context);
    const answer = await callToAct(
      ports,
      connector,
      {
        ...{ method: 'POST', url: `${API}${method}`, json: bodyFrom(args) },
        headers: { authorization: `Bearer ${secret['botToken']}` },
      },
      { codeOf: (answer) => codeOf(answer, method) },
    );
    const { channel = args['channel'] ?? '', ts = args['message'] ?? '' } = bodyOf(Done, answer);
    return { channel, message: ts, in: 'slack' };
  };
}

/** Slack says no with status 200. A body that says neither yes nor no is no success. */
function codeOf({ text }: WebAnswer, method: string): string | null {
  try {
    const { ok, error } = Said.parse(JSON.parse(text));
    // What is gone already was deleted before, perhaps by a call of ours whose answer was lost.
    const isGone = method === 'chat.delete' && error === 'message_not_found';
    return ok || isGone ? null : error;
  } catch {
    return 'unreadable-answer';
  }
}

const Said = z.object({ ok: z.boolean(), error: z.string().default('unknown-error') });
const Done = z.object({ channel: z.string().optional(), ts: z.string().optional() });
