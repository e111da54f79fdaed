import { Example } from '../../shared/contracts/index.ts';
import type { ExampleStore, Page } from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

export class MemoryExampleStore implements ExampleStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async list(workflow: string, { limit, after }: Parameters<ExampleStore['list']>[1]): Promise<Page<Example>> {
    const found = [...this.#tables.examples]
      .filter(([key]) => key.startsWith(`${workflow}/`))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const from = after === null ? 0 : found.findIndex(([key]) => key === after) + 1;
    const page = found.slice(from, from + limit);
    const isLast = from + limit >= found.length;
    return {
      items: page.map(([, text]) => Example.parse(JSON.parse(text))),
      next: isLast ? null : (page.at(-1)?.[0] ?? null),
    };
  }
}
