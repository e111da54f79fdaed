import type { Session, SignIn, SignInAttempt } from '../../shared/ports/index.ts';

/** A sign-in in memory: codes that were given out, and tokens that stand for sessions. */
export class MemorySignIn implements SignIn {
  readonly attempts: SignInAttempt[] = [];
  /** The session that each code leads to. */
  readonly codes = new Map<string, Session>();
  readonly #sessions = new Map<string, Session>();

  async verify(token: string): Promise<Session | null> {
    return this.#sessions.get(token) ?? null;
  }

  async authorizeUrl(attempt: SignInAttempt): Promise<string> {
    this.attempts.push(attempt);
    return `https://pool.example/oauth2/authorize?state=${attempt.state}`;
  }

  async redeem({ code }: { code: string }): Promise<string | null> {
    const session = this.codes.get(code);
    if (session === undefined) return null;
    this.codes.delete(code);
    this.#sessions.set(`token-${code}`, session);
    return `token-${code}`;
  }

  async signOutUrl(backTo: string): Promise<string> {
    return `https://pool.example/logout?logout_uri=${backTo}`;
  }
}
