import { BroughtFile, type Json, type StoredFile } from '../contracts/index.ts';
import { LARGEST_STORED_BYTES, tooLargeStored } from '../domain/batches/batch-file.ts';
import { LARGEST_FILE_BYTES, type ReadBody, readFileBody, tooLargeFile } from '../domain/batches/file-body.ts';
import { digestOf } from '../domain/digest.ts';
import { sha256OfBytes } from '../domain/sha256-of-bytes.ts';

import type { Files, Intake, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';

export interface ReceiveFilePorts {
  readonly files: Pick<Files, 'read'>;
  readonly intake: Intake;
  readonly telemetry: Telemetry;
}

/**
 * Puts a file that was brought to the bucket on the intake queue. The same bytes under the same name are the same file,
 * however often they are put there. What is too large for the queue stays where it lies, and is read piece by piece; what is
 * larger still, or no text, becomes a case for a person.
 * @throws Error when the file cannot be read: it is tried again, and put aside.
 */
export const receiveFile = operation({
  name: 'receive-file',
  input: BroughtFile,
  async run(ports: ReceiveFilePorts, brought): Promise<{ accepted: number }> {
    const { workflow, trigger, bucket, key, versionId, receivedAt } = brought;
    // What a console makes to stand for a folder.
    if (key.endsWith('/')) return { accepted: 0 };
    const file = await ports.files.read({ bucket, key, versionId }, LARGEST_FILE_BYTES);
    const known = file.kind === 'read' ? sha256OfBytes(file.bytes) : `version/${versionId}`;
    const body = file.kind === 'read' ? readFileBody(file.bytes) : tooLargeFile(file.bytes);
    const size = file.kind === 'read' ? file.bytes.byteLength : file.bytes;
    await ports.intake.send([
      {
        ...{ workflow, trigger, receivedAt },
        eventId: `${key.slice(-LONGEST_NAME).toWellFormed()}/${digestOf([bucket, key, known]).slice(0, DIGITS)}`,
        body: body.ok ? body.value : refusedOrStored({ bucket, key, versionId, bytes: size }, body),
      },
    ]);
    ports.telemetry.count('TriggersAccepted', 1, workflow);
    return { accepted: 1 };
  },
});

const LONGEST_NAME = 200;
const DIGITS = 32;

/** What is only too large for the queue is read where it lies, piece by piece. */
function refusedOrStored(file: StoredFile, { isTooLarge, problem }: ReadBody & { readonly ok: false }): Json {
  if (isTooLarge === true && file.bytes <= LARGEST_STORED_BYTES) return { stored: { ...file } };
  const why = isTooLarge === true ? tooLargeStored(file.bytes) : problem;
  return { refused: { file: file.key, bytes: file.bytes, problem: why } };
}
