import * as z from 'zod';
import { type ActionConnector, defineActionConnector } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';

/** Tells others of something by an event on the deployment's bus. */
export interface EventOut<A extends JsonObject = JsonObject> extends ActionConnector<A, { eventId: string }> {
  readonly detailType: string;
}

/** Who reads events of agents matches on this, so that no agent can pretend to be another system. */
export const EVENT_SOURCE = 'remit.agents';

/**
 * `id` begins with `events.`; the arguments are the event's detail. EventBridge knows no key and gives an event to its
 * readers at least once: under `remit` the detail carries the key by which they can tell a repeat.
 */
export function eventOut<A extends JsonObject>(definition: {
  readonly id: string;
  readonly detailType: string;
  readonly arguments: z.ZodType<A>;
  readonly intent: (args: A) => { readonly effect: string; readonly target: string };
}): EventOut<A> {
  const { detailType } = definition;
  return {
    ...defineActionConnector({
      ...definition,
      ...{ effect: 'irreversible', idempotency: 'none', timeoutMs: 5_000 },
      result: z.strictObject({ eventId: z.string() }),
      whenDown: 'An event that the bus did not take is sent again; one of which nobody knows goes to a person.',
    }),
    detailType,
  };
}
