import type { Json } from '../kernel/service.ts';
import { BootError } from './boot-error.ts';

/** What stacks export for others: a name is there once in an account and region. */
export class Exports {
  readonly #byName = new Map<string, { readonly stack: string; readonly value: Json }>();

  /** @throws BootError where another stack has an export of that name. */
  add(stack: string, values: readonly (readonly [name: string, value: Json])[]): void {
    for (const [name, value] of values) {
      const other = this.#byName.get(name);
      if (other !== undefined) throw new BootError(`The stacks ${other.stack} and ${stack} both export ${name}.`);
      this.#byName.set(name, { stack, value });
    }
  }

  /** @throws BootError where no stack exports it. */
  get(name: string, where: string): Json {
    const found = this.#byName.get(name);
    if (found === undefined) throw new BootError(`No stack exports ${name}, which ${where} imports.`);
    return found.value;
  }
}
