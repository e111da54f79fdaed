import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import * as z from 'zod';
import { type OfferedTool, toolDigest } from '../../shared/domain/tool-digest.ts';
import { type FakeVendor, startFakeVendor, type VendorFault, type VendorRequest } from './fake-vendor.ts';

export const MCP_HOST = 'tools.acme.test';
export const MCP_TOKEN = 'Bearer fake-token-for-tests-only';

export interface FakeMcp extends FakeVendor {
  /** Titles of the issues that the tool `create-issue` made. */
  readonly issues: readonly string[];
  /** What stands in the description of `create-issue`. */
  describe: (text: string) => void;
  /** Faults of the next calls of a tool; other requests of the protocol are answered. */
  readonly scriptCalls: (...faults: readonly VendorFault[]) => void;
}

/** An MCP server of the SDK's own, behind the guard: two tools of an issue tracker, over streamable HTTP. */
export async function startFakeMcp(options: { readonly answersByStream?: boolean } = {}): Promise<FakeMcp> {
  const issues: string[] = [];
  const faults: VendorFault[] = [];
  let description = 'Creates an issue.';
  const serve = async (request: VendorRequest) => {
    if (request.headers['authorization'] !== MCP_TOKEN) return { status: 401, body: { error: 'no' } };
    const server = trackerServer(issues, description);
    const transport = new WebStandardStreamableHTTPServerTransport({
      enableJsonResponse: options.answersByStream !== true,
    });
    await server.connect(transport);
    const { method, headers, text } = request;
    const url = `https://${MCP_HOST}${request.path}`;
    const answer = await transport.handleRequest(new Request(url, { method, headers, body: text }));
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  };
  const vendor = await startFakeVendor(MCP_HOST, serve);
  return {
    ...{ ...vendor, issues, web: withFaults(vendor, faults) },
    describe: (text) => {
      description = text;
    },
    scriptCalls: (...next) => faults.push(...next),
  };
}

/** Faults wait for the request that calls a tool. */
function withFaults({ web, script }: FakeVendor, faults: VendorFault[]): FakeVendor['web'] {
  return {
    send: (request) => {
      const fault = request.body?.includes('"tools/call"') === true ? faults.shift() : undefined;
      if (fault !== undefined) script(fault);
      return web.send(request);
    },
  };
}

function trackerServer(issues: string[], description: string): McpServer {
  const server = new McpServer({ name: 'tracker', version: '1.0.0' });
  const issue = { title: z.string() };
  server.registerTool(
    'create-issue',
    { description, inputSchema: issue, outputSchema: { number: z.number() } },
    async ({ title }) => {
      if (title === 'broken') return { content: [{ type: 'text', text: 'The tracker is full.' }], isError: true };
      const number = issues.push(title);
      return { content: [{ type: 'text', text: `Issue ${number}` }], structuredContent: { number } };
    },
  );
  server.registerTool('find-issues', { description: 'Finds issues.', inputSchema: issue }, async ({ title }) => ({
    content: [{ type: 'text', text: issues.filter((one) => one.includes(title)).join('\n') }],
  }));
  return server;
}

/** The tools as the server offers them, by name, with their digests. */
export async function offeredBy({ web }: Pick<FakeMcp, 'web'>): Promise<ReadonlyMap<string, string>> {
  const answer = await web.send({
    ...{ method: 'POST', url: `https://${MCP_HOST}/mcp`, hosts: [MCP_HOST], timeoutMs: 2_000 },
    headers: {
      ...{ authorization: MCP_TOKEN, 'content-type': 'application/json' },
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });
  const text = answer.text.replace(/^[\s\S]*?data: /, '');
  const { result } = JSON.parse(text) as { result: { tools: readonly OfferedTool[] } };
  return new Map(result.tools.map((tool) => [tool.name, toolDigest(tool)]));
}
