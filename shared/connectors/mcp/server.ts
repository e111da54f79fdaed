import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import type { JsonObject } from '../../contracts/index.ts';
import type { OfferedTool } from '../../domain/tool-digest.ts';
import type { Clock, Web } from '../../ports/index.ts';
import { authorizationIn } from '../http/sources.ts';
import { webFetch } from './web-fetch.ts';

export interface ServerAddress {
  readonly url: string;
  readonly hosts: readonly string[];
  /** Its value `authorization` is sent as that header. */
  readonly secret: Readonly<Record<string, string>>;
  /** For everything that is asked of the server. */
  readonly timeoutMs: number;
}

/** A server that answers, until the work with it is done. */
export interface Server {
  /** All tools that it offers. */
  readonly tools: () => Promise<readonly OfferedTool[]>;
  readonly call: (tool: string, args: JsonObject) => ReturnType<Client['callTool']>;
}

const MARGIN_MS = 100;
const MOST_PAGES = 20;

/** Speaks with an MCP server over streamable HTTP, behind the guard of all other calls. */
export async function withServer<T>(
  ports: { readonly web: Web; readonly clock: Clock },
  { url, hosts, secret, timeoutMs }: ServerAddress,
  work: (server: Server) => Promise<T>,
): Promise<T> {
  const endsAtMs = ports.clock.nowMs() + timeoutMs - MARGIN_MS;
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    fetch: webFetch(ports, { hosts, endsAtMs }),
    requestInit: { headers: authorizationIn(secret) },
    reconnectionOptions: NEVER_AGAIN,
  });
  const client = new Client({ name: 'remit', version: '1' }, { jsonSchemaValidator: NO_SECOND_CHECK });
  const left = () => ({ timeout: Math.max(1, endsAtMs - ports.clock.nowMs()) });
  try {
    await client.connect(transport, left());
    return await work({
      tools: () => offeredTools(client, left),
      call: (name, args) => client.callTool({ name, arguments: args }, undefined, left()),
    });
  } finally {
    await client.close();
  }
}

async function offeredTools(client: Client, left: () => { timeout: number }): Promise<readonly OfferedTool[]> {
  const tools: OfferedTool[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await client.listTools(cursor === undefined ? {} : { cursor }, left());
    tools.push(...page.tools);
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  return tools;
}

/** A stream that broke off is not taken up again: whether to repeat a call is not for a transport to say. */
const NEVER_AGAIN = {
  maxRetries: 0,
  initialReconnectionDelay: 0,
  maxReconnectionDelay: 0,
  reconnectionDelayGrowFactor: 1,
};

/** Answers are checked by the connector's own schema; the server's says nothing that counts. */
const NO_SECOND_CHECK: jsonSchemaValidator = {
  getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
};
