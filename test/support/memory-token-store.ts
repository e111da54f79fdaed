import { PersonRequest } from '../../shared/contracts/index.ts';
import { ConflictError, type TokenStore } from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

export class MemoryTokenStore implements TokenStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async save(requestId: string, token: string): Promise<void> {
    const text = this.#tables.requests.get(requestId);
    const isOpen = text !== undefined && PersonRequest.parse(JSON.parse(text)).state === 'open';
    if (!isOpen) throw new ConflictError('request-settled');
    this.#tables.tokens.set(requestId, token);
  }

  async get(requestId: string): Promise<string | null> {
    return this.#tables.tokens.get(requestId) ?? null;
  }
}
