import { createHmac } from 'node:crypto';
import type { SubjectDigests } from '../ports/index.ts';

/**
 * Digests under a key that the stack made up. It is read once by each running copy of a function, and never changes: under
 * another key nobody would be found again.
 */
export class SecretSubjectDigests implements SubjectDigests {
  readonly #fetch: () => Promise<string>;
  #key: Promise<string> | null = null;

  /** @param read the key, of 32 signs or more */
  constructor(read: () => Promise<string>) {
    this.#fetch = read;
  }

  async of(name: string): Promise<string> {
    return createHmac('sha256', await this.#read())
      .update(name, 'utf8')
      .digest('hex');
  }

  /** A read that fails is tried again by the next call. */
  async #read(): Promise<string> {
    this.#key ??= this.#fetch();
    try {
      return await this.#key;
    } catch (error) {
      this.#key = null;
      throw error;
    }
  }
}
