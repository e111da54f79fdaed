import type * as z from 'zod';
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

/**
 * The two schemas are what is inferred, and not the values that they parse: so an error in any other member is told at that
 * member, by its name, and not at the first function that takes arguments.
 */
type SchemaOf<T extends JsonObject = JsonObject> = z.ZodType<T>;

/** `id` begins with `http.`; `hosts` is what it may reach and nothing else. */
export function httpSource<A extends SchemaOf, D extends SchemaOf>(
  definition: SourceDefinition<z.output<A>, z.output<D>> & { readonly arguments: A; readonly data: D } & Own<
      HttpSource<z.output<A>, z.output<D>>,
      'call' | 'standIn' | 'hosts'
    >,
): HttpSource<z.output<A>, z.output<D>> {
  const { call, standIn, read = asItIs } = definition;
  return { ...defineSourceConnector<z.output<A>, z.output<D>>(definition), call, standIn, read };
}

/** Name `idempotency: 'key'` only where the service promises it, and send the key as the service asks. */
export function httpAction<A extends SchemaOf, R extends SchemaOf>(
  definition: ActionConnectorDefinition<z.output<A>, z.output<R>> & { readonly arguments: A; readonly result: R } & Own<
      HttpAction<z.output<A>, z.output<R>>,
      'call' | 'standIn' | 'hosts'
    >,
): HttpAction<z.output<A>, z.output<R>> {
  const { call, standIn, read = asItIs } = definition;
  return { ...defineActionConnector<z.output<A>, z.output<R>>(definition), call, standIn, read };
}

const asItIs = (answer: unknown): unknown => answer;
