import type * as z from 'zod';
import type { JsonObject } from '../contracts/index.ts';

/** What every connector says of itself, whatever it does. */
interface Connector {
  /** `<system>.<what>`, e.g. `hubspot.contact`; the implementation is found by it. */
  readonly id: string;
  /** For one call, all of it. A call that takes longer is broken off. */
  readonly timeoutMs: number;
  /** What it takes of the other side at most, by one running function; null for no limit of ours. */
  readonly rate: Rate | null;
  /** What an answer that is not a success says of the effect. */
  readonly failures: FailureRule;
  /** Name of its secret in Secrets Manager, after `remit/connector/`; null where it needs none. */
  readonly secret: string | null;
  /** Hosts that it may reach, by name; `*.example.com` for all below one. Empty where it reaches none by itself. */
  readonly hosts: readonly string[];
  /** What it may reach in a bucket, from which the rights of its function are made; null where it reaches none. */
  readonly files: FileAccess | null;
  /** One sentence for people: what becomes of a case when the other side is down. */
  readonly whenDown: string;
}

/** Rights on all objects below a prefix of one bucket, and on no other. */
export interface FileAccess {
  readonly place: FilePlace;
  readonly may: readonly ('get' | 'list' | 'put' | 'delete-version')[];
}

/** Where files lie: below a prefix of the deployment's own bucket for files, or of one that is there already. */
export type FilePlace = { readonly own: string } | { readonly bucket: string; readonly prefix: string };

export interface Rate {
  readonly calls: number;
  readonly perMs: number;
}

/**
 * By status of HTTP or by the other side's own code of an error. What is in neither list is unsure, and so is a call
 * that was broken off after it was sent.
 */
export interface FailureRule {
  /** It certainly did not happen, and another try may succeed. */
  readonly passing: readonly (number | string)[];
  /** It certainly did not happen, and another try will not help. */
  readonly refused: readonly (number | string)[];
}

/** A way to read from somewhere outside: what it takes, what it gives, how long it may take. It may only read. */
export interface SourceConnector<Arguments extends JsonObject = JsonObject, Data extends JsonObject = JsonObject>
  extends Connector {
  readonly kind: 'source';
  readonly effect: 'read';
  readonly arguments: z.ZodType<Arguments>;
  readonly data: z.ZodType<Data>;
  /** Tries in all, with exponential backoff and jitter between them. */
  readonly attempts: number;
  /** Whose words it gives: `records` of a system of the team's own, or `strangers`, as a web page or a mail does. */
  readonly wordsOf: 'records' | 'strangers';
}

/** A way to change something outside. */
export interface ActionConnector<Arguments extends JsonObject = JsonObject, Result extends JsonObject = JsonObject>
  extends Connector {
  readonly kind: 'action';
  /** An irreversible effect cannot be taken back by any later call. */
  readonly effect: 'reversible' | 'irreversible';
  /**
   * `key`: the other side performs a repeated idempotency key only once, or the same call twice leaves what one leaves.
   * `none`: a repeat may act twice, so an unsure call is never repeated: a person looks.
   */
  readonly idempotency: 'key' | 'none';
  /** The arguments as canonical JSON fields; the schema is also the form that a person edits. */
  readonly arguments: z.ZodType<Arguments>;
  readonly result: z.ZodType<Result>;
  /** What it does and to whom, whatever the wording. A method, so that connectors of differing types fit in one list. */
  intent(args: Arguments): { readonly effect: string; readonly target: string };
  /** The address of the one person that it writes to, who may answer by mail; null where it writes to nobody. */
  writesTo(args: Arguments): string | null;
}

/** What may be left out of a definition. */
type Said = 'rate' | 'failures' | 'secret' | 'hosts' | 'files' | 'whenDown';

export type SourceDefinition<A extends JsonObject, D extends JsonObject> = Omit<
  SourceConnector<A, D>,
  'kind' | 'effect' | 'wordsOf' | Said
> &
  Partial<Pick<SourceConnector<A, D>, 'wordsOf' | Said>>;

export type ActionConnectorDefinition<A extends JsonObject, R extends JsonObject> = Omit<
  ActionConnector<A, R>,
  'kind' | 'writesTo' | Said
> &
  Partial<Pick<ActionConnector<A, R>, 'writesTo' | Said>>;

export function defineSourceConnector<A extends JsonObject, D extends JsonObject>(
  connector: SourceDefinition<A, D>,
): SourceConnector<A, D> {
  const whenDown = 'The source counts as not read; where the workflow requires it, a person decides.';
  return { ...DEFAULTS, wordsOf: 'records', whenDown, ...connector, kind: 'source', effect: 'read' };
}

export function defineActionConnector<A extends JsonObject, R extends JsonObject>(
  connector: ActionConnectorDefinition<A, R>,
): ActionConnector<A, R> {
  const whenDown = 'The action is tried again where that is safe; then a person decides.';
  return { ...DEFAULTS, whenDown, writesTo: () => null, ...connector, kind: 'action' };
}

/**
 * What HTTP itself promises: a request that was refused as wrong, unknown or too much was not carried out. A conflict
 * (409) or a request that came too slowly (408) says nothing of that, and a fault of the server least of all.
 */
export const HTTP_FAILURES: FailureRule = {
  passing: [429],
  refused: [400, 401, 402, 403, 404, 405, 406, 410, 411, 412, 413, 414, 415, 417, 421, 422, 426, 428, 431, 451],
};

const DEFAULTS = { rate: null, failures: HTTP_FAILURES, secret: null, hosts: [], files: null } as const;
