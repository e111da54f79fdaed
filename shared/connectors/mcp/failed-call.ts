import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpError } from '@modelcontextprotocol/sdk/types.js';
import type { FailedCall } from '../../domain/call-outcome.ts';
import { messageOf } from '../../domain/message-of.ts';
import { WebFailure } from '../../ports/index.ts';
import { ChangedToolError } from './call-tool.ts';

/** What a failure of the client says: of the web, of HTTP, of JSON-RPC, or of the tool. */
export function failedCall(error: unknown): { readonly call: FailedCall; readonly words: string } {
  const words = messageOf(error);
  if (error instanceof WebFailure) return { call: { stage: error.stage }, words };
  if (error instanceof ChangedToolError) return { call: { stage: 'refused' }, words };
  if (error instanceof StreamableHTTPError) {
    return { call: { status: error.code ?? 0, code: null }, words: `the server answered ${error.code ?? 'oddly'}` };
  }
  if (error instanceof McpError) return { call: { status: error.code, code: null }, words };
  return { call: { stage: 'no-answer' }, words };
}
