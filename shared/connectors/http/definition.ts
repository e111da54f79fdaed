import {
  type ActionConnector,
  type ActionConnectorDefinition,
  defineActionConnector,
  defineSourceConnector,
  type SourceConnector,
  type SourceDefinition,
} from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';

/** A request as a builder writes it: to one of the connector's hosts, by HTTPS. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: JsonObject;
}

/** Reads from any service that speaks HTTP. With a secret, its value `authorization` is sent as that header. */
export interface HttpSource<A extends JsonObject = JsonObject, D extends JsonObject = JsonObject>
  extends SourceConnector<A, D> {
  readonly call: (args: A) => HttpCall;
  /** From the parsed answer to the data; default: the answer as it is. */
  readonly read: (answer: unknown) => unknown;
  /** What the stand-in answers while the secret is not set. */
  readonly standIn: (args: A) => D;
}

/** Changes something at any service that speaks HTTP. */
export interface HttpAction<A extends JsonObject = JsonObject, R extends JsonObject = JsonObject>
  extends ActionConnector<A, R> {
  readonly call: (args: A, context: { readonly idempotencyKey: string }) => HttpCall;
  readonly read: (answer: unknown) => unknown;
  readonly standIn: (args: A) => R;
}

type Own<T, Names extends keyof T> = Pick<T, Names> & { readonly read?: (answer: unknown) => unknown };

/** `id` begins with `http.`; `hosts` is what it may reach and nothing else. */
export function httpSource<A extends JsonObject, D extends JsonObject>(
  definition: SourceDefinition<A, D> & Own<HttpSource<A, D>, 'call' | 'standIn' | 'hosts'>,
): HttpSource<A, D> {
  const { call, standIn, read = asItIs } = definition;
  return { ...defineSourceConnector(definition), call, standIn, read };
}

/** Name `idempotency: 'key'` only where the service promises it, and send the key as the service asks. */
export function httpAction<A extends JsonObject, R extends JsonObject>(
  definition: ActionConnectorDefinition<A, R> & Own<HttpAction<A, R>, 'call' | 'standIn' | 'hosts'>,
): HttpAction<A, R> {
  const { call, standIn, read = asItIs } = definition;
  return { ...defineActionConnector(definition), call, standIn, read };
}

const asItIs = (answer: unknown): unknown => answer;
