/** The web outside, behind a guard: by name, to listed hosts, to public addresses only. */
export interface Web {
  /** The answer, whatever its status. @throws WebFailure when there is none that can be used. */
  send(request: WebRequest): Promise<WebAnswer>;
}

export interface WebRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Names that may be reached, redirects included; `*.example.com` for all below one. */
  readonly hosts: readonly string[];
  /** For everything: name, connection, redirects, the whole answer. */
  readonly timeoutMs: number;
  /** Size of the answer at most; default 1 MiB. */
  readonly mostBytes?: number;
}

export interface WebAnswer {
  readonly status: number;
  /** In lower case; several of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * - `refused`: by the guard, before anything left this machine (or at a redirect that it does not follow).
 * - `not-sent`: no connection came about; nothing was sent.
 * - `no-answer`: it may have arrived, and what came back is nothing to go by.
 */
export class WebFailure extends Error {
  override readonly name = 'WebFailure';
  readonly stage: 'refused' | 'not-sent' | 'no-answer';

  constructor(stage: WebFailure['stage'], message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.stage = stage;
  }
}
