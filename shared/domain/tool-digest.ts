import { JsonObject } from '../contracts/index.ts';
import { digestOf } from './digest.ts';

/** What a server says of a tool of its own. */
export interface OfferedTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema: unknown;
  readonly outputSchema?: unknown;
  readonly annotations?: unknown;
}

/**
 * Hex SHA-256 over all that decides what a tool does with what it is given: name, words and schemas. A server that changes
 * any of it offers another tool.
 */
export function toolDigest({ name, title, description, inputSchema, outputSchema, annotations }: OfferedTool): string {
  const told = { name, title, description, inputSchema, outputSchema, annotations };
  return digestOf(JsonObject.parse(JSON.parse(JSON.stringify(told))));
}
