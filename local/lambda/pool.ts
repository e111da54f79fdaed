import { AwsError } from '../kernel/errors.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** An unused sandbox is ended after this time, as Lambda does sooner or later. */
const IDLE_ENDS_AFTER_MS = 10 * 60_000;

export interface PoolOptions {
  /** Sandboxes at most; further invocations wait in line. */
  readonly cap: number;
  /** Invocations at most, waiting ones included; more are refused. Null for no such limit. */
  readonly reserved: number | null;
  /** `context` is whatever the caller wants to attach to a new sandbox. */
  readonly start: () => PooledSandbox;
}

/** A sandbox and the trace of what it is doing now, for the calls that it makes. */
export interface PooledSandbox {
  readonly sandbox: Sandbox;
  traceId: string | null;
  readonly end: () => void;
  /** As `end`, for a sandbox that is busy: what it is doing never gets an outcome. */
  readonly abandon: () => void;
}

/** The warm sandboxes of one function. */
export class SandboxPool {
  readonly #options: PoolOptions;
  readonly #idle: { readonly pooled: PooledSandbox; readonly timer: NodeJS.Timeout }[] = [];
  readonly #busy = new Set<PooledSandbox>();
  readonly #waiting: ((pooled: PooledSandbox) => void)[] = [];
  #isStopped = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Runs `work` with a sandbox of its own. Throws TooManyRequestsException above the reserved concurrency. */
  async use<T>(work: (pooled: PooledSandbox) => Promise<T>): Promise<T> {
    const pooled = await this.#take();
    try {
      return await work(pooled);
    } finally {
      this.#giveBack(pooled);
    }
  }

  get concurrency(): number {
    return this.#busy.size + this.#waiting.length;
  }

  /** Ends all sandboxes, busy ones too; invocations that wait in line never begin. */
  stop(): void {
    this.#isStopped = true;
    for (const { pooled, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      pooled.end();
    }
    for (const pooled of this.#busy) pooled.abandon();
  }

  #take(): PooledSandbox | Promise<PooledSandbox> {
    const { cap, reserved } = this.#options;
    if (reserved !== null && this.concurrency >= reserved) throw tooManyRequests();
    const idle = this.#takeIdle();
    if (idle !== null) return this.#occupy(idle);
    if (this.#busy.size < cap) return this.#occupy(this.#options.start());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #takeIdle(): PooledSandbox | null {
    for (;;) {
      const last = this.#idle.pop();
      if (last === undefined) return null;
      clearTimeout(last.timer);
      if (last.pooled.sandbox.isUsable) return last.pooled;
      last.pooled.end();
    }
  }

  #occupy(pooled: PooledSandbox): PooledSandbox {
    this.#busy.add(pooled);
    return pooled;
  }

  #giveBack(pooled: PooledSandbox): void {
    this.#busy.delete(pooled);
    pooled.traceId = null;
    const isUsable = pooled.sandbox.isUsable;
    if (!isUsable) pooled.end();
    if (this.#isStopped) return;
    const next = this.#waiting.shift();
    if (next !== undefined) next(this.#occupy(isUsable ? pooled : this.#options.start()));
    else if (isUsable) this.#keepWarm(pooled);
  }

  #keepWarm(pooled: PooledSandbox): void {
    const timer = setTimeout(() => {
      const at = this.#idle.findIndex((idle) => idle.pooled === pooled);
      if (at >= 0) this.#idle.splice(at, 1);
      pooled.end();
    }, IDLE_ENDS_AFTER_MS).unref();
    this.#idle.push({ pooled, timer });
  }
}

function tooManyRequests(): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    status: 429,
    fields: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' },
  });
}
