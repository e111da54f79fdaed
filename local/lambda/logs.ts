import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** Writes each function's output to a file of its own, and hands every whole line on. */
export class FunctionLogs {
  readonly #folder: string;
  readonly #onLine: OnLine;
  readonly #files = new Map<string, WriteStream>();
  readonly #openLines = new Map<string, string>();

  constructor(folder: string, onLine: OnLine) {
    this.#folder = folder;
    this.#onLine = onLine;
    mkdirSync(folder, { recursive: true });
  }

  /** A piece of output, which may end in the middle of a line. `source` keeps the pieces of parallel sandboxes apart. */
  append(functionName: string, source: string, text: string, traceId: string | null): void {
    const [last = '', ...whole] = `${this.#openLines.get(source) ?? ''}${text}`.split('\n').reverse();
    if (last === '') this.#openLines.delete(source);
    else this.#openLines.set(source, last);
    for (const line of whole.reverse()) this.write(functionName, line, traceId);
  }

  /** One whole line, and the trace of the invocation that wrote it. */
  write(functionName: string, line: string, traceId: string | null): void {
    this.#file(functionName).write(`${line}\n`);
    this.#onLine(functionName, line, traceId);
  }

  /** To be called when a sandbox has ended: what it left open is a line too. */
  finish(functionName: string, source: string): void {
    const rest = this.#openLines.get(source);
    this.#openLines.delete(source);
    if (rest !== undefined) this.write(functionName, rest, null);
  }

  async stop(): Promise<void> {
    const files = [...this.#files.values()];
    this.#files.clear();
    await Promise.all(files.map((file) => new Promise<void>((resolve) => file.end(() => resolve()))));
  }

  #file(functionName: string): WriteStream {
    let file = this.#files.get(functionName);
    if (file === undefined) {
      file = createWriteStream(join(this.#folder, `${functionName}.log`), { flags: 'a' });
      file.on('error', (error) => console.error(`The log of ${functionName} cannot be written: ${error.message}`));
      this.#files.set(functionName, file);
    }
    return file;
  }
}

export type OnLine = (functionName: string, line: string, traceId: string | null) => void;
