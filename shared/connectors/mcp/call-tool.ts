import type { ActionConnector, SourceConnector } from '../../authoring/index.ts';
import { JsonObject } from '../../contracts/index.ts';
import { type OfferedTool, toolDigest } from '../../domain/tool-digest.ts';
import type { Clock, Web } from '../../ports/index.ts';
import type { McpTool, ToolAnswer } from './definition.ts';
import { type Server, withServer } from './server.ts';

/** The server no longer offers what a person accepted. */
export class ChangedToolError extends Error {
  override readonly name = 'ChangedToolError';
}

export interface ToolCall {
  readonly connector: (ActionConnector | SourceConnector) & McpTool;
  readonly secret: Readonly<Record<string, string>>;
  readonly args: JsonObject;
  /** Called right before the tool is: what fails earlier did nothing. */
  readonly onSent: () => void;
}

/** Looks whether the tool is still what was accepted, and calls it. */
export function callTool(ports: { web: Web; clock: Clock }, call: ToolCall): Promise<ToolAnswer> {
  const { connector, secret, args, onSent } = call;
  const { url, hosts, timeoutMs, tool } = connector;
  return withServer(ports, { url, hosts, secret, timeoutMs }, async (server) => {
    const offered = (await server.tools()).find(({ name }) => name === tool) ?? null;
    checkTool(connector, offered);
    onSent();
    return answerOf(await server.call(tool, args));
  });
}

function checkTool({ tool, schemaDigest }: McpTool, offered: OfferedTool | null): void {
  if (offered === null) throw new ChangedToolError(`the server no longer offers the tool ${tool}`);
  const digest = toolDigest(offered);
  if (digest === schemaDigest) return;
  throw new ChangedToolError(
    `the tool ${tool} has changed since it was accepted: it is ${digest} now; read what it says, and accept it by that digest`,
  );
}

/** Where the tool itself says that it failed, nobody knows how far it came. */
function answerOf(answer: Awaited<ReturnType<Server['call']>>): ToolAnswer {
  const parts = Array.isArray(answer.content) ? (answer.content as readonly { type: string; text?: unknown }[]) : [];
  const text = parts.flatMap((part) => (part.type === 'text' ? [String(part.text)] : [])).join('\n');
  if (answer.isError === true) throw new Error(`the tool said: ${text.slice(0, 500)}`);
  const { structuredContent } = answer;
  return { structured: structuredContent === undefined ? null : JsonObject.parse(structuredContent), text };
}
