import {
  EventBridgeClient,
  type EventBridgeClientConfig,
  EventBridgeServiceException,
  PutEventsCommand,
  type PutEventsCommandOutput,
} from '@aws-sdk/client-eventbridge';
import { EffectError, type EventBus, type OutgoingEvent } from '../ports/index.ts';

/** The bus of that name. Its client calls once: an event put twice is two events. */
export function eventBridgeBus(name: string, config: EventBridgeClientConfig = {}): EventBus {
  return new EventBridgeBus(new EventBridgeClient({ ...config, maxAttempts: 1 }), name);
}

/** Refusals of one event that another try may well not meet. */
const PASSING = new Set(['ThrottlingException', 'LimitExceededException']);

class EventBridgeBus implements EventBus {
  readonly #client: EventBridgeClient;
  readonly #bus: string;

  constructor(client: EventBridgeClient, bus: string) {
    this.#client = client;
    this.#bus = bus;
  }

  async put({ source, detailType, detail }: OutgoingEvent): Promise<string> {
    const entry = { EventBusName: this.#bus, Source: source, DetailType: detailType, Detail: JSON.stringify(detail) };
    const { Entries: entries = [] } = await this.#send(new PutEventsCommand({ Entries: [entry] }));
    const { EventId: id, ErrorCode: code, ErrorMessage: message } = entries[0] ?? {};
    if (id !== undefined) return id;
    if (code === undefined) throw new Error('EventBridge said neither yes nor no');
    // A fault of the service leaves open whether the event is out.
    if (code === 'InternalFailure' || code === 'InternalException') throw new Error(`EventBridge said ${code}`);
    throw new EffectError(message ?? code, { isPassing: PASSING.has(code) });
  }

  /** A refusal of the whole call leaves nothing behind; a fault of the service or a lost answer is open. */
  async #send(command: PutEventsCommand): Promise<PutEventsCommandOutput> {
    try {
      return await this.#client.send(command);
    } catch (error) {
      if (!(error instanceof EventBridgeServiceException) || error.$fault !== 'client') throw error;
      throw new EffectError(error.message, { isPassing: PASSING.has(error.name), cause: error });
    }
  }
}
