import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin, type PluginBuild } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../command/project.ts';
import { leanPackages } from './lean-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'remit-lean-'));
let bundles = 0;
afterAll(() => rmSync(folder, { recursive: true }));

describe('a lean bundle', () => {
  test('writes the same JSON Schema, for schemas of every kind', async () => {
    const program = `
      import * as z from 'zod';
      const Json = z.json();
      const All = z.strictObject({
        text: z.string().min(2).max(9).regex(/a/), mail: z.email(), url: z.url(), whole: z.int().min(1), number: z.number(),
        yes: z.boolean(), one: z.enum(['a', 'b']), literal: z.literal(7), list: z.array(z.string()).max(3),
        pair: z.tuple([z.string(), z.number()]), map: z.record(z.string(), z.int()), either: z.union([z.string(), z.null()]),
        kind: z.discriminatedUnion('k', [z.object({ k: z.literal('x') }), z.object({ k: z.literal('y'), v: z.int() })]),
        both: z.intersection(z.object({ a: z.int() }), z.object({ b: z.int() })), perhaps: z.string().optional(),
        none: z.string().nullable(), usual: z.string().default('u'), caught: z.int().catch(1), fixed: z.string().readonly(),
        piped: z.string().pipe(z.string().max(4)), any: z.any(), unknown: z.unknown(), said: z.string().describe('said'),
        date: z.iso.datetime(), json: Json, lazy: z.lazy(() => z.string()), refined: z.string().refine((s) => s !== ''),
      });
      export const result = [z.toJSONSchema(All), z.toJSONSchema(All, { io: 'input' }), All.safeParse({}).error.issues.length];
    `;
    expect(await run(program, [leanPackages()])).toEqual(await run(program, []));
  });

  test('sends the same mail', async () => {
    const program = `
      import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
      ${recorder}
      const client = new SESv2Client({ ...settings, requestHandler: recorder(200, { MessageId: 'id' }) });
      const utf8 = (Data) => ({ Data, Charset: 'UTF-8' });
      const answer = await client.send(new SendEmailCommand({
        FromEmailAddress: 'agents@remit.example',
        Destination: { ToAddresses: ['a@remit.example'], BccAddresses: ['b@remit.example'] },
        Content: { Simple: { Subject: utf8('Grüße'), Body: { Text: utf8('text'), Html: utf8('<p>') } } },
      }));
      export const result = { seen, id: answer.MessageId };
    `;
    const lean = await run(program, [leanPackages()]);
    expect(lean).toEqual(await run(program, []));
    expect(lean).toMatchObject({ seen: [{ method: 'POST', path: '/v2/email/outbound-emails' }], id: 'id' });
  });

  test.each([
    ['an answer', 200, { id: 'm', type: 'message', role: 'assistant', content: [], stop_reason: 'end_turn' }],
    ['a refusal', 400, { type: 'error', error: { type: 'invalid_request_error', message: 'No.' } }],
    ['a fault', 529, { type: 'error', error: { type: 'overloaded_error', message: 'Busy.' } }],
  ])('asks Claude the same, and understands %s alike', async (_what, status, answer) => {
    const program = `
      import { BaseAnthropic } from '@anthropic-ai/sdk/client';
      const seen = [];
      const fetch = async (url, { method, headers, body }) => {
        const sent = Object.fromEntries(new Headers(headers));
        seen.push({ url: String(url), method, sent, body });
        return new Response(${JSON.stringify(JSON.stringify(answer))}, { status: ${status}, headers: { 'content-type': 'application/json' } });
      };
      const client = new BaseAnthropic({ apiKey: 'key', baseURL: 'https://claude.example', maxRetries: 0, fetch });
      const body = { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'Hello' }] };
      const answer = await client.post('/v1/messages', { body }).catch(({ name, status, message }) => ({ name, status, message }));
      export const result = { seen, answer };
    `;
    const lean = await run(program, [leanPackages()]);
    expect(lean).toEqual(await run(program, []));
    expect(lean).toMatchObject({ seen: [{ method: 'POST', url: 'https://claude.example/v1/messages' }] });
  });

  test.each([
    ['an error that nobody tells apart', 'LimitExceededException', 400],
    ['an error that is told apart by its class', 'ConditionalCheckFailedException', 400],
    ['an error that the client tries again by its class', 'ReplicatedWriteConflictException', 400],
    ['an error that the client tries again by its name', 'ThrottlingException', 400],
    ['a fault of the server', 'InternalServerError', 500],
  ])('tells and tries again alike: %s', async (_what, type, status) => {
    const body = `{ __type: 'com.amazonaws.dynamodb.v20120810#${type}', message: 'No.' }`;
    const program = `
      import { DynamoDBClient, DynamoDBServiceException, GetItemCommand } from '@aws-sdk/client-dynamodb';
      ${recorder}
      const client = new DynamoDBClient({ ...settings, maxAttempts: 2, requestHandler: recorder(${status}, ${body}) });
      const error = await client.send(new GetItemCommand({ TableName: 't', Key: { k: { S: 'v' } } })).catch((e) => e);
      const { name, message, $fault } = error;
      export const result = { name, message, $fault, tries: seen.length, isKnown: error instanceof DynamoDBServiceException };
    `;
    const lean = await run(program, [leanPackages()]);
    expect(lean).toEqual(await run(program, []));
    expect(lean).toMatchObject({ name: type, message: 'No.', isKnown: true });
  });

  test.each([
    ['dynamodb', 'DynamoDBClient', 'GetItemCommand', { TableName: 't', Key: { k: { S: 'v' } } }],
    ['sfn', 'SFNClient', 'StartExecutionCommand', { stateMachineArn: 'arn:aws:states:eu-central-1:1:stateMachine:m' }],
    [
      'sqs',
      'SQSClient',
      'SendMessageBatchCommand',
      { QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/1/q', Entries: [{ Id: '0', MessageBody: 'm' }] },
    ],
    ['secrets-manager', 'SecretsManagerClient', 'GetSecretValueCommand', { SecretId: 's' }],
    ['sesv2', 'SESv2Client', 'SendEmailCommand', { Content: {} }],
  ])('asks at the same address as who the environment says, signed alike: %s', async (client, name, command, input) => {
    const program = `
      import { ${name}, ${command} } from '@aws-sdk/client-${client}';
      import { Readable } from 'node:stream';
      Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 'c' });
      const seen = [];
      const handle = async ({ protocol, hostname, path, headers }) => {
        const { authorization, ...others } = headers;
        seen.push({ protocol, hostname, path, names: Object.keys(others).sort(), target: headers['x-amz-target'] ?? null });
        seen.push({ token: headers['x-amz-security-token'], signed: authorization.replace(/Signature=.*/, '').replace(/\\d{8}/, '') });
        return { response: { statusCode: 200, headers: { 'content-type': 'application/json' }, body: Readable.from([Buffer.from('{}')]) } };
      };
      await new ${name}({ requestHandler: { handle } }).send(new ${command}(${JSON.stringify(input)}));
      export const result = seen;
    `;
    const lean = await run(program, [leanPackages()]);
    expect(lean).toEqual(await run(program, []));
    expect(lean).toMatchObject([{ protocol: 'https:' }, { token: 'c' }]);
  });

  test('refuses what it does not bring along, instead of doing something else', async () => {
    const program = `
      import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
      const settings = { region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
      const problemOf = (more) => new DynamoDBClient({ ...settings, ...more }).send(new ListTablesCommand({})).catch(({ message }) => message);
      export const result = [await problemOf({ useFipsEndpoint: true }), await problemOf({ retryMode: 'adaptive' })];
    `;
    expect(await run(program, [leanPackages()])).toEqual([
      'Addresses for FIPS and for IPv6 are not built in',
      'The retry mode adaptive is not built in; leave AWS_RETRY_MODE out',
    ]);
  });

  test('does not take a package along that makes schemas of its own', async () => {
    const program = "import 'zod';";
    const foreign = {
      name: 'foreign',
      setup: (build: PluginBuild) => {
        build.onResolve({ filter: /^foreign$/ }, () => ({
          path: '/node_modules/foreign/index.js',
          namespace: 'foreign',
        }));
        build.onLoad({ filter: /.*/, namespace: 'foreign' }, () => ({ contents: program, resolveDir: projectRoot }));
      },
    };
    await expect(bundle("import 'foreign';", [foreign, leanPackages()])).rejects.toThrow(
      /foreign makes schemas with Zod/,
    );
  });

  test('calls a tool of an MCP server the same', async () => {
    const answers = {
      initialize: {
        protocolVersion: '2025-06-18',
        capabilities: { tools: {} },
        serverInfo: { name: 's', version: '1' },
      },
      'tools/list': { tools: [{ name: 't', inputSchema: { type: 'object' }, outputSchema: { type: 'object' } }] },
      'tools/call': { content: [{ type: 'text', text: 'done' }], structuredContent: { n: 1 } },
    };
    const program = `
      import { withServer } from './shared/connectors/mcp/server.ts';
      const answers = ${JSON.stringify(answers)};
      const asked = [];
      const web = { send: async ({ body }) => {
        const { id, method } = JSON.parse(body);
        asked.push(method);
        if (id === undefined) return { status: 202, headers: {}, text: '' };
        const text = JSON.stringify({ jsonrpc: '2.0', id, result: answers[method] });
        return { status: 200, headers: { 'content-type': 'application/json' }, text };
      } };
      const clock = { nowMs: () => Date.now() };
      const address = { url: 'https://t.example/mcp', hosts: ['t.example'], secret: {}, timeoutMs: 5000 };
      const use = async ({ tools, call }) => [await tools(), await call('t', {})];
      export const result = { answer: await withServer({ web, clock }, address, use), asked };
    `;
    const lean = await run(program, [leanPackages()]);
    expect(lean).toEqual(await run(program, []));
    expect(lean).toMatchObject({ asked: ['initialize', 'notifications/initialized', 'tools/list', 'tools/call'] });
    const [small, whole] = [await bundle(program, [leanPackages()]), await bundle(program, [])];
    expect(whole.length - small.length).toBeGreaterThan(120_000);
  });

  test('is smaller', async () => {
    const program = `
      import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
      export const result = [SESv2Client, SendEmailCommand];
    `;
    const [lean, whole] = [await bundle(program, [leanPackages()]), await bundle(program, [])];
    expect(whole.length - lean.length).toBeGreaterThan(40_000);
  });
});

/** What a program of its own sees of a client: a transport that answers alike each time, and notes what it was sent. */
const recorder = `
  import { Readable } from 'node:stream';
  const settings = { region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const seen = [];
  const recorder = (statusCode, answer) => ({
    handle: async ({ method, path, body }) => {
      seen.push({ method, path, body: typeof body === 'string' ? body : new TextDecoder().decode(body) });
      const bytes = Buffer.from(JSON.stringify(answer));
      return { response: { statusCode, headers: { 'content-type': 'application/json' }, body: Readable.from([bytes]) } };
    },
  });
`;

async function run(program: string, plugins: Plugin[]): Promise<unknown> {
  const file = join(folder, `${bundles++}.mjs`);
  writeFileSync(file, await bundle(program, plugins));
  const { result } = await import(pathToFileURL(file).href);
  return result;
}

async function bundle(program: string, plugins: Plugin[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: projectRoot },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
