import * as z from 'zod';
import type { JsonObject } from '../../contracts/index.ts';
import { editableSchema } from '../editable-schema.ts';
import type { AskSubject } from './new-request.ts';

/** JSON Schema of what a person may edit. It is kept with the question: the writer of schemas is large. */
export function formSchemaOf(subject: AskSubject): JsonObject {
  return z.json().parse(z.toJSONSchema(editableSchema(subject), { unrepresentable: 'any' })) as JsonObject;
}
