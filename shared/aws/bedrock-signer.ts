import type { Clock, RequestSigner } from '../ports/index.ts';
import { type Credentials, signRequest } from './sign-request.ts';

/** Signs requests to models in Bedrock with the function's own role: no key is kept anywhere. */
export class BedrockSigner implements RequestSigner {
  readonly #credentials: () => Promise<Credentials>;
  readonly #region: string;
  readonly #clock: Clock;

  /** @param credentials of the role, renewed by whoever gives them */
  constructor(credentials: () => Promise<Credentials>, region: string, clock: Clock) {
    this.#credentials = credentials;
    this.#region = region;
    this.#clock = clock;
  }

  async sign(url: string, body: string): Promise<Readonly<Record<string, string>>> {
    const place = { service: 'bedrock', region: this.#region, nowMs: this.#clock.nowMs() };
    return signRequest({ method: 'POST', url: new URL(url), body }, await this.#credentials(), place);
  }
}
