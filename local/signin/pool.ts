/** The user pool that tokens are issued for, from the template. */
export interface PoolSettings {
  /** `http://127.0.0.1:4700/_local/signin/<pool id>`, where Cognito's address would be. */
  readonly issuer: string;
  /** The app client that tokens for scripts are made for. */
  readonly clientId: string;
  /** App clients that people may sign in for; default none. */
  readonly clients?: readonly AppClient[];
  /** Groups of the template, to choose from. */
  readonly groups?: readonly string[];
}

/** An app client without a secret. */
export interface AppClient {
  readonly id: string;
  /** Null where the template names none: then any address on this machine is one. */
  readonly callbackUrls: readonly string[] | null;
  readonly logoutUrls: readonly string[] | null;
  /** Null where the template names none: then openid, email and profile. */
  readonly scopes: readonly string[] | null;
}

/** Stacks without a user pool still get tokens; nothing in such a stack accepts them. */
export const NO_POOL: PoolSettings = { issuer: 'https://localhost/no-user-pool', clientId: 'local' };

const DEFAULT_SCOPES = ['openid', 'email', 'profile'];

export function scopesOf(client: AppClient): readonly string[] {
  return client.scopes ?? DEFAULT_SCOPES;
}

/** Whether a browser may be sent there; an address counts only as it is written in the template. */
export function isAllowedUrl(urls: readonly string[] | null, url: string): boolean {
  if (urls !== null) return urls.includes(url);
  return URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
