/** An HTTP API of the template. */
export interface HttpApi {
  readonly id: string;
  readonly stage: Stage;
  readonly routes: readonly Route[];
  readonly cors: Cors | null;
}

export interface Stage {
  /** `$default`, or a name that comes first in every path. */
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttling: Throttling | null;
  readonly routeThrottling: Readonly<Record<string, Throttling>>;
}

export interface Throttling {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

export interface Route {
  /** `POST /hooks/{workflow}` or `$default` */
  readonly key: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly authorizer: JwtAuthorizer | null;
  /** One of these is needed; empty for none. */
  readonly scopes: readonly string[];
}

export interface JwtAuthorizer {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Lower-case name of the header with the token. */
  readonly header: string;
}

export interface Cors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds: number | null;
}
