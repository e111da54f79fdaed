import { Problem } from '../command/problem.ts';
import { endOf, expiredWords, type StackAddress, stackAddress } from './stack-address.ts';

export interface RuntimeResponse {
  readonly status: number;
  /** The parsed body; the text itself where it is no JSON. */
  readonly body: unknown;
}

const OPERATOR = 'operator@example.com';

/**
 * The Remit that a command talks to: the runtime of this terminal, or a deployment that REMIT_URL and REMIT_TOKEN name. One
 * that is not there, does not know the token any more, or does not let its holder in is a Problem of one sentence.
 */
export class RuntimeClient {
  readonly address: Pick<StackAddress, 'url'>;
  readonly #token: string | null;
  readonly #tokens = new Map<string, string>();

  constructor(address: Pick<StackAddress, 'url'> & Partial<StackAddress> = stackAddress()) {
    this.address = address;
    this.#token = address.token ?? null;
  }

  /** Somebody is signed in at a deployment: nobody else can be spoken for, and nothing of this machine is there. */
  get isDeployment(): boolean {
    return this.#token !== null;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<RuntimeResponse> {
    return this.#call(path, { headers });
  }

  /** Posts JSON; a string goes out byte for byte. */
  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<RuntimeResponse> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.#call(path, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  /** GET as an operator, who may read what all teams own. */
  getAsOperator(path: string): Promise<RuntimeResponse> {
    return this.getAs(OPERATOR, path);
  }

  /** POST as an operator. */
  postAsOperator(path: string, body: unknown): Promise<RuntimeResponse> {
    return this.postAs(OPERATOR, path, body);
  }

  /**
   * GET as somebody, signed in at the local sign-in, which believes every name. At a deployment whoever the token is of asks,
   * whatever the name.
   */
  async getAs(user: string, path: string): Promise<RuntimeResponse> {
    return this.#admitted(await this.get(path, await this.#signedIn(user)));
  }

  async postAs(user: string, path: string, body: unknown): Promise<RuntimeResponse> {
    return this.#admitted(await this.post(path, body, await this.#signedIn(user)));
  }

  /** @throws Problem where a deployment does not know who asks, or does not let them. */
  #admitted(answer: RuntimeResponse): RuntimeResponse {
    if (this.#token === null) return answer;
    if (answer.status === 401) {
      const endsAtMs = endOf(this.#token);
      const isOver = endsAtMs !== null && endsAtMs <= Date.now();
      throw new SignInProblem(
        isOver
          ? expiredWords(endsAtMs)
          : `${this.address.url} does not take your sign-in: set REMIT_TOKEN to a new ID token of its own sign-in.`,
      );
    }
    if (answer.status === 403) throw new Problem(`You are not permitted to do this: ${problemIn(answer)}`);
    return answer;
  }

  async #signedIn(user: string): Promise<Readonly<Record<string, string>>> {
    if (this.#token !== null) return { authorization: `Bearer ${this.#token}` };
    const token = this.#tokens.get(user) ?? (await this.#signIn(user));
    this.#tokens.set(user, token);
    return { authorization: `Bearer ${token}` };
  }

  async #signIn(user: string): Promise<string> {
    const answer = await this.post('/_local/token', { user, groups: ['operators'] });
    const token = isRecord(answer.body) ? answer.body['token'] : undefined;
    if (typeof token !== 'string') throw new Problem(`The local sign-in gave no token: ${problemIn(answer)}`);
    return token;
  }

  async #call(path: string, request: RequestInit): Promise<RuntimeResponse> {
    const response = await this.#fetch(path, request);
    const text = await response.text();
    return { status: response.status, body: jsonOr(text) };
  }

  async #fetch(path: string, request: RequestInit): Promise<Response> {
    if (this.isDeployment && path.startsWith('/_local/')) {
      throw new Problem(
        'This is for the runtime of this machine alone: a deployment has no such door. Unset REMIT_URL.',
      );
    }
    try {
      // A token goes to the address that was named, and to no other.
      const redirect = this.isDeployment ? 'manual' : 'follow';
      return await fetch(`${this.address.url}${path}`, { signal: AbortSignal.timeout(30_000), redirect, ...request });
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') {
        throw new AwayProblem(`Remit at ${this.address.url} did not answer within 30 s.`, { cause: error });
      }
      const what = this.isDeployment
        ? `Nothing answers at ${this.address.url}: is that the Url of the stack, and can this machine reach it?`
        : `Remit is not running at ${this.address.url}: start it with npm start in another terminal.`;
      throw new AwayProblem(what, { cause: error });
    }
  }
}

/** Whoever asks is not signed in, or not any more. */
export class SignInProblem extends Problem {}

/** Nobody answers there: it may be so for a moment. */
export class AwayProblem extends Problem {}

/** What an answer that is not 2xx says, for people. */
export function problemIn({ status, body }: RuntimeResponse): string {
  if (isRecord(body)) {
    for (const key of ['message', 'error', 'detail', 'problem']) {
      const said = body[key];
      if (typeof said === 'string') return said;
    }
  }
  return `HTTP ${status} ${typeof body === 'string' ? body.slice(0, 200) : JSON.stringify(body)}`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
