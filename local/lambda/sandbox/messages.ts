/** What the thread of a sandbox is started with. */
export interface SandboxStart {
  /** File of the function's code, as a `file:` URL. */
  readonly moduleUrl: string;
  /** Name of the exported function. */
  readonly exportName: string;
  readonly handler: string;
  readonly clockOffsetMs: number;
  /** Folder for compiled code, shared by all sandboxes, so that only the first of them compiles. */
  readonly compileCacheFolder: string;
}

/** Main thread to sandbox: one invocation. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly payload: string;
  readonly timeoutMs: number;
  readonly traceHeader: string;
  readonly clockOffsetMs: number;
  readonly invokedFunctionArn: string;
}

/** Sandbox to main thread. */
export type SandboxMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'init-failed'; readonly error: ErrorPayload }
  | { readonly type: 'output'; readonly text: string }
  | { readonly type: 'result'; readonly payload: string }
  | { readonly type: 'failed'; readonly error: ErrorPayload }
  /** Something threw outside of the handler; the sandbox must end. */
  | { readonly type: 'broken'; readonly error: ErrorPayload };

/** An error as Lambda hands it to the caller. */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}
