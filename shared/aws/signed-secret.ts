import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { SignedCalls } from './signed-calls.ts';

const Found = z.object({ SecretString: z.string().min(32) });

/**
 * A key made from a secret for one purpose, which tells nothing of the secret itself. Read once by each running copy of a
 * function; a read that fails is tried again by the next call.
 */
export function keyFromSecret(calls: SignedCalls, secret: string, purpose: string): () => Promise<string> {
  let made: Promise<string> | null = null;
  return async () => {
    made ??= derived(calls, secret, purpose);
    try {
      return await made;
    } catch (error) {
      made = null;
      throw error;
    }
  };
}

/** A secret that holds a key, as it stands. @throws Error where it holds none. */
export async function secretText(calls: SignedCalls, SecretId: string): Promise<string> {
  const target = { name: 'secretsmanager.GetSecretValue', version: '1.1' } as const;
  const { SecretString } = Found.parse(await calls.send({ service: 'secretsmanager', target, body: { SecretId } }));
  return SecretString;
}

async function derived(calls: SignedCalls, secret: string, purpose: string): Promise<string> {
  return createHmac('sha256', await secretText(calls, secret))
    .update(purpose, 'utf8')
    .digest('hex');
}
