import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import type { ActionConnector, SourceConnector } from '../../authoring/index.ts';
import { JsonObject } from '../../contracts/index.ts';
import { type OfferedTool, toolDigest } from '../../domain/tool-digest.ts';
import type { Clock, Web } from '../../ports/index.ts';
import { authorizationIn } from '../http/sources.ts';
import type { McpTool, ToolAnswer } from './definition.ts';
import { webFetch } from './web-fetch.ts';

/** The server no longer offers what a person accepted. */
export class ChangedToolError extends Error {
  override readonly name = 'ChangedToolError';
}

/** The tool itself said that it failed; how far it came, nobody knows. */
export class ToolSaidNoError extends Error {
  override readonly name = 'ToolSaidNoError';
}

export interface ToolCall {
  readonly connector: (ActionConnector | SourceConnector) & McpTool;
  readonly secret: Readonly<Record<string, string>>;
  readonly args: JsonObject;
  /** Called right before the tool is: what fails earlier did nothing. */
  readonly onSent: () => void;
}

const MARGIN_MS = 100;

/** Looks whether the tool is still what was accepted, and calls it. */
export async function callTool(ports: { web: Web; clock: Clock }, call: ToolCall): Promise<ToolAnswer> {
  const { connector, secret, args, onSent } = call;
  const endsAtMs = ports.clock.nowMs() + connector.timeoutMs - MARGIN_MS;
  const transport = new StreamableHTTPClientTransport(new URL(connector.url), {
    fetch: webFetch(ports, { hosts: connector.hosts, endsAtMs }),
    requestInit: { headers: authorizationIn(secret) },
    reconnectionOptions: {
      maxRetries: 0,
      initialReconnectionDelay: 0,
      maxReconnectionDelay: 0,
      reconnectionDelayGrowFactor: 1,
    },
  });
  const client = new Client({ name: 'remit', version: '1' }, { jsonSchemaValidator: NO_SECOND_CHECK });
  const left = () => ({ timeout: Math.max(1, endsAtMs - ports.clock.nowMs()) });
  try {
    await client.connect(transport, left());
    await checkTool(connector, await offered(client, connector.tool, left));
    onSent();
    const answer = await client.callTool({ name: connector.tool, arguments: args }, undefined, left());
    return answerOf(answer);
  } finally {
    await client.close();
  }
}

/** All tools that a server offers, for people who choose among them. */
export async function offeredTools(client: Client, options: () => { timeout: number }): Promise<OfferedTool[]> {
  const tools: OfferedTool[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await client.listTools(cursor === undefined ? {} : { cursor }, options());
    tools.push(...page.tools);
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  return tools;
}

const MOST_PAGES = 20;

async function offered(client: Client, name: string, left: () => { timeout: number }): Promise<OfferedTool | null> {
  return (await offeredTools(client, left)).find((tool) => tool.name === name) ?? null;
}

async function checkTool(connector: McpTool, tool: OfferedTool | null): Promise<void> {
  if (tool === null) throw new ChangedToolError(`the server no longer offers the tool ${connector.tool}`);
  const digest = toolDigest(tool);
  if (digest === connector.schemaDigest) return;
  throw new ChangedToolError(
    `the tool ${connector.tool} has changed since it was accepted: it is ${digest} now; read what it says, and accept it by that digest`,
  );
}

function answerOf(answer: Awaited<ReturnType<Client['callTool']>>): ToolAnswer {
  const parts = Array.isArray(answer.content) ? (answer.content as readonly { type: string; text?: unknown }[]) : [];
  const text = parts.flatMap((part) => (part.type === 'text' ? [String(part.text)] : [])).join('\n');
  if (answer.isError === true) throw new ToolSaidNoError(`the tool said: ${text.slice(0, 500)}`);
  const { structuredContent } = answer;
  return { structured: structuredContent === undefined ? null : JsonObject.parse(structuredContent), text };
}

/** Answers are checked by the connector's own schema; the server's says nothing that counts. */
const NO_SECOND_CHECK: jsonSchemaValidator = {
  getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
};
