import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { Clock, Secrets } from '../ports/index.ts';

const KEPT_MS = 60_000;
/** After a signature that does not match, a secret older than this is looked up again: it may have been rotated. */
const DOUBTED_MS = 5_000;

const WebhookSecret = z.object({ current: z.string().min(16), previous: z.string().min(16).nullable().default(null) });
const ApiKey = z.object({ apiKey: z.string(), scripted: z.boolean().default(false) });

/** Secrets by name, kept in memory for a minute. */
export class SecretsManagerSecrets implements Secrets {
  readonly #client: SecretsManagerClient;
  readonly #names: { readonly webhookPrefix: string; readonly anthropicApiKey: string };
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly text: string | null; readonly readAtMs: number }>();

  constructor(
    client: SecretsManagerClient,
    names: { readonly webhookPrefix: string; readonly anthropicApiKey: string },
    clock: Clock,
  ) {
    this.#client = client;
    this.#names = names;
    this.#clock = clock;
  }

  async webhookSecrets(secret: string, { afterMismatch } = { afterMismatch: false }): Promise<readonly string[]> {
    const name = `${this.#names.webhookPrefix}${secret}`;
    const text = await this.#read(name, afterMismatch ? DOUBTED_MS : KEPT_MS);
    if (text === null) return [];
    const { current, previous } = WebhookSecret.parse(JSON.parse(text));
    return previous === null ? [current] : [current, previous];
  }

  async anthropicApiKey(): Promise<string | null> {
    const key = (await this.#model()).apiKey;
    return key === '' ? null : key;
  }

  /** Whether workflows may play their scripts: the secret says so where a key would stand, and holds none. */
  async mayPlayScripts(): Promise<boolean> {
    const { apiKey, scripted } = await this.#model();
    return apiKey === '' && scripted;
  }

  async #model(): Promise<z.infer<typeof ApiKey>> {
    const text = (await this.#read(this.#names.anthropicApiKey)) ?? '';
    // As the stack makes it, or as people paste it into the console.
    return text.trimStart().startsWith('{') ? ApiKey.parse(JSON.parse(text)) : { apiKey: text.trim(), scripted: false };
  }

  async #read(name: string, oldestMs = KEPT_MS): Promise<string | null> {
    const kept = this.#kept.get(name);
    if (kept !== undefined && this.#clock.nowMs() - kept.readAtMs < oldestMs) return kept.text;
    const text = await this.#fetch(name);
    this.#kept.set(name, { text, readAtMs: this.#clock.nowMs() });
    return text;
  }

  async #fetch(name: string): Promise<string | null> {
    try {
      const { SecretString: text } = await this.#client.send(new GetSecretValueCommand({ SecretId: name }));
      return text ?? null;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return null;
      throw error;
    }
  }
}
