import type { Workflow } from '../authoring/index.ts';
import type { BatchLine, LineFormat } from '../contracts/index.ts';
import { readBatchFile } from './batch-file.ts';
import { type BatchTrigger, withAlike } from './batch-lines.ts';
import { headingEnd } from './csv.ts';

/** As large as a file may be that is read where it lies. */
export const LARGEST_STORED_BYTES = 50_000_000;

/** As many lines as such a file may have. */
export const MOST_STORED_LINES = 100_000;

export type StoredLines =
  | { readonly ok: true; readonly format: LineFormat; readonly lines: readonly BatchLine[] }
  | { readonly ok: false; readonly problem: string };

export function tooLargeStored(bytes: number): string {
  return `The file has ${bytes} bytes; at most ${LARGEST_STORED_BYTES} are taken: split it.`;
}

/** All lines of a large file, each with its place, or why it cannot be taken as a whole. The same for the same bytes. */
export function storedLines(
  workflow: Workflow,
  definition: BatchTrigger,
  file: { readonly kind: 'read'; readonly bytes: Uint8Array } | { readonly kind: 'too-large'; readonly bytes: number },
): StoredLines {
  if (file.kind === 'too-large') return { ok: false, problem: tooLargeStored(file.bytes) };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch {
    return { ok: false, problem: 'The file is not valid UTF-8.' };
  }
  const read = readBatchFile(text, MOST_STORED_LINES);
  if (!read.ok) return read;
  const { format, lines: texts } = read;
  const numbers = numbersOf(text, format, texts);
  const lines = withAlike(workflow, definition, format, texts);
  return { ok: true, format, lines: lines.map((line, index) => ({ ...line, number: numbers[index] ?? 1 })) };
}

/** In which line of the text each of these begins; they stand in it in their order. */
function numbersOf(text: string, { kind }: LineFormat, parts: readonly string[]): number[] {
  // The heading may look like a line, so it is passed over.
  let at = kind === 'csv' ? headingEnd(text) : 0;
  let line = countBreaks(text, 0, at) + 1;
  return parts.map((part) => {
    const start = text.indexOf(part, at);
    line += countBreaks(text, at, start);
    const number = line;
    line += countBreaks(text, start, start + part.length);
    at = start + part.length;
    return number;
  });
}

function countBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
