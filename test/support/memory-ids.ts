import type { Ids } from '../../shared/ports/index.ts';

/** Ids that count: secrets `secret-0000000001`, ..., codes `000001`, ... */
export class MemoryIds implements Ids {
  #secrets = 0;
  #codes = 0;

  linkSecret(): string {
    this.#secrets += 1;
    return `secret-${String(this.#secrets).padStart(10, '0')}`;
  }

  code(): string {
    this.#codes += 1;
    return String(this.#codes).padStart(6, '0');
  }
}
