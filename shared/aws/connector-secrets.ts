import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { Clock, ConnectorSecrets } from '../ports/index.ts';

const KEPT_MS = 60_000;
const Values = z.record(z.string(), z.string());

/** The secrets whose names begin with `prefix`, kept in memory for a minute. */
export function connectorSecrets(
  { prefix, clock }: { readonly prefix: string; readonly clock: Clock },
  config: SecretsManagerClientConfig = {},
): ConnectorSecrets {
  return new SecretsManagerConnectorSecrets(new SecretsManagerClient(config), { prefix, clock });
}

class SecretsManagerConnectorSecrets implements ConnectorSecrets {
  readonly #client: SecretsManagerClient;
  readonly #prefix: string;
  readonly #clock: Clock;
  readonly #kept = new Map<
    string,
    { readonly values: Readonly<Record<string, string>> | null; readonly atMs: number }
  >();

  constructor(client: SecretsManagerClient, { prefix, clock }: { readonly prefix: string; readonly clock: Clock }) {
    this.#client = client;
    this.#prefix = prefix;
    this.#clock = clock;
  }

  async read(name: string): Promise<Readonly<Record<string, string>> | null> {
    const kept = this.#kept.get(name);
    if (kept !== undefined && this.#clock.nowMs() - kept.atMs < KEPT_MS) return kept.values;
    const values = await this.#fetch(name);
    this.#kept.set(name, { values, atMs: this.#clock.nowMs() });
    return values;
  }

  async #fetch(name: string): Promise<Readonly<Record<string, string>> | null> {
    try {
      const found = await this.#client.send(new GetSecretValueCommand({ SecretId: `${this.#prefix}${name}` }));
      return filled(found.SecretString ?? '');
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return null;
      throw error;
    }
  }
}

/** What the stack makes holds empty values, and one that it had to make up. @throws for text that is not such JSON. */
function filled(text: string): Readonly<Record<string, string>> | null {
  if (text.trim() === '') return null;
  const { unused: _unused, ...values } = Values.parse(JSON.parse(text));
  return Object.values(values).some((value) => value !== '') ? values : null;
}
