import type { Workflow } from '../authoring/index.ts';
import type { BatchLine, Json, LineFormat, StoredBatch, StoredFile, Trigger } from '../contracts/index.ts';
import type { BatchTrigger } from '../domain/batch-lines.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { LARGEST_STORED_BYTES, storedLines } from '../domain/stored-lines.ts';
import type { Executions, Files, Intake, Telemetry } from '../ports/index.ts';

export interface PutPiecePorts {
  readonly files: Files;
  readonly intake: Intake;
  readonly batches: Pick<Executions, 'start'>;
  readonly telemetry: Telemetry;
}

/** Lines that are put on the queue by one message, within the time of its function. */
export const PIECE_LINES = 2_000;

/**
 * Puts the next lines of a large file on the queue, each as a trigger of its own, and then a message for those that follow;
 * after the last, its machine begins. What is interrupted comes again and puts the same lines there, which start nothing
 * twice. A file that cannot be split, and a line that no message holds, goes to a person.
 * @returns how many cases it started, which is none
 */
export async function putPiece(
  ports: PutPiecePorts,
  {
    workflow,
    definition,
    trigger,
    file,
  }: {
    readonly workflow: Workflow;
    readonly definition: BatchTrigger;
    readonly trigger: Trigger;
    readonly file: StoredFile & { readonly from: number };
  },
): Promise<0> {
  const { from, ...stored } = file;
  const read = storedLines(workflow, definition, await ports.files.read(stored, LARGEST_STORED_BYTES));
  if (!read.ok) {
    await ports.intake.send([{ ...trigger, body: refused(stored.key, stored.bytes, read.problem) }]);
    return 0;
  }
  const batchId = caseIdOf(trigger);
  const next = from + PIECE_LINES;
  const piece = read.lines.slice(from, next);
  await ports.intake.send(
    piece.map((line, index) => ({
      ...trigger,
      eventId: `${batchId}/${from + index}`,
      body: bodyOf(stored, read.format, line),
    })),
  );
  if (next < read.lines.length) await ports.intake.send([{ ...trigger, body: { stored: { ...stored, from: next } } }]);
  else {
    const { workflow: id, trigger: by, receivedAt } = trigger;
    const batch: StoredBatch = { batchId, workflow: id, trigger: by, receivedAt, stored };
    await ports.batches.start(batchId, batch);
  }
  ports.telemetry.log('batch-piece-put', { batchId, workflow: workflow.id, from, lines: piece.length });
  return 0;
}

/** What a message holds, with what is around it. */
const LONGEST_LINE_BYTES = 200_000;

function bodyOf({ key }: StoredFile, format: LineFormat, line: BatchLine): Json {
  const bytes = Buffer.byteLength(JSON.stringify(line.text));
  if (bytes <= LONGEST_LINE_BYTES) return { line: { ...line, format } };
  const problem = `The line makes ${bytes} bytes; at most ${LONGEST_LINE_BYTES} are taken. It begins in line ${line.number} of the file.`;
  return refused(key, bytes, problem);
}

function refused(file: string, bytes: number, problem: string): Json {
  return { refused: { file, bytes, problem } };
}
