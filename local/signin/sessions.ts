import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../kernel/store.ts';
import type { Session } from './tokens.ts';

const CODE_VALID_FOR_MS = 5 * 60_000;
/** Cognito's default. */
const REFRESH_VALID_FOR_MS = 30 * 86_400_000;
const MOST_PEOPLE = 8;

/** A sign-in that waits for its code to be redeemed. */
export interface PendingSession {
  readonly session: Session;
  readonly redirectUri: string;
  readonly codeChallenge: string;
}

/** Codes, which live in memory for five minutes and work once; refresh tokens and known people, which are on disk. */
export class Sessions {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #codes = new Map<string, PendingSession & { readonly expiresAtMs: number }>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    store.define(
      'CREATE TABLE IF NOT EXISTS signin_refresh (hash TEXT PRIMARY KEY, session TEXT NOT NULL, expires_at_ms INTEGER NOT NULL)',
    );
    store.define(
      'CREATE TABLE IF NOT EXISTS signin_people (email TEXT PRIMARY KEY, groups TEXT NOT NULL, at_ms INTEGER NOT NULL)',
    );
  }

  newCode(pending: PendingSession): string {
    const now = this.#clock.now();
    for (const [code, { expiresAtMs }] of this.#codes) if (expiresAtMs <= now) this.#codes.delete(code);
    const code = randomBytes(32).toString('base64url');
    this.#codes.set(code, { ...pending, expiresAtMs: now + CODE_VALID_FOR_MS });
    return code;
  }

  /** Null for a code that was used, is too old, or never was one. */
  takeCode(code: string): PendingSession | null {
    const pending = this.#codes.get(code);
    this.#codes.delete(code);
    return pending === undefined || pending.expiresAtMs <= this.#clock.now() ? null : pending;
  }

  async newRefreshToken(session: Session): Promise<string> {
    const token = randomBytes(48).toString('base64url');
    const insert = this.#store.statement('INSERT INTO signin_refresh (hash, session, expires_at_ms) VALUES (?, ?, ?)');
    const expiresAtMs = this.#clock.now() + REFRESH_VALID_FOR_MS;
    await this.#store.write(() => insert.run(hashOf(token), JSON.stringify(session), expiresAtMs));
    return token;
  }

  /** Null for a token that was revoked, is too old, or never was one. */
  findRefreshToken(token: string): Session | null {
    const sql = 'SELECT session FROM signin_refresh WHERE hash = ? AND expires_at_ms > ?';
    const row = this.#store.statement(sql).get(hashOf(token), this.#clock.now());
    return row === undefined ? null : StoredSession.parse(JSON.parse(String(row['session'])));
  }

  async revokeRefreshToken(token: string): Promise<void> {
    const remove = this.#store.statement('DELETE FROM signin_refresh WHERE hash = ?');
    await this.#store.write(() => remove.run(hashOf(token)));
  }

  async remember({ email, groups }: KnownPerson): Promise<void> {
    const upsert = this.#store.statement(
      'INSERT INTO signin_people (email, groups, at_ms) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET groups = excluded.groups, at_ms = excluded.at_ms',
    );
    await this.#store.write(() => upsert.run(email, JSON.stringify(groups), this.#clock.now()));
  }

  /** Who signed in before, the last first. */
  knownPeople(): readonly KnownPerson[] {
    const sql = 'SELECT email, groups FROM signin_people ORDER BY at_ms DESC LIMIT ?';
    const rows = this.#store.statement(sql).all(MOST_PEOPLE);
    return rows.map((row) => ({
      email: String(row['email']),
      groups: z.array(z.string()).parse(JSON.parse(String(row['groups']))),
    }));
  }

  /** Of everybody who ever signed in. */
  emails(): readonly string[] {
    const rows = this.#store.statement('SELECT email FROM signin_people').all();
    return rows.map((row) => String(row['email']));
  }
}

export interface KnownPerson {
  readonly email: string;
  readonly groups: readonly string[];
}

const StoredSession = z.object({
  clientId: z.string(),
  email: z.string(),
  groups: z.array(z.string()),
  scope: z.string(),
  nonce: z.string().nullable(),
  authTimeSeconds: z.number(),
});

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
