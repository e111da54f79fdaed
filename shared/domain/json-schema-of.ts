import type * as z from 'zod';
import { toJSONSchema } from 'zod/v4/core';

/**
 * JSON Schema of what a Zod schema gives (`output`, unless it says otherwise) or takes (`input`); `{}` stands for what JSON
 * Schema cannot say. The writer is 20 KB: a bundle has it as a part of its own, which it loads when it writes the first one
 * (`scripts/build/schema-writer.ts`).
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): z.core.JSONSchema.BaseSchema {
  return toJSONSchema(schema, { unrepresentable: 'any', io });
}
