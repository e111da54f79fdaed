import type { Stage, Throttling } from './definition.ts';

/** Token buckets as API Gateway's throttling: `burst` at once, refilled at the rate, for each route. */
export class Throttle {
  readonly #stage: Stage;
  readonly #nowMs: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(stage: Stage, nowMs: () => number) {
    this.#stage = stage;
    this.#nowMs = nowMs;
  }

  /** Takes a token for the route; false when there is none left. */
  admits(routeKey: string): boolean {
    const limits = this.#stage.routeThrottling[routeKey] ?? this.#stage.throttling;
    if (limits === null) return true;
    const bucket = this.#refilled(routeKey, limits);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #refilled(routeKey: string, limits: Throttling): Bucket {
    const nowMs = this.#nowMs();
    const bucket = this.#buckets.get(routeKey) ?? { tokens: limits.burst, filledAtMs: nowMs };
    const gained = ((nowMs - bucket.filledAtMs) / 1000) * limits.requestsPerSecond;
    bucket.tokens = Math.min(limits.burst, bucket.tokens + gained);
    bucket.filledAtMs = nowMs;
    this.#buckets.set(routeKey, bucket);
    return bucket;
  }
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}
