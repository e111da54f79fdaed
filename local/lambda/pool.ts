import { AwsError } from '../kernel/errors.ts';
import type { Runnable } from './functions.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** An unused sandbox is ended after this time, as Lambda does sooner or later. */
const IDLE_ENDS_AFTER_MS = 10 * 60_000;

export interface PoolOptions {
  /** Sandboxes at most; further invocations wait in line. */
  readonly cap: number;
  /** Invocations at most, waiting ones included; more are refused. Null for no such limit. */
  readonly reserved: number | null;
  readonly start: (runnable: Runnable) => PooledSandbox;
}

/** A sandbox and the trace of what it is doing now, for the calls that it makes. */
export interface PooledSandbox {
  readonly sandbox: Sandbox;
  traceId: string | null;
  readonly end: () => void;
  /** As `end`, for a sandbox that is busy: what it is doing never gets an outcome. */
  readonly abandon: () => void;
}

/** The warm sandboxes of one function. Each runs one version; the limits are for all versions together. */
export class SandboxPool {
  readonly #options: PoolOptions;
  readonly #idle: { readonly taken: Taken; readonly timer: NodeJS.Timeout }[] = [];
  readonly #busy = new Set<Taken>();
  readonly #waiting: { readonly runnable: Runnable; readonly go: (taken: Taken) => void }[] = [];
  #isStopped = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * Runs `work` with a sandbox of its own, of that version. Throws TooManyRequestsException above the reserved
   * concurrency.
   */
  async use<T>(runnable: Runnable, work: (pooled: PooledSandbox) => Promise<T>): Promise<T> {
    const taken = await this.#take(runnable);
    try {
      return await work(taken.pooled);
    } finally {
      this.#giveBack(taken);
    }
  }

  get concurrency(): number {
    return this.#busy.size + this.#waiting.length;
  }

  /** Ends all sandboxes, busy ones too; invocations that wait in line never begin. */
  stop(): void {
    this.#isStopped = true;
    while (this.#idle.length > 0) this.#endIdle(0);
    for (const { pooled } of this.#busy) pooled.abandon();
  }

  #take(runnable: Runnable): Taken | Promise<Taken> {
    const { cap, reserved } = this.#options;
    if (reserved !== null && this.concurrency >= reserved) throw tooManyRequests();
    if (this.#busy.size < cap) return this.#occupy(runnable);
    return new Promise((go) => this.#waiting.push({ runnable, go }));
  }

  #occupy(runnable: Runnable): Taken {
    const taken = this.#takeIdle(runnable.version) ?? this.#start(runnable);
    this.#busy.add(taken);
    return taken;
  }

  #takeIdle(version: string): Taken | null {
    for (;;) {
      const at = this.#idle.findLastIndex(({ taken }) => taken.version === version);
      const [last] = at < 0 ? [] : this.#idle.splice(at, 1);
      if (last === undefined) return null;
      clearTimeout(last.timer);
      if (last.taken.pooled.sandbox.isUsable) return last.taken;
      last.taken.pooled.end();
    }
  }

  /** Versions that rest make room for the one that is wanted. */
  #start(runnable: Runnable): Taken {
    if (this.#busy.size + this.#idle.length >= this.#options.cap) this.#endIdle(0);
    return { version: runnable.version, pooled: this.#options.start(runnable) };
  }

  #giveBack(taken: Taken): void {
    this.#busy.delete(taken);
    taken.pooled.traceId = null;
    const isUsable = taken.pooled.sandbox.isUsable;
    if (!isUsable) taken.pooled.end();
    if (this.#isStopped) return;
    if (isUsable) this.#keepWarm(taken);
    const next = this.#waiting.shift();
    if (next !== undefined) next.go(this.#occupy(next.runnable));
  }

  #keepWarm(taken: Taken): void {
    const timer = setTimeout(() => {
      this.#endIdle(this.#idle.findIndex((idle) => idle.taken === taken));
    }, IDLE_ENDS_AFTER_MS).unref();
    this.#idle.push({ taken, timer });
  }

  #endIdle(at: number): void {
    const [ended] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (ended === undefined) return;
    clearTimeout(ended.timer);
    ended.taken.pooled.end();
  }
}

interface Taken {
  readonly version: string;
  readonly pooled: PooledSandbox;
}

function tooManyRequests(): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    status: 429,
    fields: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' },
  });
}
