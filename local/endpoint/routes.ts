import type { AwsError } from '../kernel/errors.ts';
import type { Json, JsonObject } from '../kernel/service.ts';
import { isObject } from '../template/intrinsics.ts';

/** A REST operation of an AWS service: where it is found and how its parts come from the request. */
export interface RestRoute {
  readonly method: string;
  /** `/v2/email/identities/{EmailIdentity}`: names in braces become members of the input. */
  readonly path: string;
  /** IAM prefix, as in AwsCall.service. */
  readonly service: string;
  readonly operation: string;
}

/** A route whose request or answer is not simply JSON. */
export interface SpecialRoute extends RestRoute {
  readonly toInput: (request: RestRequest) => JsonObject;
  readonly toAnswer: (output: JsonObject) => RestAnswer;
}

export interface RestRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A service with paths of its callers' own making: its requests are told by what they are signed for. */
export interface SignedProtocol {
  /** As it stands in the scope of a signature, and IAM prefix. */
  readonly service: string;
  /** @throws AwsError for what the service does not have */
  readonly toCall: (request: ProtocolRequest) => { readonly operation: string; readonly input: JsonObject };
  readonly toAnswer: (operation: string, output: JsonObject) => RawAnswer;
  readonly toError: (method: string, error: AwsError, requestId: string) => RawAnswer;
}

export interface ProtocolRequest {
  readonly method: string;
  /** As sent, not decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Finds routes by method and path; a fixed segment wins over a name in braces. */
export class RouteTable {
  readonly #routes: CompiledRoute[] = [];
  readonly #protocols = new Map<string, SignedProtocol>();

  addProtocol(protocol: SignedProtocol): void {
    this.#protocols.set(protocol.service, protocol);
  }

  /** Of the service that a signature is for; null where the service has routes, or a target. */
  protocolOf(service: string): SignedProtocol | null {
    return this.#protocols.get(service) ?? null;
  }

  add(routes: readonly (RestRoute | SpecialRoute)[]): void {
    for (const route of routes) this.#routes.push({ route, segments: route.path.split('/') });
    this.#routes.sort((a, b) => a.route.path.split('{').length - b.route.path.split('{').length);
  }

  find(method: string, path: string): { route: RestRoute | SpecialRoute; parameters: Record<string, string> } | null {
    const actual = path.split('/');
    for (const { route, segments } of this.#routes) {
      if (route.method !== method) continue;
      const parameters = matchSegments(segments, actual);
      if (parameters !== null) return { route, parameters };
    }
    return null;
  }
}

/** Path parameters, query and JSON body laid over each other, as the input of the operation. */
export function plainInput(request: RestRequest): JsonObject {
  const text = request.body.toString('utf8');
  const body: Json = text === '' ? {} : (JSON.parse(text) as Json);
  const query: Record<string, Json> = {};
  for (const key of request.query.keys()) {
    const values = request.query.getAll(key);
    query[key] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return {
    ...query,
    ...(isObject(body) ? body : {}),
    ...request.parameters,
  };
}

interface CompiledRoute {
  readonly route: RestRoute | SpecialRoute;
  readonly segments: readonly string[];
}

function matchSegments(segments: readonly string[], actual: readonly string[]): Record<string, string> | null {
  if (segments.length !== actual.length) return null;
  const parameters: Record<string, string> = {};
  for (const [at, segment] of segments.entries()) {
    const value = actual[at] ?? '';
    if (segment.startsWith('{')) parameters[segment.slice(1, -1)] = decodeURIComponent(value);
    else if (segment !== value) return null;
  }
  return parameters;
}
