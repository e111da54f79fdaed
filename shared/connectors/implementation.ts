import type { ActionConnector, SourceConnector } from '../authoring/index.ts';
import type { JsonObject } from '../contracts/index.ts';
import type {
  Assets,
  Clock,
  ConnectorSecrets,
  EventBus,
  Mailer,
  ObjectStore,
  ReplyAddresses,
  Web,
} from '../ports/index.ts';
import type { SandboxStore } from './sandbox/store.ts';

export type SourceImplementation = (args: JsonObject, context: { workflow: string }) => Promise<JsonObject>;

export type ActionImplementation = (
  args: JsonObject,
  context: { idempotencyKey: string; caseId: string; workflow: string },
) => Promise<JsonObject>;

/** What sources are made of. */
export interface SourcePorts {
  readonly sandbox: SandboxStore;
  readonly assets: Assets;
  readonly clock: Clock;
  readonly web: Web;
  readonly secrets: ConnectorSecrets;
  readonly objects: ObjectStore;
}

/** What actions are made of. */
export interface ActionPorts {
  readonly sandbox: SandboxStore;
  readonly clock: Clock;
  readonly web: Web;
  readonly secrets: ConnectorSecrets;
  readonly objects: ObjectStore;
  readonly mailer: Mailer;
  readonly replies: ReplyAddresses;
  readonly bus: EventBus;
}

/**
 * What a system gives to read, by the id of the connector without its system: `contact` for `hubspot.contact`. `*` stands
 * for all others, where builders define connectors of their own.
 */
export interface SourceSystem {
  readonly sources: Readonly<Record<string, (ports: SourcePorts, connector: SourceConnector) => SourceImplementation>>;
  /** What schedules pick up, by `<what>/<list>`. */
  readonly lists?: Readonly<Record<string, (ports: SourcePorts) => () => Promise<readonly JsonObject[]>>>;
}

/** What a system lets be done, named in the same way. */
export type ActionSystem = Readonly<
  Record<string, (ports: ActionPorts, connector: ActionConnector) => ActionImplementation>
>;
