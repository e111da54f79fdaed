import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { errorPayload } from './error-payload.ts';
import type { ErrorPayload, InvokeMessage, SandboxMessage, SandboxStart } from './messages.ts';

/** Lambda gives a function 10 s to load; a busy machine with several sandboxes starting at once may need more. */
const LONGEST_INIT_MS = 30_000;

export interface SandboxOptions {
  readonly codeFolder: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly clockOffsetMs: number;
  readonly compileCacheFolder: string;
  /** Each piece of text that the function writes to its output. */
  readonly onOutput: (text: string) => void;
}

export type SandboxOutcome =
  | { readonly ok: true; readonly payload: string; readonly durationMs: number }
  | { readonly ok: false; readonly error: ErrorPayload; readonly durationMs: number };

/** One execution environment of a function: a thread of its own that runs one invocation at a time. */
export class Sandbox {
  readonly #worker: Worker;
  readonly #options: SandboxOptions;
  readonly #ready: Promise<ErrorPayload | null>;
  #settleReady: (failure: ErrorPayload | null) => void = () => undefined;
  #current: Current | null = null;
  #isUsable = true;
  #isAbandoned = false;
  #initMs = 0;
  readonly #startedAtMs = performance.now();

  constructor(options: SandboxOptions) {
    this.#options = options;
    this.#ready = new Promise((resolve) => {
      this.#settleReady = resolve;
    });
    this.#worker = startWorker(options);
    this.#worker.on('message', (message: SandboxMessage) => this.#receive(message));
    this.#worker.on('error', (error) => this.#fail(workerError(error)));
    this.#worker.on('exit', (code) => this.#fail(exitError(code)));
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.on('data', (chunk: Buffer) => options.onOutput(chunk.toString('utf8')));
    }
  }

  /** False once it has timed out, broken or ended; it must not be used again then. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  /** How long the thread and the function's code took to load, for the first who asks; 0 for all others. */
  takeInitMs(): number {
    const initMs = this.#initMs;
    this.#initMs = 0;
    return initMs;
  }

  /** Never rejects: what goes wrong is in the outcome. */
  async invoke(message: InvokeMessage): Promise<SandboxOutcome> {
    const initFailure = await this.#whenReady();
    if (this.#isAbandoned) return await new Promise(() => undefined);
    const startedAtMs = performance.now();
    if (initFailure !== null) {
      this.end();
      return { ok: false, error: withRequestId(initFailure, message.requestId), durationMs: 0 };
    }
    return await new Promise((resolve) => {
      const timer = setTimeout(() => this.#timeOut(message), message.timeoutMs);
      this.#current = { resolve, timer, startedAtMs, requestId: message.requestId };
      this.#worker.postMessage(message);
    });
  }

  /** Ends the thread and leaves whatever it is doing without an outcome, so that nobody takes the end for a failure. */
  abandon(): void {
    this.#isAbandoned = true;
    if (this.#current !== null) clearTimeout(this.#current.timer);
    this.#current = null;
    this.end();
  }

  end(): void {
    this.#isUsable = false;
    void this.#worker.terminate();
  }

  async #whenReady(): Promise<ErrorPayload | null> {
    const timer = setTimeout(() => this.#settleReady(initTimedOut()), LONGEST_INIT_MS);
    const failure = await this.#ready;
    clearTimeout(timer);
    return failure;
  }

  #receive(message: SandboxMessage): void {
    switch (message.type) {
      case 'ready':
        this.#initMs = performance.now() - this.#startedAtMs;
        this.#settleReady(null);
        break;
      case 'init-failed':
        this.#settleReady(message.error);
        break;
      case 'output':
        this.#options.onOutput(message.text);
        break;
      case 'result':
        this.#finish((durationMs) => ({ ok: true, payload: message.payload, durationMs }));
        break;
      case 'failed':
        this.#finish((durationMs) => ({ ok: false, error: message.error, durationMs }));
        break;
      case 'broken':
        this.#fail(message.error);
        break;
    }
  }

  #timeOut(message: InvokeMessage): void {
    const seconds = (message.timeoutMs / 1000).toFixed(2);
    this.#fail({ errorType: 'Sandbox.Timedout', errorMessage: `Error: Task timed out after ${seconds} seconds` });
  }

  /** The sandbox is lost, and with it whatever it is doing. */
  #fail(error: ErrorPayload): void {
    this.#settleReady(error);
    this.#isUsable = false;
    const requestId = this.#current?.requestId ?? null;
    this.#finish((durationMs) => ({ ok: false, error: withRequestId(error, requestId), durationMs }));
    this.end();
  }

  #finish(outcomeAfter: (durationMs: number) => SandboxOutcome): void {
    const current = this.#current;
    if (current === null) return;
    this.#current = null;
    clearTimeout(current.timer);
    current.resolve(outcomeAfter(performance.now() - current.startedAtMs));
  }
}

function startWorker(options: SandboxOptions): Worker {
  const [file = '', exportName = ''] = splitHandler(options.handler);
  const start: SandboxStart = {
    moduleUrl: pathToFileURL(moduleFile(options.codeFolder, file)).href,
    exportName,
    handler: options.handler,
    clockOffsetMs: options.clockOffsetMs,
    compileCacheFolder: options.compileCacheFolder,
  };
  return new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: start,
    env: { ...options.environment },
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: options.memoryMb },
  });
}

function splitHandler(handler: string): readonly string[] {
  const dot = handler.lastIndexOf('.');
  return [handler.slice(0, dot), handler.slice(dot + 1)];
}

/** A missing file is left to the thread, which reports it as Lambda does. */
function moduleFile(folder: string, file: string): string {
  const candidates = ['.mjs', '.js', '.cjs'].map((ending) => join(folder, `${file}${ending}`));
  return candidates.find((candidate) => existsSync(candidate)) ?? join(folder, `${file}.mjs`);
}

function workerError(error: Error): ErrorPayload {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'ERR_WORKER_OUT_OF_MEMORY') return errorPayload(error);
  return { errorType: 'Runtime.OutOfMemory', errorMessage: 'Error: Runtime exited with error: signal: killed' };
}

function exitError(code: number): ErrorPayload {
  return { errorType: 'Runtime.ExitError', errorMessage: `Error: Runtime exited with error: exit status ${code}` };
}

function initTimedOut(): ErrorPayload {
  const seconds = (LONGEST_INIT_MS / 1000).toFixed(2);
  return { errorType: 'Sandbox.Timedout', errorMessage: `Error: Init timed out after ${seconds} seconds` };
}

/** Failures of the sandbox itself name the request, those of the function's own code do not. */
function withRequestId(error: ErrorPayload, requestId: string | null): ErrorPayload {
  if (requestId === null || !error.errorMessage.startsWith('Error: ') || error.trace !== undefined) return error;
  return { ...error, errorMessage: `RequestId: ${requestId} ${error.errorMessage}` };
}

interface Current {
  readonly resolve: (outcome: SandboxOutcome) => void;
  readonly timer: NodeJS.Timeout;
  readonly startedAtMs: number;
  readonly requestId: string;
}
