/** Who a token of the sign-in speaks for. */
export interface Session {
  readonly email: string;
  readonly groups: readonly string[];
  /** When the person last proved who they are. */
  readonly signedInAtMs: number;
  readonly expiresAtMs: number;
  /** As the sign-in was asked to put it in; null without one. */
  readonly nonce: string | null;
}

export interface SessionTokens {
  /** Null for a token that is not one of ours: signature, issuer, audience, kind or time is wrong, or the address not verified. */
  verify(token: string): Promise<Session | null>;
}

/** OpenID Connect, code flow with PKCE. */
export interface SignIn extends SessionTokens {
  /** Where a browser goes to sign in. */
  authorizeUrl(attempt: SignInAttempt): Promise<string>;
  /** @returns the id token; null where the code is not taken. */
  redeem(grant: {
    readonly code: string;
    readonly verifier: string;
    readonly redirectUri: string;
  }): Promise<string | null>;
  /** Where a browser signs out, to come back to an address of ours. */
  signOutUrl(backTo: string): Promise<string>;
}

export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  /** S256 of the verifier. */
  readonly challenge: string;
  readonly redirectUri: string;
  /** Asks for the password and second factor even of who is signed in already. */
  readonly isFresh: boolean;
}
