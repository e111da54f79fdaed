import type { JsonObject } from '../../shared/contracts/index.ts';
import { EffectError, type Effects } from '../../shared/ports/index.ts';

/**
 * - `passing`: refused for now, certainly not done.
 * - `refused`: refused for good, certainly not done.
 * - `lost-before`: not done, and nobody can know.
 * - `lost-after`: done, and nobody can know.
 * - `odd-result`: done, with a result that does not fit.
 */
export type EffectFault = 'passing' | 'refused' | 'lost-before' | 'lost-after' | 'odd-result';

/** The outside world. A connector that knows keys performs each key once; others act on every call. */
export class MemoryEffects implements Effects {
  readonly done: { connector: string; args: JsonObject; idempotencyKey: string; caseId: string }[] = [];
  calls = 0;
  readonly #faults: EffectFault[] = [];
  readonly #results = new Map<string, JsonObject>();
  readonly #resultOf: (connector: string) => JsonObject;
  readonly #keyless: ReadonlySet<string>;

  constructor(resultOf: (connector: string) => JsonObject, keyless: readonly string[]) {
    this.#resultOf = resultOf;
    this.#keyless = new Set(keyless);
  }

  /** Faults of the next calls, in order. */
  script(...faults: readonly EffectFault[]): void {
    this.#faults.push(...faults);
  }

  async perform(
    connector: string,
    args: JsonObject,
    context: { idempotencyKey: string; caseId: string },
  ): Promise<JsonObject> {
    this.calls += 1;
    const fault = this.#faults.shift();
    if (fault === 'passing') throw new EffectError('too many calls', { isPassing: true });
    if (fault === 'refused') throw new EffectError('no such address', { isPassing: false });
    if (fault === 'lost-before') throw new Error('connection lost');
    const result = this.#act(connector, args, context);
    if (fault === 'lost-after') throw new Error('connection lost');
    return fault === 'odd-result' ? { odd: true } : result;
  }

  #act(connector: string, args: JsonObject, context: { idempotencyKey: string; caseId: string }): JsonObject {
    const known = this.#keyless.has(connector) ? undefined : this.#results.get(context.idempotencyKey);
    if (known !== undefined) return known;
    const result = this.#resultOf(connector);
    this.#results.set(context.idempotencyKey, result);
    this.done.push({ connector, args, ...context });
    return result;
  }
}
