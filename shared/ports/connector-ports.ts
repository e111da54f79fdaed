import type { JsonObject } from '../contracts/index.ts';

/** What connectors need to be let in elsewhere. */
export interface ConnectorSecrets {
  /**
   * The named values of a connector's secret, such as `{ "accessToken": "…" }`; it may be a minute old. Null while the
   * secret does not exist or all of its values are empty: then the stand-in of the connector takes the calls.
   */
  read(name: string): Promise<Readonly<Record<string, string>> | null>;
}

/** The event bus of the deployment, for what others should hear. */
export interface EventBus {
  /** @throws EffectError; anything else thrown means that nobody knows whether it was taken. */
  put(event: OutgoingEvent): Promise<string>;
}

export interface OutgoingEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
}
