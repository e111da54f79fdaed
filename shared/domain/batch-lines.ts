import type { Batch as BatchDefinition, BucketFileTrigger, WebhookTrigger, Workflow } from '../authoring/index.ts';
import type { Batch, BatchLine, JsonObject, LineFormat, Trigger } from '../contracts/index.ts';
import { readBatchFile, readLine } from './batch-file.ts';
import { caseIdOf } from './case-id.ts';
import { digestOf } from './digest.ts';
import { messageOf } from './message-of.ts';
import { eventIdByKey, keyOf, readInput, type TriggerInput, writable } from './trigger-input.ts';

/** A trigger that brings many. */
export type BatchTrigger = (WebhookTrigger | BucketFileTrigger) & { readonly batch: BatchDefinition };

export function isBatchTrigger(definition: Workflow['triggers'][number]): definition is BatchTrigger {
  return (definition.kind === 'webhook' || definition.kind === 'bucket-file') && definition.batch !== null;
}

/** One line as the event that it stands for. */
export interface LineEvent extends TriggerInput {
  /** Of the trigger that would have brought it by itself. */
  readonly trigger: string;
  readonly eventId: string;
}

/**
 * What one line of a file is: the event that the trigger named by `each` would have been, so that a repeat of it, in
 * this file, in another or by itself, is the same case. A line that cannot be read is known by its text.
 */
export function lineEvent(workflow: Workflow, { batch }: BatchTrigger, format: LineFormat, line: BatchLine): LineEvent {
  const each = triggerOfEach(workflow, batch);
  const read = readOne(workflow, each, format, line.text);
  const eventId = eventIdByKey(each, read) ?? `line/${digestOf([line.text]).slice(0, 32)}`;
  return { ...placed(told(workflow, batch, read, line.alike), line.number), trigger: each.id, eventId };
}

/** Whoever has to put a line right in a large file finds it by its number. */
function placed(read: TriggerInput, number: number | undefined): TriggerInput {
  if (number === undefined || read.problems.length === 0) return read;
  return { ...read, problems: [...read.problems, `It begins in line ${number} of the file.`] };
}

/** What an execution takes is bounded at 262,144 bytes, with what is added on the way. */
const MOST_BYTES = 240_000;

export type ReadBatch = { readonly ok: true; readonly value: Batch } | { readonly ok: false; readonly problem: string };

/** A file as the machine `batch` takes it, or why it cannot be taken as a whole. */
export function batchOf(workflow: Workflow, definition: BatchTrigger, trigger: Trigger, file: string): ReadBatch {
  const read = readBatchFile(file);
  if (!read.ok) return read;
  const { format } = read;
  const { receivedAt } = trigger;
  const named = { batchId: caseIdOf(trigger), workflow: workflow.id, trigger: definition.id, receivedAt };
  const value = { ...named, format, lines: withAlike(workflow, definition, format, read.lines) };
  const bytes = new TextEncoder().encode(JSON.stringify(value)).byteLength;
  if (bytes <= MOST_BYTES) return { ok: true, value };
  return { ok: false, problem: `The file makes ${bytes} bytes; at most ${MOST_BYTES} are taken: split it.` };
}

/** Each line, told of the first one that looks like it under another key. */
export function withAlike(
  workflow: Workflow,
  { batch }: BatchTrigger,
  format: LineFormat,
  texts: readonly string[],
): BatchLine[] {
  const { alike } = batch;
  if (alike === null) return texts.map((text) => ({ text, alike: null }));
  const each = triggerOfEach(workflow, batch);
  const firsts = new Map<string, string>();
  return texts.map((text) => {
    const read = readOne(workflow, each, format, text);
    const key = read.problems.length === 0 ? keyOf(each.key, read.input as JsonObject) : null;
    if (key === null) return { text, alike: null };
    const look = keyOf(alike.of, read.input as JsonObject);
    if (look === null) return { text, alike: null };
    const first = firsts.get(look) ?? key;
    firsts.set(look, first);
    return { text, alike: first === key ? null : first };
  });
}

function readOne(workflow: Workflow, each: WebhookTrigger, format: LineFormat, text: string): TriggerInput {
  const line = readLine(format, text);
  if (!line.ok) return writable({ input: { line: text }, problems: [`The line: ${line.problem}`] });
  return readInput(workflow, each, line.body);
}

function told(workflow: Workflow, { alike }: BatchDefinition, read: TriggerInput, first: string | null): TriggerInput {
  if (alike === null || first === null || read.problems.length > 0) return read;
  try {
    return writable({ input: workflow.input.parse(alike.told(read.input as JsonObject, first)), problems: [] });
  } catch (error) {
    return { ...read, problems: [`It looks like ${first}, and cannot be told so: ${messageOf(error)}`] };
  }
}

function triggerOfEach({ id, triggers }: Workflow, { each }: BatchDefinition): WebhookTrigger {
  const found = triggers.find((trigger) => trigger.id === each);
  if (found?.kind !== 'webhook') throw new Error(`${id} has no webhook trigger ${each}`);
  return found;
}
