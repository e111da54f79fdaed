import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeAnthropic, startFakeAnthropic } from '../../test/support/fake-anthropic.ts';
import { askClaude, RIGHT_ANSWER } from '../../test/support/fake-anthropic-case.ts';
import { structured } from '../../test/support/fake-anthropic-replies.ts';
import type { Secrets } from '../ports/index.ts';

let fake: FakeAnthropic;
beforeEach(async () => {
  fake = await startFakeAnthropic();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  return fake.stop();
});

describe('the key', () => {
  it('that is not configured means that Claude is not there', async () => {
    expect(await askClaude(fake.url, { ports: keyFrom(async () => null) })).toBeNull();
  });

  it('that cannot be read means that Claude failed, so that nobody else decides the case unnoticed', async () => {
    const denied = keyFrom(() => Promise.reject(new Error('AccessDenied for arn:aws:secretsmanager')));
    expect(await askClaude(fake.url, { ports: denied })).toMatchObject({
      status: 'failed',
      tier: 'smart',
      doubts: ['The key of the model service could not be read.'],
    });
  });

  it('that is not read in time is a failure before the deadline', async () => {
    const hanging = keyFrom(() => new Promise(() => undefined));
    const deadlineMs = Date.now() + 600;
    expect(await askClaude(fake.url, { question: { deadlineMs }, ports: hanging })).toMatchObject({ status: 'failed' });
    expect(Date.now()).toBeLessThan(deadlineMs);
  });

  it.each([
    ['of somebody else', 'sk-ant-api03-stolen'],
    ['that no header can hold', 'sk-ant-api03-sto\nlen'],
    ['of other letters', 'sk-ant-api03-stolen-ключ'],
  ])('%s is in no answer and no log', async (_what, key) => {
    vi.stubEnv('ANTHROPIC_LOG', 'debug');
    const printed = (['debug', 'info', 'log', 'warn', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(() => undefined),
    );
    const answer = await askClaude(fake.url, { ports: keyFrom(async () => key) });
    expect(answer).toMatchObject({ status: 'failed', usage: { costUsd: 0 } });
    expect(JSON.stringify(answer)).not.toContain('sto');
    expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });

  it('goes to the address of the settings and not to one that the environment names', async () => {
    vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:9/');
    fake.play(structured(RIGHT_ANSWER));
    expect(await askClaude(fake.url)).toMatchObject({ status: 'answered' });
  });
});

function keyFrom(anthropicApiKey: Secrets['anthropicApiKey']): { secrets: Secrets } {
  return { secrets: { anthropicApiKey, webhookSecrets: async () => [] } };
}
