import type { JsonObject } from '../contracts/index.ts';

/** What starts a case. `id` names it within its workflow. */
export type TriggerDefinition = WebhookTrigger | EventTrigger | ScheduleTrigger;

/** What may stand in a trigger that an action of Remit has made happen. */
interface Traceable {
  /**
   * Where the idempotency key of that action stands, as Remit gave it to the other side; null where there is none. It is
   * believed only of an action that is on record as done or begun.
   */
  readonly causedBy: (body: JsonObject) => string | null;
}

export interface WebhookTrigger extends Traceable {
  readonly kind: 'webhook';
  readonly id: string;
  /** The precise condition in one sentence: which form, which page, which submissions. */
  readonly when: string;
  /** From the body of the webhook to the workflow's input; default: the body as it is. */
  readonly toInput: (body: JsonObject) => JsonObject;
}

export interface EventTrigger extends Traceable {
  readonly kind: 'event';
  readonly id: string;
  readonly when: string;
  /** Matches the event's `source` and `detail-type` on the workflow bus. */
  readonly source: string;
  readonly detailType: string;
  /** From the event's detail to the workflow's input. */
  readonly toInput: (detail: JsonObject) => JsonObject;
}

export interface ScheduleTrigger extends Traceable {
  readonly kind: 'schedule';
  readonly id: string;
  readonly when: string;
  /** Six-field AWS cron expression, e.g. `cron(0 8 ? * MON-FRI *)`. */
  readonly cron: string;
  /** IANA time zone, e.g. `Europe/Berlin`. */
  readonly timezone: string;
  /** The connector that lists what is open; each item becomes a case of its own. */
  readonly each: { readonly connector: string; readonly list: string };
  readonly toInput: (item: JsonObject) => JsonObject;
}

const asItIs = (body: JsonObject): JsonObject => body;

const byNothing = (): null => null;

/** Whatever Remit's own bus carries because of an action says so in this field. */
const byField = ({ causedBy }: JsonObject): string | null => (typeof causedBy === 'string' ? causedBy : null);

/** `causedBy`: where other systems send the key of an action back; by default nowhere. */
export function webhook(
  definition: Pick<WebhookTrigger, 'id' | 'when'> & Partial<Pick<WebhookTrigger, 'toInput' | 'causedBy'>>,
): WebhookTrigger {
  return { kind: 'webhook', toInput: asItIs, causedBy: byNothing, ...definition };
}

/** `causedBy`: by default the field of that name in the event's detail. */
export function event(
  definition: Omit<EventTrigger, 'kind' | 'toInput' | 'causedBy'> & Partial<Pick<EventTrigger, 'toInput' | 'causedBy'>>,
): EventTrigger {
  return { kind: 'event', toInput: asItIs, causedBy: byField, ...definition };
}

export function schedule(
  definition: Omit<ScheduleTrigger, 'kind' | 'toInput' | 'causedBy'> &
    Partial<Pick<ScheduleTrigger, 'toInput' | 'causedBy'>>,
): ScheduleTrigger {
  return { kind: 'schedule', toInput: asItIs, causedBy: byNothing, ...definition };
}
