import type { JsonObject } from '../contracts/index.ts';

export type SourceImplementation = (args: JsonObject, context: { workflow: string }) => Promise<JsonObject>;

export type ActionImplementation = (
  args: JsonObject,
  context: { idempotencyKey: string; caseId: string },
) => Promise<JsonObject>;
