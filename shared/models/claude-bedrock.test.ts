import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isSignedWith, parseSignature, signingKey } from '../../local/endpoint/signature.ts';
import { askClaude, RIGHT_ANSWER } from '../../test/support/fake-anthropic-case.ts';
import { messageBody, textBlock } from '../../test/support/fake-anthropic-replies.ts';
import { BedrockSigner } from '../aws/bedrock-signer.ts';

const MODEL = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const SECRET = 'made-up-secret-of-a-role';
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: 'a-session-token==' };
const NOW = { nowMs: () => Date.UTC(2026, 2, 2, 9), sleep: async () => undefined };

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

/** Bedrock as far as a model is called there: it checks the signature, and refuses where it is wrong. */
async function bedrock(status = 200): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method = '', url = '', headers } = incoming;
    const request = { method, url, headers, body: Buffer.concat(chunks) };
    asked.push(request);
    const header = parseSignature(headers.authorization);
    const isSigned = header !== null && isSignedWith(signingKey(SECRET, header.scope), request, header);
    const code = isSigned ? status : 403;
    const answer = code === 200 ? messageBody([textBlock(JSON.stringify(RIGHT_ANSWER))]) : { message: 'No.' };
    outgoing.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function ask(url: string, secretAccessKey = SECRET) {
  const signer = new BedrockSigner(async () => ({ ...CREDENTIALS, secretAccessKey }), 'eu-central-1', NOW);
  const secrets = {
    anthropicApiKey: () => Promise.reject(new Error('no key is needed')),
    webhookSecrets: async () => [],
  };
  return askClaude(url, { ports: { signer, secrets, model: MODEL } });
}

describe('Claude in Bedrock', () => {
  it('is asked with the signature of the role, without any key, in the form that Bedrock takes', async () => {
    const { url, asked } = await bedrock();
    const answer = await ask(url);
    expect(answer).toMatchObject({ status: 'answered', judgement: RIGHT_ANSWER.judgement });
    expect(answer?.usage.costUsd).toBeGreaterThan(0);
    expect(asked).toHaveLength(1);
    const [request] = asked;
    expect(request?.url).toBe('/model/eu.anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke');
    expect(request?.headers).toMatchObject({ 'x-amz-security-token': 'a-session-token==' });
    expect(request?.headers.authorization).toContain('20260302/eu-central-1/bedrock/aws4_request');
    expect(request?.headers).not.toHaveProperty('x-api-key');
    const body = JSON.parse(request?.body.toString() ?? '');
    expect(body).toMatchObject({ anthropic_version: 'bedrock-2023-05-31', max_tokens: expect.any(Number) });
    expect(body).not.toHaveProperty('model');
  });

  it('fails with words where the role may not call it', async () => {
    const { url } = await bedrock();
    const doubts = ['The model service refused the key (status 403).'];
    expect(await ask(url, 'another secret')).toMatchObject({ status: 'failed', doubts });
  });

  it('is waited for where it is at its limit', async () => {
    const { url, asked } = await bedrock(429);
    expect(await ask(url)).toMatchObject({ status: 'failed', isDown: true });
    expect(asked).toHaveLength(12);
  });
});
