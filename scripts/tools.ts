import { systemClock } from '../shared/aws/system.ts';
import { guardedWeb } from '../shared/connectors/http/guarded-web.ts';
import { withServer } from '../shared/connectors/mcp/server.ts';
import { type OfferedTool, toolDigest } from '../shared/domain/tool-digest.ts';
import type { Web } from '../shared/ports/index.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';

const USAGE = 'Tools of an MCP server, with their digests:\n  npm run tools -- https://tools.example/mcp';
const TIMEOUT_MS = 20_000;

/**
 * Prints what an MCP server offers. A digest that somebody has read goes into the connector's definition as
 * `schemaDigest`. REMIT_TOOLS_AUTHORIZATION is sent as the header `authorization`.
 */
async function tools([url, ...more]: readonly string[]): Promise<number> {
  if (url === undefined || more.length > 0 || !URL.canParse(url)) throw new Problem(USAGE, { exitCode: 2 });
  const authorization = process.env['REMIT_TOOLS_AUTHORIZATION'] ?? '';
  for (const line of toolLines(await offeredAt(guardedWeb(), url, authorization))) say(line);
  return 0;
}

export function offeredAt(web: Web, url: string, authorization: string): Promise<readonly OfferedTool[]> {
  const secret: Record<string, string> = authorization === '' ? {} : { authorization };
  const address = { url, hosts: [new URL(url).hostname], secret, timeoutMs: TIMEOUT_MS };
  return withServer({ web, clock: systemClock }, address, ({ tools: ask }) => ask());
}

/** What a tool says of itself stands below its name: that is what an agent will read. */
export function toolLines(offered: readonly OfferedTool[]): string[] {
  if (offered.length === 0) return ['The server offers no tools.'];
  return offered.flatMap((tool) => [
    `${tool.name}  ${toolDigest(tool)}`,
    ...visible(tool.description ?? 'It says nothing of itself.').map((line) => `    ${line}`),
    `    takes ${JSON.stringify(tool.inputSchema)}`,
  ]);
}

/** A terminal obeys control characters; a reader has to see them. */
function visible(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`));
}

if (import.meta.main) await runCommand(tools);
