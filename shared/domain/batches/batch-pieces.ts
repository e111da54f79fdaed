import type { Workflow } from '../../authoring/index.ts';
import type { BatchPiece, CaseId, LineFormat } from '../../contracts/index.ts';
import { caseIdOf } from '../case-id.ts';
import { alikeTeller, type BatchTrigger, lineEvent } from './batch-lines.ts';
import { type FileRecord, textOf } from './file-records.ts';

/** As many lines as one call puts on the queue in a few seconds. */
export const PIECE_LINES = 500;

/** Of the lines of a piece, so that no call has to hold much. */
const PIECE_BYTES = 500_000;

/** Of the text of a line as JSON: with what is around it, a message holds it. */
const LONGEST_LINE_BYTES = 200_000;

/** A file that is divided. */
export interface DividedFile {
  readonly batchId: CaseId;
  /** For whoever is asked about a line that cannot be taken. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly format: LineFormat;
  readonly records: readonly FileRecord[];
}

/**
 * The lines of a file in pieces, which all together have each line once, and each case of them once. Read once from its
 * beginning to its end. The same for the same file. A line that no message holds is a piece by itself.
 */
export function* piecesOf(workflow: Workflow, trigger: BatchTrigger, file: DividedFile): Generator<BatchPiece> {
  const alikeOf = alikeTeller(workflow, trigger, file.format);
  const known = new Set<CaseId>();
  let number = 0;
  let piece: Growing | null = null;
  for (const [from, record] of file.records.entries()) {
    const text = textOf(file.bytes, record);
    const bytes = Buffer.byteLength(JSON.stringify(text));
    const isLong = bytes > LONGEST_LINE_BYTES;
    const alike = isLong ? null : alikeOf(text);
    if (piece !== null && (isLong || isFull(piece, bytes))) {
      yield finished(piece, number++);
      piece = null;
    }
    const eventOf = () => lineEvent(workflow, trigger, file.format, { text, alike });
    const event = isLong ? { trigger: trigger.id, eventId: lineEventId(file.batchId, from) } : eventOf();
    const caseId = caseIdOf({ workflow: workflow.id, trigger: event.trigger, eventId: event.eventId });
    const cases = known.has(caseId) ? [] : [caseId];
    known.add(caseId);
    if (isLong) yield { number: number++, from, lines: 1, cases, work: { refused: tooLong(file.name, bytes, record) } };
    else piece = grown(piece, { from, record, bytes, cases, alike });
  }
  if (piece !== null) yield finished(piece, number);
}

/** Names the message of a line: the same for the same line of the same file. */
export function lineEventId(batchId: CaseId, place: number): string {
  return `${batchId}/${place}`;
}

interface Growing {
  readonly from: number;
  readonly first: FileRecord;
  end: number;
  lines: number;
  bytes: number;
  readonly cases: CaseId[];
  readonly alike: Record<string, string>;
}

interface NextLine {
  readonly from: number;
  readonly record: FileRecord;
  readonly bytes: number;
  readonly cases: readonly CaseId[];
  readonly alike: string | null;
}

function isFull({ lines, bytes }: Growing, more: number): boolean {
  return lines >= PIECE_LINES || bytes + more > PIECE_BYTES;
}

function grown(piece: Growing | null, { from, record, bytes, cases, alike }: NextLine): Growing {
  const one = piece ?? { from, first: record, end: 0, lines: 0, bytes: 0, cases: [], alike: {} };
  if (alike !== null) one.alike[String(one.lines)] = alike;
  one.cases.push(...cases);
  one.end = record.end;
  one.lines += 1;
  one.bytes += bytes;
  return one;
}

function finished({ from, first, end, lines, cases, alike }: Growing, number: number): BatchPiece {
  return { number, from, lines, cases, work: { start: first.start, end, line: first.line, alike } };
}

function tooLong(file: string, bytes: number, { line }: FileRecord) {
  const problem = `The line makes ${bytes} bytes; at most ${LONGEST_LINE_BYTES} are taken. It begins in line ${line} of the file.`;
  return { file, bytes, problem };
}
