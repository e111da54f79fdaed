import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { JsonObject } from '../../contracts/index.ts';

/** JSON Schema of a decision. Loaded when it is needed: the writer of schemas is large. */
export function decisionForm({ decision }: Workflow): JsonObject {
  return JsonObject.parse(z.toJSONSchema(decision, { unrepresentable: 'any' }));
}
