import type { Activity } from '../kernel/activity.ts';
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Dispatch, JsonObject } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { deadLetterCall } from './dead-letter.ts';
import { type Delivery, type Pending, PendingDeliveries } from './pending.ts';
import { backoffMs, type Failure, failureOf, isRetryable } from './retry.ts';

/**
 * Hands calls over at least once: what was added inside a write is on disk, is tried until it is taken or its retries
 * are used up, and goes to its dead-letter queue then. Survives restarts.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #pending: PendingDeliveries;
  readonly #timers = new Map<number, Timer>();
  #isStopped = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#pending = new PendingDeliveries(options.store, options.owner);
  }

  /** Call inside a write, and `send` what it answers once that write is on disk. */
  add(delivery: Delivery): number {
    return this.#pending.add(delivery, this.#options.clock.now());
  }

  send(ids: readonly number[]): void {
    for (const id of ids) this.#begin(id);
  }

  /** Takes up again what was left when the process ended. */
  start(): void {
    this.#isStopped = false;
    for (const { id, nextAtMs } of this.#pending.schedule()) this.#later(id, nextAtMs);
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #later(id: number, atMs: number): void {
    this.#timers.set(
      id,
      this.#options.clock.at(atMs, () => {
        this.#timers.delete(id);
        this.#begin(id);
      }),
    );
  }

  #begin(id: number): void {
    if (this.#isStopped) return;
    void this.#options.activity.track(this.#attempt(id)).catch((error: unknown) => {
      if (!this.#isStopped) console.error(`A delivery of ${this.#options.owner} could not be recorded:`, error);
    });
  }

  async #attempt(id: number): Promise<void> {
    const pending = this.#pending.find(id);
    if (pending === null) return;
    const failure = await this.#try(pending);
    if (failure === null) await this.#options.store.write(() => this.#pending.remove(id));
    else if (!this.#isStopped) await this.#failed(pending, failure);
  }

  async #try({ delivery, attempts }: Pending): Promise<Failure | null> {
    const { service, operation, caller } = delivery;
    const input = this.#options.inputFor?.(delivery, attempts + 1) ?? delivery.input;
    try {
      await this.#options.dispatch({ service, operation, input, caller });
      return null;
    } catch (error) {
      return failureOf(error);
    }
  }

  async #failed(pending: Pending, failure: Failure): Promise<void> {
    const nowMs = this.#options.clock.now();
    const attempts = pending.attempts + 1;
    const nextAtMs = nowMs + backoffMs(attempts);
    const exhausted = this.#exhausted(pending, attempts, nextAtMs);
    if (isRetryable(failure) && exhausted === null) {
      await this.#options.store.write(() => this.#pending.postpone(pending.id, attempts, nextAtMs));
      this.#later(pending.id, nextAtMs);
      return;
    }
    const condition = isRetryable(failure) ? exhausted : null;
    await this.#giveUp(pending.delivery, { failure, retries: attempts - 1, condition });
    await this.#options.store.write(() => this.#pending.remove(pending.id));
  }

  #exhausted(pending: Pending, attempts: number, nextAtMs: number): ExhaustedCondition | null {
    if (attempts > pending.delivery.maxRetries) return 'MaximumRetryAttempts';
    return nextAtMs - pending.acceptedAtMs > pending.delivery.maxAgeMs ? 'MaximumEventAgeInSeconds' : null;
  }

  async #giveUp(delivery: Delivery, outcome: GivenUp): Promise<void> {
    const { queueArn } = delivery.deadLetter;
    if (queueArn === null) {
      this.#options.onDropped?.(delivery, outcome);
      return;
    }
    try {
      await this.#options.dispatch(deadLetterCall(delivery, queueArn, outcome));
      this.#options.onDeadLetter?.(delivery, outcome);
    } catch (error) {
      this.#options.onDropped?.(delivery, { ...outcome, failure: failureOf(error) });
    }
  }
}

export interface OutboxOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly dispatch: Dispatch;
  /** Whose deliveries these are: `events`, `scheduler`. */
  readonly owner: string;
  /** The input of one attempt (1 is the first); default the delivery's own. */
  readonly inputFor?: (delivery: Delivery, attempt: number) => JsonObject;
  readonly onDeadLetter?: (delivery: Delivery, outcome: GivenUp) => void;
  /** Told when a delivery is lost: it has no dead-letter queue, or that one did not take it. */
  readonly onDropped?: (delivery: Delivery, outcome: GivenUp) => void;
}

/** How a delivery ended that was not taken. */
export interface GivenUp {
  readonly failure: Failure;
  readonly retries: number;
  /** null when the error was not one to retry. */
  readonly condition: ExhaustedCondition | null;
}

export type ExhaustedCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
