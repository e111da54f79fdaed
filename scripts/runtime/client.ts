import { loadWorkflows } from '../build/load-workflows.ts';
import { Problem } from '../command/problem.ts';
import { type RuntimeAddress, runtimeAddress } from './address.ts';

export interface RuntimeResponse {
  readonly status: number;
  /** The parsed body; the text itself where it is no JSON. */
  readonly body: unknown;
}

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

  /** GET as the owners of all workflows see it: what one of them sees counts, and lists are put together. */
  async getAsOperator(path: string): Promise<RuntimeResponse> {
    const answers: RuntimeResponse[] = [];
    for (const owner of await owners()) {
      const answer = await this.get(path, { authorization: `Bearer ${await this.#tokenOf(owner)}` });
      if (answer.status === 200 && !isList(answer)) return answer;
      answers.push(answer);
    }
    const lists = answers.filter((answer) => answer.status === 200);
    const [first] = lists.length > 0 ? lists : answers;
    if (first === undefined) throw new Problem('There is no workflow in agents/index.ts.');
    return lists.length > 1 ? { ...first, body: merged(lists) } : first;
  }

  async #tokenOf(owner: string): Promise<string> {
    const known = this.#tokens.get(owner);
    if (known !== undefined) return known;
    const answer = await this.post('/_local/token', { user: owner, groups: [] });
    const token = isRecord(answer.body) ? answer.body['token'] : undefined;
    if (typeof token !== 'string') throw new Problem(`The local sign-in gave no token: ${problemIn(answer)}`);
    this.#tokens.set(owner, token);
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

async function owners(): Promise<string[]> {
  const workflows = await loadWorkflows();
  return [...new Set(workflows.map(({ team }) => team.owner))];
}

function isList({ body }: RuntimeResponse): boolean {
  return isRecord(body) && Array.isArray(body['items']);
}

/** People of several teams see some cases twice. */
function merged(lists: readonly RuntimeResponse[]): unknown {
  const items = lists.flatMap(({ body }) => (isRecord(body) && Array.isArray(body['items']) ? body['items'] : []));
  const byCase = new Map(items.map((item, n) => [isRecord(item) ? (item['caseId'] ?? n) : n, item]));
  return { items: [...byCase.values()], cursor: null };
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
