import * as z from 'zod';
import type { Clock } from '../ports/index.ts';
import { type Credentials, signRequest } from './sign-request.ts';

export interface SignedCallOptions {
  /** Of the function's role, renewed by whoever gives them. */
  readonly credentials: () => Promise<Credentials>;
  readonly region: string;
  /** In place of the services' own addresses in that region; null for those. */
  readonly endpoint: string | null;
  readonly clock: Clock;
}

export interface SignedCall {
  /** As it signs, and as its host is called where that is another name. */
  readonly service: string;
  readonly host?: string;
  /** `X-Amz-Target` of a JSON protocol, with the protocol's version; left out for one that goes by its path. */
  readonly target?: { readonly name: string; readonly version: '1.0' | '1.1' };
  readonly path?: string;
  readonly body: object;
}

const TIMEOUT_MS = 5_000;

/** AWS answered, and not with a success. `name` is the kind of error as AWS calls it. */
export class AwsCallError extends Error {
  override readonly name: string;
  readonly status: number;

  constructor(name: string, status: number, message: string) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/**
 * Calls of AWS services with one signed request each and no second try: for a function that makes a call or two, where a
 * client of AWS would take more of its bundle than all the rest.
 */
export class SignedCalls {
  readonly #options: SignedCallOptions;

  constructor(options: SignedCallOptions) {
    this.#options = options;
  }

  /** @throws AwsCallError for a refusal; anything else thrown means that nobody knows whether it was done. */
  async send({ service, host = service, target, path = '/', body }: SignedCall): Promise<unknown> {
    const { credentials, region, endpoint, clock } = this.#options;
    const url = new URL(path, endpoint ?? `https://${host}.${region}.amazonaws.com`);
    const text = JSON.stringify(body);
    const further =
      target === undefined
        ? {}
        : { 'content-type': `application/x-amz-json-${target.version}`, 'x-amz-target': target.name };
    const place = { service, region, nowMs: clock.nowMs() };
    const headers = signRequest({ method: 'POST', url, body: text, headers: further }, await credentials(), place);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: 'POST', headers, body: text, redirect: 'error', signal });
    const answer = await response.text();
    if (response.ok) return answer === '' ? {} : JSON.parse(answer);
    const words = wordsOf(answer) ?? `${service} answered ${response.status}`;
    throw new AwsCallError(kindOf(response, answer), response.status, words);
  }
}

/** As AWS says it: such as who is not authorized to do what. Services differ in how they spell the member. */
const Said = z.object({ message: z.string().optional(), Message: z.string().optional() });
const LONGEST_WORDS = 1_000;

function wordsOf(answer: string): string | null {
  try {
    const { message, Message: spelled = '' } = Said.parse(JSON.parse(answer));
    return (message ?? spelled).slice(0, LONGEST_WORDS) || null;
  } catch {
    return null;
  }
}

/** By header in REST protocols, in the body in the others; both may have more around the name. */
function kindOf({ headers }: Response, answer: string): string {
  const said = headers.get('x-amzn-errortype') ?? /"__type"\s*:\s*"([^"]+)"/.exec(answer)?.[1] ?? 'UnknownError';
  return said.split(':', 1)[0]?.split('#').at(-1) ?? said;
}
