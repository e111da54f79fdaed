import { randomBytes } from 'node:crypto';
import type { Caller } from '../kernel/service.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Tells from a request's access key who makes the call. */
export class CallerRegistry {
  readonly #callers = new Map<string, () => Caller>();

  /** New credentials; `caller` is asked at every call that carries them, so that it can name the current trace. */
  issue(caller: () => Caller): Credentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    this.#callers.set(accessKeyId, caller);
    return {
      accessKeyId,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
  }

  revoke(accessKeyId: string): void {
    this.#callers.delete(accessKeyId);
  }

  /** Whoever signs with another key on this machine's loopback is its owner. */
  callerOf(accessKeyId: string): Caller {
    return this.#callers.get(accessKeyId)?.() ?? { kind: 'operator', traceId: null };
  }
}
