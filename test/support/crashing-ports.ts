import type { MemoryPorts } from './memory-ports.ts';

export class CrashError extends Error {
  override readonly name = 'CrashError';
}

/**
 * When the work breaks off: before or after the n-th write.
 * - `throws`: that one call fails, as with a lost connection.
 * - `dies`: nothing that the same run does afterwards gets through, as with a process that is killed.
 */
export interface Crash {
  readonly write: number;
  readonly moment: 'before' | 'after';
  readonly manner: 'throws' | 'dies';
}

const WRITES: Readonly<Record<string, readonly string[]>> = {
  cases: ['commit'],
  requests: ['putLink', 'takeTry', 'claimTelling', 'releaseTelling'],
  steps: ['keepTurn', 'noteProblem'],
  tokens: ['save'],
  executions: ['start', 'startLike', 'resume'],
  asks: ['start'],
  mailer: ['send'],
  chat: ['show'],
  effects: ['perform'],
  erasures: ['rewrite', 'remove', 'rewriteEntry', 'unlist'],
};

/** Ports whose writes are counted and break off once, at the crash. A new run of a step begins with `revive`. */
export class CrashingPorts {
  readonly ports: MemoryPorts;
  writes = 0;
  readonly #crash: Crash | null;
  #isDead = false;

  constructor(ports: MemoryPorts, crash: Crash | null) {
    this.#crash = crash;
    const wrapped = Object.entries(ports).map(([name, port]) => [name, this.#wrap(port, WRITES[name])] as const);
    this.ports = Object.fromEntries(wrapped) as MemoryPorts;
  }

  /** The run is dead: whatever it still gives back reaches nobody. */
  get isDead(): boolean {
    return this.#isDead;
  }

  revive(): void {
    this.#isDead = false;
  }

  #wrap(port: unknown, writes: readonly string[] | undefined): unknown {
    if (writes === undefined || typeof port !== 'object' || port === null) return port;
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        const call = member.bind(target) as (...args: unknown[]) => Promise<unknown>;
        return writes.includes(String(name)) ? (...args: unknown[]) => this.#write(() => call(...args)) : call;
      },
    });
  }

  async #write(call: () => Promise<unknown>): Promise<unknown> {
    if (this.#isDead) throw new CrashError('dead');
    this.writes += 1;
    const { write, moment, manner } = this.#crash ?? {};
    if (write !== this.writes) return call();
    this.#isDead = manner === 'dies';
    if (moment === 'after') await call();
    throw new CrashError(`${moment} write ${write}`);
  }
}
