import type { JsonObject } from '../contracts/index.ts';

/** What starts a case. `id` names it within its workflow. */
export type TriggerDefinition = WebhookTrigger | EventTrigger | ScheduleTrigger;

export interface WebhookTrigger {
  readonly kind: 'webhook';
  readonly id: string;
  /** The precise condition in one sentence: which form, which page, which submissions. */
  readonly when: string;
  /** From the body of the webhook to the workflow's input; default: the body as it is. */
  readonly toInput: (body: JsonObject) => JsonObject;
}

export interface EventTrigger {
  readonly kind: 'event';
  readonly id: string;
  readonly when: string;
  /** Matches the event's `source` and `detail-type` on the workflow bus. */
  readonly source: string;
  readonly detailType: string;
  /** From the event's detail to the workflow's input. */
  readonly toInput: (detail: JsonObject) => JsonObject;
}

export interface ScheduleTrigger {
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

export function webhook(definition: {
  id: string;
  when: string;
  toInput?: (body: JsonObject) => JsonObject;
}): WebhookTrigger {
  return { kind: 'webhook', toInput: asItIs, ...definition };
}

export function event(
  definition: Omit<EventTrigger, 'kind' | 'toInput'> & { toInput?: (detail: JsonObject) => JsonObject },
): EventTrigger {
  return { kind: 'event', toInput: asItIs, ...definition };
}

export function schedule(
  definition: Omit<ScheduleTrigger, 'kind' | 'toInput'> & { toInput?: (item: JsonObject) => JsonObject },
): ScheduleTrigger {
  return { kind: 'schedule', toInput: asItIs, ...definition };
}
