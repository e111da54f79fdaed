import type * as z from 'zod';
import type { JsonObject } from '../contracts/index.ts';

/** A way to read from somewhere outside: what it takes, what it gives, how long it may take. It may only read. */
export interface SourceConnector<Arguments extends JsonObject = JsonObject, Data extends JsonObject = JsonObject> {
  readonly kind: 'source';
  /** `<system>.<what>`, e.g. `sandbox.company-directory`; the implementation is found by it. */
  readonly id: string;
  readonly arguments: z.ZodType<Arguments>;
  readonly data: z.ZodType<Data>;
  /** For one try. */
  readonly timeoutMs: number;
  /** Tries in all, with exponential backoff and jitter between them. */
  readonly attempts: number;
}

/** A way to change something outside. */
export interface ActionConnector<Arguments extends JsonObject = JsonObject, Result extends JsonObject = JsonObject> {
  readonly kind: 'action';
  readonly id: string;
  /** An irreversible effect cannot be taken back by any later call. */
  readonly effect: 'reversible' | 'irreversible';
  /** `key`: the other side performs a repeated idempotency key only once. `none`: a repeat may act twice. */
  readonly idempotency: 'key' | 'none';
  /** The arguments as canonical JSON fields; the schema is also the form that a person edits. */
  readonly arguments: z.ZodType<Arguments>;
  readonly result: z.ZodType<Result>;
  readonly timeoutMs: number;
  /** What it does and to whom, whatever the wording. */
  readonly intent: (args: Arguments) => { readonly effect: string; readonly target: string };
}

export function defineSourceConnector<A extends JsonObject, D extends JsonObject>(
  connector: Omit<SourceConnector<A, D>, 'kind'>,
): SourceConnector<A, D> {
  return { kind: 'source', ...connector };
}

export function defineActionConnector<A extends JsonObject, R extends JsonObject>(
  connector: Omit<ActionConnector<A, R>, 'kind'>,
): ActionConnector<A, R> {
  return { kind: 'action', ...connector };
}
