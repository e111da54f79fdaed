import type { TriggerDefinition, WebhookTrigger, Workflow } from '../authoring/index.ts';
import { Json, type JsonObject } from '../contracts/index.ts';
import { CanonicalError, canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';
import { messageOf } from './message-of.ts';

/** The workflow's input, or the body as it came with what is wrong with it. */
export interface TriggerInput {
  readonly input: Json;
  /** Empty when it fits. */
  readonly problems: string[];
}

/** What a workflow reads in the body of a trigger. One that does not fit is a case for a person, not a lost one. */
export function readInput(workflow: Workflow, definition: TriggerDefinition, body: unknown): TriggerInput {
  return writable(toInput(workflow, definition, body));
}

/**
 * The ledger takes only what a digest can be made of; anything else is kept as its JSON text. What is larger than an item
 * of the store may be, as numbers written in full can be, is kept as its beginning.
 */
export function writable(read: TriggerInput): TriggerInput {
  try {
    const bytes = Buffer.byteLength(canonicalJson(read.input));
    return bytes > MOST_INPUT_BYTES ? cut(read, bytes) : read;
  } catch (error) {
    if (!(error instanceof CanonicalError)) throw error;
    return {
      input: { unreadable: JSON.stringify(read.input).slice(0, CUT_TO) },
      problems: [`The trigger: ${error.message}`],
    };
  }
}

/** An item of the store takes 400 KB, with the decision and all else that comes to it. */
export const MOST_INPUT_BYTES = 250_000;
const CUT_TO = 20_000;

function cut({ input, problems }: TriggerInput, bytes: number): TriggerInput {
  const problem = `The trigger: it makes ${bytes} bytes; at most ${MOST_INPUT_BYTES} are kept, so only its beginning is here.`;
  return { input: { cut: JSON.stringify(input).slice(0, CUT_TO).toWellFormed() }, problems: [...problems, problem] };
}

/**
 * The name of the event by the workflow's own key, or null where it has none. What it holds is part of the name: the same
 * again is the same event, and something else under a known key is not lost but a case of its own.
 */
export function eventIdByKey({ key }: Pick<WebhookTrigger, 'key'>, { input, problems }: TriggerInput): string | null {
  const name = problems.length === 0 ? keyOf(key, input as JsonObject) : null;
  return name === null ? null : `${name.slice(0, LONGEST_KEY)}/${digestOf(input).slice(0, DIGITS)}`;
}

/** A key that cannot be made is none. */
export function keyOf(key: WebhookTrigger['key'], input: JsonObject): string | null {
  try {
    return key?.(input) ?? null;
  } catch {
    return null;
  }
}

const LONGEST_KEY = 200;
const DIGITS = 32;

function toInput(workflow: Workflow, definition: TriggerDefinition, body: unknown): TriggerInput {
  const raw = Json.parse(body);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return { input: raw, problems: ['The trigger is not a JSON object.'] };
  }
  try {
    const parsed = workflow.input.safeParse(definition.toInput(raw));
    if (parsed.success) return { input: parsed.data, problems: [] };
    return {
      input: raw,
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`),
    };
  } catch (error) {
    return {
      input: raw,
      problems: [`The trigger could not be read: ${messageOf(error)}`],
    };
  }
}
