import type { JsonObject } from '../../shared/contracts/index.ts';
import type { Sources } from '../../shared/ports/index.ts';

/** One reading of a source: what it says, how it fails, or that it never answers. */
export type SourceStep = { readonly data: JsonObject } | { readonly fails: string } | 'hangs';

/** Sources that play their steps in order; the last one repeats. A connector without steps fails as unknown. */
export class MemorySources implements Sources {
  readonly reads: { readonly connector: string; readonly args: JsonObject }[] = [];
  readonly #steps: Map<string, SourceStep[]>;
  readonly #lists: Readonly<Record<string, readonly JsonObject[]>>;

  constructor(
    steps: Readonly<Record<string, readonly SourceStep[]>>,
    lists: Readonly<Record<string, readonly JsonObject[]>> = {},
  ) {
    this.#steps = new Map(Object.entries(steps).map(([connector, played]) => [connector, [...played]]));
    this.#lists = lists;
  }

  async read(connector: string, args: JsonObject): Promise<JsonObject> {
    this.reads.push({ connector, args });
    const steps = this.#steps.get(connector) ?? [];
    const step = steps.length > 1 ? steps.shift() : steps[0];
    if (step === undefined) throw new Error(`There is no connector ${connector}`);
    if (step === 'hangs') return new Promise(() => undefined);
    if ('fails' in step) throw new Error(step.fails);
    return step.data;
  }

  async list(connector: string, list: string): Promise<readonly JsonObject[]> {
    const items = this.#lists[`${connector}/${list}`];
    if (items === undefined) throw new Error(`There is no list ${connector}/${list}`);
    return items;
  }
}
