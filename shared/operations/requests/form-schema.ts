import { JsonObject } from '../../contracts/index.ts';
import { jsonSchemaOf } from '../../domain/json-schema-of.ts';
import { editableSchema } from '../editable-schema.ts';
import type { AskSubject } from './new-request.ts';

/** JSON Schema of what a person may edit. It is kept with the question: the writer of schemas is large. */
export function formSchemaOf(subject: AskSubject): JsonObject {
  return JsonObject.parse(jsonSchemaOf(editableSchema(subject)));
}
