import type { Outbox } from '../delivery/outbox.ts';
import type { Delivery } from '../delivery/pending.ts';
import { type TargetCall, targetCall } from '../delivery/target.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Caller } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { type AcceptedEvent, isoSeconds } from './event.ts';
import { payloadFor } from './payload.ts';
import type { Rule, Rules } from './rules.ts';
import type { Target } from './target.ts';

/** Takes events over: they are on disk with a delivery for each target of each matching rule before anything is sent. */
export class EventBuses {
  readonly #options: EventBusesOptions;

  constructor(options: EventBusesOptions) {
    this.#options = options;
  }

  async accept(events: readonly AcceptedEvent[]): Promise<void> {
    const { store, activity, outbox, rules } = this.#options;
    const ids = await activity.track(
      store.write(() =>
        events.flatMap((event) =>
          rules.matching(event.bus, event.envelope).flatMap((rule) => this.addDeliveries(event, rule)),
        ),
      ),
    );
    outbox.send(ids);
  }

  /** Call inside a write; the ids are to be sent after it. */
  addDeliveries(event: AcceptedEvent, rule: Rule): number[] {
    return rule.targets.map((target) => this.#options.outbox.add(this.#delivery(event, rule, target)));
  }

  #delivery(event: AcceptedEvent, rule: Rule, target: Target): Delivery {
    const ruleArn = this.#options.rules.ruleArn(rule.bus, rule.name);
    const principal: Caller = {
      kind: 'service',
      service: 'events.amazonaws.com',
      sourceArn: ruleArn,
      traceId: event.traceId,
    };
    const ingestedAt = isoSeconds(this.#options.clock.now());
    const payload = payloadFor(target, event.envelope, { ruleArn, ruleName: rule.name, ingestedAt });
    return {
      ...callFor(target, event, payload),
      caller: target.RoleArn === undefined ? principal : asRole(target.RoleArn, event),
      maxRetries: target.RetryPolicy.MaximumRetryAttempts,
      maxAgeMs: target.RetryPolicy.MaximumEventAgeInSeconds * 1000,
      deadLetter: {
        queueArn: target.DeadLetterConfig?.Arn ?? null,
        caller: principal,
        body: JSON.stringify(event.envelope),
        about: { RULE_ARN: ruleArn, TARGET_ARN: target.Arn },
      },
    };
  }
}

export interface EventBusesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly rules: Rules;
  readonly outbox: Outbox;
}

function asRole(roleArn: string, event: AcceptedEvent): Caller {
  return { kind: 'role', roleArn, sessionName: event.envelope.id, traceId: event.traceId };
}

/** An event that goes on to another bus keeps what it says, under a new id. */
function callFor(target: Target, { envelope, traceId }: AcceptedEvent, payload: string): TargetCall {
  if (target.Arn.split(':')[2] !== 'events') return targetCall(target.Arn, payload, executionName(envelope.id, target));
  const entry = {
    EventBusName: target.Arn,
    Source: envelope.source,
    DetailType: envelope['detail-type'],
    Detail: JSON.stringify(envelope.detail),
    Resources: envelope.resources,
    Time: Date.parse(envelope.time) / 1000,
    TraceHeader: traceId,
  };
  return { service: 'events', operation: 'PutEvents', input: { Entries: [entry] } };
}

/** The same delivery again starts the same execution. */
function executionName(eventId: string, target: Target): string {
  return `${eventId}_${target.Id}`.slice(0, 80);
}
