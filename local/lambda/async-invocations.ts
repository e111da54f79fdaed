import { randomUUID } from 'node:crypto';
import { AwsError } from '../kernel/errors.ts';
import { deliverOutcome } from './destinations.ts';
import type { Target } from './functions.ts';
import { type InvocationResult, invokeFunction } from './invoke.ts';
import type { InvokeConfig } from './invoke-config.ts';
import type { LambdaParts } from './parts.ts';

/** Lambda's limit for the event of an asynchronous invocation. */
const LONGEST_EVENT_BYTES = 1_048_576;
/** Lambda waits a minute before the first retry and two before the second. */
const RETRY_AFTER_MS = [60_000, 120_000];
/** A refused start (no concurrency left) is tried again after a second at first, up to five minutes. */
const LONGEST_THROTTLE_WAIT_MS = 300_000;

/** An event that was accepted and is on disk until it succeeded or failed for good. */
export interface AsyncInvocation {
  readonly id: string;
  readonly functionName: string;
  readonly qualifier: string | null;
  readonly payload: string;
  readonly traceId: string | null;
  readonly acceptedAtMs: number;
  readonly attempts: number;
  readonly throttles: number;
  readonly dueAtMs: number;
}

/** Asynchronous invocations: durable, at least once, with two retries and a place for what failed. */
export class AsyncInvocations {
  readonly #parts: LambdaParts;
  readonly #configOf: (functionName: string, qualifier: string | null) => InvokeConfig;
  #isStopped = false;

  constructor(parts: LambdaParts, configOf: (functionName: string, qualifier: string | null) => InvokeConfig) {
    this.#parts = parts;
    this.#configOf = configOf;
    parts.store.define(
      `CREATE TABLE IF NOT EXISTS lambda_async (id TEXT PRIMARY KEY, function TEXT NOT NULL, qualifier TEXT, payload TEXT NOT NULL,
        trace TEXT, accepted_at_ms INTEGER NOT NULL, attempts INTEGER NOT NULL, throttles INTEGER NOT NULL, due_at_ms INTEGER NOT NULL)`,
    );
  }

  /** Resolves once the event is on disk. */
  async accept(event: {
    readonly target: Target;
    readonly payload: string;
    readonly traceId: string | null;
  }): Promise<void> {
    if (Buffer.byteLength(event.payload) > LONGEST_EVENT_BYTES) {
      const message = `Request must be smaller than ${LONGEST_EVENT_BYTES} bytes for the InvokeFunction operation`;
      throw new AwsError('RequestTooLargeException', message, { status: 413 });
    }
    const now = Math.round(this.#parts.clock.now());
    const invocation: AsyncInvocation = {
      id: randomUUID(),
      functionName: event.target.definition.name,
      qualifier: event.target.qualifier,
      payload: event.payload,
      traceId: event.traceId,
      acceptedAtMs: now,
      attempts: 0,
      throttles: 0,
      dueAtMs: now,
    };
    await this.#save(invocation);
    void this.#attempt(invocation);
  }

  /** Takes up what was accepted before a restart. */
  resume(): void {
    for (const row of this.#parts.store.statement('SELECT * FROM lambda_async').all()) this.#schedule(fromRow(row));
  }

  stop(): void {
    this.#isStopped = true;
  }

  #schedule(invocation: AsyncInvocation): void {
    this.#parts.clock.at(invocation.dueAtMs, () => void this.#attempt(invocation));
  }

  /** Never rejects. */
  async #attempt(invocation: AsyncInvocation): Promise<void> {
    if (this.#isStopped) return;
    try {
      await this.#parts.activity.track(this.#attemptOnce(invocation));
    } catch (error) {
      if (!this.#isStopped) console.error(`An event for ${invocation.functionName} could not be handled:`, error);
    }
  }

  async #attemptOnce(invocation: AsyncInvocation): Promise<void> {
    const { functions, clock } = this.#parts;
    const target = functions.find(invocation.functionName, invocation.qualifier ?? undefined);
    const config = this.#configOf(invocation.functionName, invocation.qualifier);
    const isTooOld = clock.now() - invocation.acceptedAtMs > config.maximumEventAgeMs;
    if (isTooOld) return await this.#finish(invocation, null, 'EventAgeExceeded');
    const result = await this.#run(invocation, target);
    if (this.#isStopped) return;
    if (result === 'throttled') return await this.#later(throttled(invocation, clock.now()));
    const tried = { ...invocation, attempts: invocation.attempts + 1 };
    if (result.functionError === null) return await this.#finish(tried, result, 'Success');
    if (tried.attempts > config.maximumRetryAttempts) return await this.#finish(tried, result, 'RetriesExhausted');
    await this.#later({ ...tried, dueAtMs: clock.now() + (RETRY_AFTER_MS[tried.attempts - 1] ?? 0) });
  }

  async #run(invocation: AsyncInvocation, target: Target): Promise<InvocationResult | 'throttled'> {
    try {
      const { id: requestId, payload, traceId } = invocation;
      return await invokeFunction(this.#parts, { target, payload, traceId, requestId });
    } catch (error) {
      if (error instanceof AwsError && error.name === 'TooManyRequestsException') return 'throttled';
      throw error;
    }
  }

  async #later(invocation: AsyncInvocation): Promise<void> {
    await this.#save(invocation);
    this.#schedule(invocation);
  }

  /** The outcome is handed on before the event is forgotten, so that a crash between the two repeats and loses nothing. */
  async #finish(
    invocation: AsyncInvocation,
    result: InvocationResult | null,
    condition: OutcomeCondition,
  ): Promise<void> {
    const config = this.#configOf(invocation.functionName, invocation.qualifier);
    await deliverOutcome(this.#parts, { invocation, result, condition, config });
    const remove = this.#parts.store.statement('DELETE FROM lambda_async WHERE id = ?');
    await this.#parts.store.write(() => remove.run(invocation.id));
  }

  #save(invocation: AsyncInvocation): Promise<unknown> {
    const insert = this.#parts.store.statement(
      'INSERT OR REPLACE INTO lambda_async VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    return this.#parts.store.write(() =>
      insert.run(
        invocation.id,
        invocation.functionName,
        invocation.qualifier,
        invocation.payload,
        invocation.traceId,
        invocation.acceptedAtMs,
        invocation.attempts,
        invocation.throttles,
        Math.round(invocation.dueAtMs),
      ),
    );
  }
}

/** As Lambda names it in `requestContext.condition` of a destination's record. */
export type OutcomeCondition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

function throttled(invocation: AsyncInvocation, nowMs: number): AsyncInvocation {
  const waitMs = Math.min(1000 * 2 ** invocation.throttles, LONGEST_THROTTLE_WAIT_MS);
  return { ...invocation, throttles: invocation.throttles + 1, dueAtMs: nowMs + waitMs };
}

function fromRow(row: Record<string, unknown>): AsyncInvocation {
  return {
    id: String(row['id']),
    functionName: String(row['function']),
    qualifier: textOrNull(row['qualifier']),
    payload: String(row['payload']),
    traceId: textOrNull(row['trace']),
    acceptedAtMs: Number(row['accepted_at_ms']),
    attempts: Number(row['attempts']),
    throttles: Number(row['throttles']),
    dueAtMs: Number(row['due_at_ms']),
  };
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : String(value);
}
