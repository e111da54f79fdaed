import type * as z from 'zod';
import { type AnsweredAction, HandBody, InboundMail, type JsonObject, type Money } from '../contracts/index.ts';

/** What starts a case. `id` names it within its workflow. */
export type TriggerDefinition =
  | WebhookTrigger
  | EventTrigger
  | ScheduleTrigger
  | InboundMailTrigger
  | BucketFileTrigger
  | ByHandTrigger;

/** What may stand in a trigger that an action of Remit has made happen. */
interface Traceable {
  /**
   * Where the idempotency key of that action stands, as Remit gave it to the other side; null where there is none. It is
   * believed only of an action that is on record as done or begun.
   */
  readonly causedBy: (body: JsonObject) => string | null;
}

/** How the sender of a webhook signs: by Standard Webhooks, or in a way of its own. */
export type WebhookStyle = 'standard' | 'stripe' | 'github' | 'slack' | 'hubspot' | 'typeform';

export interface WebhookTrigger extends Traceable {
  readonly kind: 'webhook';
  readonly id: string;
  /** The precise condition in one sentence: which form, which page, which submissions. */
  readonly when: string;
  /** From the body of the webhook to the workflow's input; default: the body as it is. */
  readonly toInput: (body: JsonObject) => JsonObject;
  /**
   * What an input is known by at its origin, such as the id of a payment: the same input by the same name is one case,
   * whichever webhook brings it. Null where each webhook is a case of its own.
   */
  readonly key: ((input: JsonObject) => string) | null;
  /**
   * Its secret is `remit/webhook/<workflow>` for `standard`; for the others `remit/webhook/<workflow>.<trigger>`, which holds
   * the secret that the sender gave.
   */
  readonly signed: WebhookStyle;
  /** Where one body carries many, as CSV with a heading or as JSON lines; null where it is one JSON object. */
  readonly batch: Batch | null;
}

/** A body of many lines, each of which becomes a case of its own. Its owner is mailed what came of them. */
export interface Batch {
  /** Id of the webhook trigger that would have brought a line by itself; it has a key. */
  readonly each: string;
  /** For lines that are probably one thing under two keys; null where there is no such thing. */
  readonly alike: Alike | null;
  /** What the mail to the owner adds up over all lines. */
  readonly sums: readonly BatchSum[];
}

export interface Alike {
  /** The same for lines that look alike. */
  readonly of: (input: JsonObject) => string;
  /** The later line's input, told the key of the first one like it. */
  readonly told: (input: JsonObject, firstKey: string) => JsonObject;
}

export interface BatchSum {
  readonly title: string;
  /** What a line adds; null for nothing. A line that was not readable adds nothing anywhere. */
  readonly amount: (line: LineOutcome) => Money | null;
}

/** What became of a line so far. */
export interface LineOutcome {
  readonly input: JsonObject;
  /** Null while nothing is decided. */
  readonly decision: JsonObject | null;
  readonly isWaiting: boolean;
  /** Names of the actions that are done. */
  readonly done: readonly string[];
}

