import type { JsonObject } from '../../contracts/index.ts';

/** Where the sandbox connectors keep their made-up outside world. */
export interface SandboxStore {
  /** A record by kind and key; null when there is none. */
  record(kind: string, key: string): Promise<JsonObject | null>;
  /** All records on a list. */
  onList(list: string): Promise<readonly JsonObject[]>;
  /**
   * Performs an effect once per idempotency key: notes it under its case and changes a record, in one write.
   * @returns the result of the first time, whenever the key comes again.
   * @throws EffectError where a record that it would take is held by another effect.
   */
  perform(effect: SandboxEffect): Promise<JsonObject>;
  /** Puts a card of a case in place of what it was before, unless that is newer. */
  putCard(card: SandboxCard): Promise<void>;
}

export interface SandboxCard {
  readonly caseId: string;
  readonly key: string;
  readonly age: number;
  readonly content: JsonObject;
}

export interface SandboxEffect {
  readonly idempotencyKey: string;
  readonly caseId: string;
  readonly connector: string;
  readonly arguments: JsonObject;
  readonly result: JsonObject;
  readonly atMs: number;
  /** The record that the effect writes or changes; it leaves the list of what is open, unless it names one. Null for none. */
  readonly record: SandboxRecord | null;
  /** The mail that the system behind the stand-in would send by itself; noted, and sent to nobody. */
  readonly mail?: JsonObject;
  /** Further records, in the same write. */
  readonly others?: readonly SandboxRecord[];
}

export interface SandboxRecord {
  readonly kind: string;
  readonly key: string;
  readonly fields: JsonObject;
  /**
   * `take`: only while nobody holds the record, and held from then on. `free`: held by nobody any more. Without it,
   * whoever comes last writes.
   */
  readonly hold?: 'take' | 'free';
  /** The list that it stands on from now on. Without it, it leaves whatever list it was on. */
  readonly list?: string;
}
