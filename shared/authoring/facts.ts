import type { JsonObject } from '../contracts/index.ts';

/** What rules and plans see of a case. */
export interface Facts {
  readonly input: JsonObject;
  /** By source id; null where it could not be read. */
  readonly sources: Readonly<Record<string, JsonObject | null>>;
  /** All that was read and gave something, in no order that matters; `sources` has the first of each. */
  readonly readings?: readonly FactReading[];
}

/** One reading of a source, with what it was asked for. */
export interface FactReading {
  readonly source: string;
  readonly arguments: JsonObject;
  readonly data: JsonObject;
}
