import { type Answer, Connections } from './exchange.ts';
import { type ErrorAnswer, errorAnswerOf, isPassing, isThrottling, ServiceError } from './service-error.ts';
import { type Credentials, signed } from './sign.ts';

export interface ClientConfig {
  readonly region: string;
  readonly credentials: Credentials;
  /** In place of the service's own address in the region. */
  readonly endpoint?: string | undefined;
  /** Tries of one call, the first one included; default 3. */
  readonly maxAttempts?: number;
  /** Trace that a call belongs to, told to the service: by it AWS notices a loop of functions. */
  readonly traceId?: () => string | null;
}

/** What sets one service apart from the others. */
export interface Service {
  /** First part of its address: `states` of `states.eu-west-1.amazonaws.com`. */
  readonly host: string;
  readonly signingName: string;
  /** The longest pause before the second try, in milliseconds; it doubles with each. */
  readonly pauseMs: number;
  readonly wire: (operation: string) => Wire;
  /** Errors that are told apart by their class. */
  readonly errors: Readonly<Record<string, new (answer: ErrorAnswer) => ServiceError>>;
}

/** How a call of an operation is written. */
export interface Wire {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One call: an operation and what it is given. Its type says what it answers, and is AWS's own. */
export interface Command<Input, Output> {
  readonly operation: string;
  readonly input: Input;
  /** Never there; it carries the type. */
  readonly output?: Output;
}

/** Makes the class of an operation's calls. */
export function commandOf<Input extends object, Output>(operation: string) {
  return class implements Command<Input, Output> {
    readonly operation = operation;
    readonly input: Input;
    declare readonly output?: Output;

    constructor(input: Input) {
      this.input = input;
    }
  };
}

const LONGEST_PAUSE_MS = 20_000;
const THROTTLED_PAUSE_MS = 500;

/**
 * A client for a service of AWS that speaks JSON: what our functions need of AWS's own clients, in a thirtieth of their
 * size, so that a function starts in half the time. Region, credentials and address are given, as Lambda gives them;
 * nothing is looked for in files or asked of servers. It knows the addresses of the partition `aws` alone, for which the
 * stack is made.
 *
 * A call that failed by what may pass is tried again after a pause that grows and is spread by chance.
 */
export class ServiceClient {
  readonly #service: Service;
  readonly #config: ClientConfig;
  readonly #url: string;
  readonly #connections = new Connections();

  constructor(service: Service, config: ClientConfig) {
    this.#service = service;
    this.#config = config;
    this.#url = config.endpoint?.replace(/\/$/, '') ?? `https://${service.host}.${config.region}.amazonaws.com`;
  }

  /** @throws ServiceError as the service answered it; an error of Node when the answer was lost in every try. */
  async send<Input, Output>(command: Command<Input, Output>): Promise<Output> {
    const body = JSON.stringify(this.inputOf(command));
    for (let attempt = 1; ; attempt += 1) {
      try {
        return this.#result(await this.#post(command.operation, body)) as Output;
      } catch (error) {
        if (attempt >= (this.#config.maxAttempts ?? 3) || !isPassing(error)) throw error;
        await pause(attempt, isThrottling(error) ? THROTTLED_PAUSE_MS : this.#service.pauseMs);
      }
    }
  }

  /** Closes connections that wait for a next call. */
  destroy(): void {
    this.#connections.close();
  }

  /** What is sent, the same in every try. */
  protected inputOf<Input>({ input }: Command<Input, unknown>): Input {
    return input;
  }

  #post(operation: string, body: string): Promise<Answer> {
    const { region, credentials, traceId } = this.#config;
    const { path, headers } = this.#service.wire(operation);
    const url = new URL(`${this.#url}${path}`);
    const trace = traceId?.() ?? null;
    const all = {
      ...headers,
      host: url.host,
      ...(trace === null ? {} : { 'x-amzn-trace-id': trace }),
    };
    const signer = { credentials, region, service: this.#service.signingName, atMs: Date.now() };
    return this.#connections.post(url, signed({ url, headers: all, body }, signer), body);
  }

  #result(answer: Answer): unknown {
    if (answer.status >= 200 && answer.status < 300) return answer.text === '' ? {} : JSON.parse(answer.text);
    const told = errorAnswerOf(answer);
    const Known = Object.hasOwn(this.#service.errors, told.name) ? this.#service.errors[told.name] : undefined;
    throw new (Known ?? ServiceError)(told);
  }
}

/** AWS's JSON over RPC: the operation is named in a header. */
export function jsonWire(version: '1.0' | '1.1', target: string): Service['wire'] {
  return (operation) => ({
    path: '/',
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${operation}` },
  });
}

function pause(attempt: number, firstMs: number): Promise<void> {
  const longestMs = Math.min(LONGEST_PAUSE_MS, firstMs * 2 ** (attempt - 1));
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
}
