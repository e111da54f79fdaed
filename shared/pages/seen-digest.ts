import { createHash } from 'node:crypto';
import type { Json } from '../contracts/index.ts';
import type { RequestParts } from './request-view.ts';

/**
 * SHA-256 over everything that a request page says about its matter: question, reasons, input, decision, arguments,
 * evidence, consequences, deadline. Time of day, person, reminders and the order of members do not change it.
 */
export function seenDigest({ request, workflow, action, ...parts }: RequestParts): string {
  const { id, kind, question, reasons, draft, digest, verbs, deadlineMs, changes, earlier } = request;
  const { input, problems, decision, confidence, decidedBy, readings, settings } = parts.case;
  const shown = {
    request: { id, kind, question, reasons, draft, digest, verbs, deadlineMs, changes, earlier },
    case: { input, problems, decision, confidence, decidedBy, readings, settings },
    action: action && { title: action.title, arguments: action.arguments, intent: action.intent, mode: action.mode },
    workflow,
    sourceTitles: parts.sourceTitles,
    schema: parts.argumentsSchema,
    turns: parts.turns ?? [],
  };
  return createHash('sha256').update(JSON.stringify(shown, sorted)).digest('hex');
}

function sorted(_key: string, value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