/** The last part of the name of the secret that a webhook is signed with. */
export function webhookSecretName(workflow: string, { id, signed }: Pick<WebhookTrigger, 'id' | 'signed'>): string {
  return signed === 'standard' ? workflow : `${workflow}.${id}`;
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

export interface InboundMailTrigger extends Traceable {
  readonly kind: 'inbound-mail';
  readonly id: string;
  readonly when: string;
  /** What stands before the @ of the address; the domain is a setting of the deployment. */
  readonly to: string;
  /** Null where no mail to it counts as an answer to anything. */
  readonly replies: RepliesTaken | null;
  /**
   * From the mail to the workflow's input. All of it is text from outside, whoever it says that it is from. Beside what the
   * mail holds, `answers` says what it answers.
   */
  readonly toInput: (mail: JsonObject) => JsonObject;
}

/** Which mails of agents may be answered to a trigger. Their answers come to its address, with a tag that names the action. */
export interface RepliesTaken {
  /** Actions that write to somebody, of this workflow or others: `<workflow>/<action>`. Each is taken by one trigger. */
  readonly to: readonly string[];
  /** What is needed of the input of the case that wrote; where it does not hold that, a person gets the mail. */
  readonly input: z.ZodType<JsonObject>;
}

/** What a mail answers, as a builder gets it. */
export type Answered<Input extends JsonObject> = Omit<AnsweredAction, 'input'> & { readonly input: Input };

export interface BucketFileTrigger extends Traceable {
  readonly kind: 'bucket-file';
  readonly id: string;
  readonly when: string;
  /** Objects whose keys begin and end so: `payments/` and `.csv`. */
  readonly prefix: string;
  readonly suffix: string;
  readonly toInput: (body: JsonObject) => JsonObject;
  readonly batch: Batch;
}

export interface ByHandTrigger extends Traceable {
  readonly kind: 'by-hand';
  readonly id: string;
  readonly when: string;
  /** What the form asks for, field by field. */
  readonly form: z.ZodType<JsonObject>;
  readonly toInput: (body: JsonObject) => JsonObject;
}

const asItIs = (body: JsonObject): JsonObject => body;

const byNothing = (): null => null;

/** Whatever Remit's own bus carries because of an action says so in this field. */
function byField({ causedBy, remit }: JsonObject): string | null {
  if (typeof causedBy === 'string') return causedBy;
  const key = typeof remit === 'object' && remit !== null && 'idempotencyKey' in remit ? remit['idempotencyKey'] : null;
  return typeof key === 'string' ? key : null;
}

/** `causedBy`: where other systems send the key of an action back; by default nowhere. `signed`: default `standard`. */
export function webhook(
  definition: Pick<WebhookTrigger, 'id' | 'when'> &
    Partial<Pick<WebhookTrigger, 'toInput' | 'causedBy' | 'key' | 'signed'>> & {
      readonly batch?: Omit<Batch, 'alike'> & Partial<Pick<Batch, 'alike'>>;
    },
): WebhookTrigger {
  const { batch = null, ...rest } = definition;
  return {
    ...{ kind: 'webhook', toInput: asItIs, causedBy: byNothing, key: null, signed: 'standard' },
    ...rest,
    batch: batch === null ? null : { alike: null, ...batch },
  };
}

/** `causedBy`: by default the field of that name in the event's detail, or the key under `remit` as `eventOut` puts it. */
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

/**
 * A mail to `to` at the domain that the deployment receives mail for; without such a domain it starts nothing, and the
 * deploy says so. The same mail is one case. A mail whose sender is not proved becomes a case for a person. With `replies`,
 * it also takes what people answer to mails of agents; `toInput` is told what that is, and null of a mail that answers nothing.
 */
export function inboundMail<Known extends JsonObject = JsonObject>(
  definition: Pick<InboundMailTrigger, 'id' | 'when' | 'to'> & {
    readonly replies?: { readonly to: readonly string[]; readonly input: z.ZodType<Known> };
    readonly toInput: (mail: InboundMail, answers: Answered<Known> | null) => JsonObject;
  } & Partial<Pick<InboundMailTrigger, 'causedBy'>>,
): InboundMailTrigger {
  const { toInput, replies = null, ...rest } = definition;
  return {
    ...{ kind: 'inbound-mail', causedBy: byNothing, replies },
    ...rest,
    toInput: ({ answers = null, ...mail }) => {
      const parsed = InboundMail.parse(mail);
      if (answers === null || replies === null) return toInput(parsed, null);
      // Its form was checked as it came off the queue; what the builder asks for may have changed since it was put there.
      const answered = answers as AnsweredAction;
      return toInput(parsed, { ...answered, input: replies.input.parse(answered.input) });
    },
  };
}

/** A file that is put into the bucket for files: each of its lines becomes a case, as with a webhook that brings many. */
export function bucketFile(
  definition: Pick<BucketFileTrigger, 'id' | 'when' | 'prefix' | 'suffix'> & {
    readonly batch: Omit<Batch, 'alike'> & Partial<Pick<Batch, 'alike'>>;
  },
): BucketFileTrigger {
  const { batch, ...rest } = definition;
  return { kind: 'bucket-file', toInput: asItIs, causedBy: byNothing, ...rest, batch: { alike: null, ...batch } };
}

/**
 * Somebody of the workflow's team starts a case by a form of the signed-in pages. `toInput` gets what was filled in, who
 * did so and an id of that one filling in.
 */
export function byHand<F extends z.ZodType<JsonObject>>(
  definition: Pick<ByHandTrigger, 'id' | 'when'> & {
    readonly form: F;
    readonly toInput: (filled: z.output<F>, about: { readonly by: string; readonly id: string }) => JsonObject;
  },
): ByHandTrigger {
  const { toInput, ...rest } = definition;
  return {
    ...{ kind: 'by-hand', causedBy: byNothing },
    ...rest,
    toInput: (body) => {
      const { filled, ...about } = HandBody.parse(body);
      return toInput(definition.form.parse(filled), about);
    },
  };
}
