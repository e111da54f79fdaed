import { randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Store } from '../kernel/store.ts';

export interface SigningKeys {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** The key pair of this data folder; made once, so that tokens outlive a restart. */
export async function loadKeys(store: Store): Promise<SigningKeys> {
  store.define('CREATE TABLE IF NOT EXISTS signin_keys (kid TEXT PRIMARY KEY, private_jwk TEXT NOT NULL)');
  const row = store.statement('SELECT kid, private_jwk FROM signin_keys LIMIT 1').get();
  if (row !== undefined) return await fromJwk(String(row['kid']), JSON.parse(String(row['private_jwk'])) as JWK);
  const kid = randomUUID();
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const privateJwk = await exportJWK(privateKey);
  const insert = store.statement('INSERT INTO signin_keys (kid, private_jwk) VALUES (?, ?)');
  store.writeNow(() => insert.run(kid, JSON.stringify(privateJwk)));
  return await fromJwk(kid, privateJwk);
}

async function fromJwk(kid: string, privateJwk: JWK): Promise<SigningKeys> {
  const { kty, n, e } = privateJwk;
  if (kty === undefined || n === undefined || e === undefined) throw new Error('The sign-in key on disk is broken.');
  return {
    kid,
    privateKey: (await importJWK(privateJwk, 'RS256')) as CryptoKey,
    publicJwk: { kty, n, e, kid, alg: 'RS256', use: 'sig' },
  };
}
