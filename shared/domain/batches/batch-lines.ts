import type { Batch as BatchDefinition, BucketFileTrigger, WebhookTrigger, Workflow } from '../../authoring/index.ts';
import type { BatchLine, JsonObject, LineFormat } from '../../contracts/index.ts';
import { digestOf } from '../digest.ts';
import { messageOf } from '../message-of.ts';
import { eventIdByKey, keyOf, readInput, type TriggerInput, writable } from '../trigger-input.ts';
import { readLine } from './batch-file.ts';

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

/** Whoever has to put a line right finds it by its number. */
function placed(read: TriggerInput, number: number | undefined): TriggerInput {
  if (number === undefined || read.problems.length === 0) return read;
  return { ...read, problems: [...read.problems, `It begins in line ${number} of the file.`] };
}

/** What a line is told of another one: as much of its key as an event is known by. */
const LONGEST_ALIKE = 200;

/** Tells of each line of a file, in their order, the first one that looks like it under another key. */
export function alikeTeller(
  workflow: Workflow,
  { batch }: BatchTrigger,
  format: LineFormat,
): (text: string) => string | null {
  const { alike } = batch;
  if (alike === null) return () => null;
  const each = triggerOfEach(workflow, batch);
  const firsts = new Map<string, string>();
  return (text) => {
    const read = readOne(workflow, each, format, text);
    const key = read.problems.length === 0 ? keyOf(each.key, read.input as JsonObject) : null;
    const look = key === null ? null : keyOf(alike.of, read.input as JsonObject);
    if (key === null || look === null) return null;
    const first = firsts.get(look) ?? key;
    firsts.set(look, first);
    return first === key ? null : first.slice(0, LONGEST_ALIKE).toWellFormed();
  };
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
