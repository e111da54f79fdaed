import type { Json, Trigger } from '../contracts/index.ts';

/** A message of the queue takes 1 MiB. */
const MOST_BYTES = 1_000_000;

/** As it lies on the queue: SQS takes XML characters only, and JSON can spell the others out. */
export function queueText(value: Trigger | Json): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whether the queue takes it at all: what is spelled out is longer than it came. */
export function fitsQueue(trigger: Trigger): boolean {
  return Buffer.byteLength(queueText(trigger)) <= MOST_BYTES;
}
