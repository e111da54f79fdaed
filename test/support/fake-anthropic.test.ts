import Anthropic from '@anthropic-ai/sdk';
import { expect, it } from 'vitest';
import { FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from './fake-anthropic.ts';
import { errorReply, message, type Reply, spendLimit, textBlock, USAGE } from './fake-anthropic-replies.ts';

const ASKED = { model: 'claude-sonnet-5-5', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hello' }] };
const HELLO = message([textBlock('Hello')]);

/** What the maker's own client makes of the fake. */
function client({ url }: FakeAnthropic, apiKey = FAKE_KEY): Anthropic {
  return new Anthropic({ apiKey, baseURL: url, maxRetries: 0 });
}

async function withFake<T>(script: readonly Reply[], use: (fake: FakeAnthropic) => Promise<T>): Promise<T> {
  const fake = await startFakeAnthropic(script);
  const result = await use(fake);
  await fake.stop();
  return result;
}

it('plays its replies in order, as messages that the client understands', async () => {
  const tool = { type: 'tool_use', id: 'toolu_01', name: 'look_up', input: { id: 7 } };
  const script = [HELLO, message([tool], { stopReason: 'tool_use', usage: { ...USAGE, cache_read_input_tokens: 12 } })];
  await withFake(script, async (fake) => {
    const first = await client(fake).messages.create(ASKED);
    expect(first.content).toEqual([{ type: 'text', text: 'Hello', citations: null }]);
    const second = await client(fake).messages.create(ASKED);
    expect(second).toMatchObject({ stop_reason: 'tool_use', content: [tool], usage: { cache_read_input_tokens: 12 } });
    expect(second._request_id).toMatch(/^req_/);
  });
});

it('sends errors in the form from which the client makes its own', async () => {
  await withFake([spendLimit(), errorReply(529, 'overloaded_error', 'Overloaded')], async (fake) => {
    await expect(client(fake).messages.create(ASKED)).rejects.toMatchObject({
      name: 'EnforcedSpendLimitReachedError',
      errorCode: 'enforced_spend_limit_reached',
    });
    await expect(client(fake).messages.create(ASKED)).rejects.toMatchObject({ status: 529, type: 'overloaded_error' });
  });
});

it('refuses another key without playing anything', async () => {
  await withFake([HELLO], async (fake) => {
    const stranger = client(fake, 'sk-ant-api03-other').messages.create(ASKED);
    await expect(stranger).rejects.toMatchObject({ status: 401, type: 'authentication_error' });
    await client(fake).messages.create(ASKED);
    expect(fake.requests.map(({ refused }) => refused?.status ?? 'played')).toEqual([401, 'played']);
  });
});

it('takes a key in either header', async () => {
  await withFake([HELLO], async ({ url }) => {
    const headers = { 'x-api-key': FAKE_KEY, 'anthropic-version': '2023-06-01' };
    const answer = await fetch(`${url}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(ASKED) });
    expect(answer.status).toBe(200);
  });
});

const TOOL = { name: 'decide', input_schema: { type: 'object' as const } };
const schema = { type: 'object', properties: { n: { type: 'number', minimum: 0 } }, additionalProperties: false };

it.each([
  ['a forced tool on a model that always thinks', { tools: [TOOL], tool_choice: { type: 'tool', name: 'decide' } }],
  ['thinking that is switched off', { thinking: { type: 'disabled' } }],
  ['a temperature', { temperature: 0 }],
  ['a strict tool that is open for more fields', { tools: [{ ...TOOL, strict: true }] }],
  ['bounds in the schema of the output', { output_config: { format: { type: 'json_schema', schema } } }],
  ['no messages', { messages: [] }],
  ['a result without its call', { messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x' }] }] }],
])('refuses %s', async (_what, wrong) => {
  await withFake([], async (fake) => {
    const asked = client(fake).post('/v1/messages', { body: { ...ASKED, ...wrong } });
    await expect(asked).rejects.toMatchObject({ status: 400, type: 'invalid_request_error' });
  });
});

it('lets a forced tool pass on a model that takes one', async () => {
  await withFake([HELLO], async (fake) => {
    const body = { ...ASKED, model: 'claude-sonnet-4-6', tools: [TOOL], tool_choice: { type: 'tool', name: 'decide' } };
    await client(fake).post('/v1/messages', { body });
  });
});

it('fails at its end when it was asked for more than it had to say', async () => {
  const fake = await startFakeAnthropic();
  await expect(client(fake).messages.create(ASKED)).rejects.toThrow('400');
  await expect(fake.stop()).rejects.toThrow('1 time(s) more');
});

it('fails at its end when something was left to say', async () => {
  const fake = await startFakeAnthropic([HELLO]);
  await expect(fake.stop()).rejects.toThrow('last 1 replies');
});
