import { type FakeVendor, startFakeVendor, type VendorAnswer, type VendorRequest } from './fake-vendor.ts';

export const SLACK_TOKEN = 'xoxb-fake-token-for-tests-only';

export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeSlack extends FakeVendor {
  /** What stands in the channels, in order of posting. */
  readonly messages: readonly SlackMessage[];
}

/** Slack's Web API as far as agents use it: it says no with status 200, and knows no idempotency key. */
export async function startFakeSlack(channels: readonly string[] = ['#sales']): Promise<FakeSlack> {
  const messages: SlackMessage[] = [];
  const vendor = await startFakeVendor('slack.com', (request) => answerTo(request, channels, messages));
  return { ...vendor, messages };
}

function answerTo(request: VendorRequest, channels: readonly string[], messages: SlackMessage[]): VendorAnswer {
  const no = (error: string): VendorAnswer => ({ status: 200, body: { ok: false, error } });
  if (request.method !== 'POST' || request.headers['content-type']?.startsWith('application/json') !== true) {
    return no('invalid_form_data');
  }
  if (request.headers['authorization'] !== `Bearer ${SLACK_TOKEN}`) return no('invalid_auth');
  const body = JSON.parse(request.text) as Record<string, unknown>;
  const channel = String(body['channel']);
  if (!channels.includes(channel)) return no('channel_not_found');
  const yes = (ts: string): VendorAnswer => ({ status: 200, body: { ok: true, channel, ts } });
  const at = messages.findIndex(({ ts }) => ts === body['ts']);
  switch (request.path) {
    case '/api/chat.postMessage': {
      if (typeof body['text'] !== 'string' || body['text'] === '') return no('no_text');
      const ts = `1700000000.${String(messages.length + 1).padStart(6, '0')}`;
      messages.push({ channel, ts, body });
      return yes(ts);
    }
    case '/api/chat.update':
      if (at === -1) return no('message_not_found');
      messages.splice(at, 1, { channel, ts: String(body['ts']), body });
      return yes(String(body['ts']));
    case '/api/chat.delete':
      if (at === -1) return no('message_not_found');
      messages.splice(at, 1);
      return yes(String(body['ts']));
    default:
      return no('unknown_method');
  }
}
