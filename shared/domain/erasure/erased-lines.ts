import { readBatchFile, readLine } from '../batches/batch-file.ts';
import { textOf } from '../batches/file-records.ts';
import { finderOf } from './named.ts';

/** The sign `delete` of ASCII: it is one byte, and stands in no text. */
const TAKEN = 0x7f;
const BRACE = 0x7b;

/**
 * A file of many lines without those that hold one of these names. Signs that mean nothing stand where such a line stood, as
 * many as it had bytes: the others keep their places, by which they are found and named. A file that cannot be read line by
 * line goes as a whole.
 * @param names what somebody is known by, in lines as domain/named.ts finds them
 */
export function withoutLinesOf(
  file: string,
  names: readonly string[],
): { readonly file: string; readonly lines: number } {
  const bytes = Buffer.from(file);
  const finder = finderOf(names);
  const read = readBatchFile(bytes);
  if (!read.ok) return finder.inText(file) ? { file: '', lines: 1 } : { file, lines: 0 };
  let lines = 0;
  for (const record of read.records) {
    const text = textOf(bytes, record);
    const line = readLine(read.format, text);
    // Names of columns stand over every line.
    const said = line.ok && read.format.kind === 'csv' ? Object.values(line.body) : line.ok ? line.body : text;
    if (!finder.inValue(said)) continue;
    bytes.fill(TAKEN, record.start, record.end);
    // By it the first line says of which kind the file is.
    if (read.format.kind === 'json-lines') bytes[record.start] = BRACE;
    lines += 1;
  }
  return { file: bytes.toString('utf8'), lines };
}

/** Whether a line was taken out of its file. */
export function isTakenLine(text: string): boolean {
  const signs = text.startsWith('{') ? text.slice(1) : text;
  return signs !== '' && signs === String.fromCharCode(TAKEN).repeat(signs.length);
}
