import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SubjectDigests } from '../ports/index.ts';

/**
 * Digests under a key that the stack made up. It is read once by each running copy of a function, and never changes: under
 * another key nobody would be found again.
 */
export class SecretSubjectDigests implements SubjectDigests {
  readonly #client: SecretsManagerClient;
  readonly #secret: string;
  #key: Promise<string> | null = null;

  constructor(client: SecretsManagerClient, secret: string) {
    this.#client = client;
    this.#secret = secret;
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

  async #fetch(): Promise<string> {
    const { SecretString: key = '' } = await this.#client.send(new GetSecretValueCommand({ SecretId: this.#secret }));
    if (key.length < SHORTEST_KEY) throw new Error(`The secret ${this.#secret} holds no key`);
    return key;
  }
}

const SHORTEST_KEY = 32;
