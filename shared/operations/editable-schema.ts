import type * as z from 'zod';
import { type JsonObject, type PersonRequest, PromotionEvidence } from '../contracts/index.ts';
import { titlesIn } from '../domain/field-titles.ts';
import { isGovernance } from '../domain/governance-case.ts';
import type { AskSubject } from './requests/new-request.ts';

/** The schema of what a person may edit: the action's arguments, or the decision. */
export function editableSchema({ workflow, case: case_, action }: AskSubject): z.ZodType<JsonObject> {
  if (isGovernance(case_)) return PromotionEvidence;
  const definition = action === null ? undefined : workflow.actions[action.action];
  return definition === undefined ? workflow.decision : definition.connector.arguments;
}

/** The form of a question, as it was when it was put. One without a form is edited as JSON, field by field. */
export function keptForm({ form, draft }: PersonRequest): JsonObject {
  return form ?? { type: 'object', properties: Object.fromEntries(Object.keys(draft).map((key) => [key, {}])) };
}

/** Names of an action's fields for people, as its schema and the workflow have them. */
export function fieldTitles(subject: AskSubject): Record<string, string> {
  return { ...titlesIn(editableSchema(subject)), ...subject.workflow.labels };
}
