import { Problem } from '../command/problem.ts';
import { type RuntimeAddress, runtimeAddress } from './address.ts';

export interface RuntimeResponse {
  readonly status: number;
  /** The parsed body; the text itself where it is no JSON. */
  readonly body: unknown;
}

const OPERATOR = 'operator@example.com';

/** The local runtime of this terminal, as scripts call it. A runtime that is not there is a Problem of one sentence. */
export class RuntimeClient {
  readonly address: RuntimeAddress;
  readonly #tokens = new Map<string, string>();

  constructor(address: RuntimeAddress = runtimeAddress()) {
    this.address = address;
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

  /** GET as somebody, signed in at the local sign-in, which believes every name. */
  async getAs(user: string, path: string): Promise<RuntimeResponse> {
    return this.get(path, await this.#signedIn(user));
  }

  async postAs(user: string, path: string, body: unknown): Promise<RuntimeResponse> {
    return this.post(path, body, await this.#signedIn(user));
  }

  async #signedIn(user: string): Promise<Readonly<Record<string, string>>> {
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
    try {
      return await fetch(`${this.address.url}${path}`, { signal: AbortSignal.timeout(30_000), ...request });
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') {
        throw new Problem(`Remit at ${this.address.url} did not answer within 30 s.`, { cause: error });
      }
      throw new Problem(`Remit is not running at ${this.address.url}: start it with npm start in another terminal.`, {
        cause: error,
      });
    }
  }
}

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
