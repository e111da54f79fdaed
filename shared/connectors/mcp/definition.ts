import type * as z from 'zod';
import {
  type ActionConnector,
  defineActionConnector,
  defineSourceConnector,
  HTTP_FAILURES,
  type SourceConnector,
} from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';

/** What a tool answers: its structured content where it gives some (else null), and all its text. */
export interface ToolAnswer {
  readonly structured: JsonObject | null;
  readonly text: string;
}

/** A tool of an MCP server that speaks streamable HTTP. */
export interface McpTool {
  /** Address of the server. */
  readonly url: string;
  readonly tool: string;
  /**
   * What a person accepted: the digest of the tool as the server offered it then (`npm run tools -- <address>` prints
   * it). A tool that is offered otherwise is refused until somebody puts the new digest here.
   */
  readonly schemaDigest: string;
}

export interface McpSource<A extends JsonObject = JsonObject, D extends JsonObject = JsonObject>
  extends SourceConnector<A, D>,
    McpTool {
  readonly read: (answer: ToolAnswer) => unknown;
  readonly standIn: (args: A) => D;
}

export interface McpAction<A extends JsonObject = JsonObject, R extends JsonObject = JsonObject>
  extends ActionConnector<A, R>,
    McpTool {
  readonly read: (answer: ToolAnswer) => unknown;
  readonly standIn: (args: A) => R;
}

interface ToolDefinition<A extends JsonObject, Out extends JsonObject> extends McpTool {
  /** Begins with `mcp.`, then server and tool: `mcp.tracker.create-issue`. */
  readonly id: string;
  readonly arguments: z.ZodType<A>;
  /** Default: the structured content, or `{ text }`. */
  readonly read?: (answer: ToolAnswer) => unknown;
  /** What the stand-in answers while the secret is not set. */
  readonly standIn: (args: A) => Out;
  /** Its value `authorization` is sent as that header; null for a server that lets everybody in. */
  readonly secret: string | null;
  /** Default 20 seconds: a call takes four requests. */
  readonly timeoutMs?: number;
}

/** A tool that only reads: that is the builder's word, and what the server hints at counts for nothing. */
export function mcpSource<A extends JsonObject, D extends JsonObject>(
  definition: ToolDefinition<A, D> & { readonly data: z.ZodType<D> },
): McpSource<A, D> {
  const { url, tool, schemaDigest, standIn, read = contentOf } = definition;
  return {
    ...defineSourceConnector({ ...MCP, ...definition, hosts: hostsOf(url), attempts: 2, wordsOf: 'strangers' }),
    ...{ url, tool, schemaDigest, standIn, read },
  };
}

/** A tool that changes something. MCP knows no idempotency key, so a call of which nobody knows goes to a person. */
export function mcpAction<A extends JsonObject, R extends JsonObject>(
  definition: ToolDefinition<A, R> & Pick<ActionConnector<A, R>, 'effect' | 'result' | 'intent'>,
): McpAction<A, R> {
  const { url, tool, schemaDigest, standIn, read = contentOf } = definition;
  return {
    ...defineActionConnector({ ...MCP, ...definition, hosts: hostsOf(url), idempotency: 'none' }),
    ...{ url, tool, schemaDigest, standIn, read },
  };
}

const MCP = {
  timeoutMs: 20_000,
  // By HTTP, and by JSON-RPC: what the server could not read or does not know, it did not do.
  failures: { ...HTTP_FAILURES, refused: [...HTTP_FAILURES.refused, -32_700, -32_600, -32_601, -32_602] },
  whenDown: 'A tool that changed is refused until a person accepts it; an unsure call goes to a person.',
} as const;

function hostsOf(url: string): readonly string[] {
  return [new URL(url).hostname];
}

function contentOf({ structured, text }: ToolAnswer): unknown {
  return structured ?? { text };
}
