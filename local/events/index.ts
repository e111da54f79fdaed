import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Outbox } from '../delivery/outbox.ts';
import { newTraceId } from '../endpoint/trace.ts';
import { parseInput } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Dispatch, JsonObject, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { EventBuses } from './bus.ts';
import { envelopeOf } from './event.ts';
import { busOperations } from './operations/buses.ts';
import { putEventsOperations } from './operations/put-events.ts';
import { ruleFrom, ruleOperations } from './operations/rules.ts';
import { targetOperations } from './operations/targets.ts';
import type { EventsParts } from './parts.ts';
import { busName, DEFAULT_BUS, Rules } from './rules.ts';
import { ScheduledRules } from './scheduled-rules.ts';
import { checkTarget, TargetInput } from './target.ts';

/** EventBridge: buses, rules and their targets. */
export function createEvents(options: EventsOptions): EventsService {
  const rules = new Rules(options.store, options.place);
  const outbox = new Outbox({
    ...options,
    owner: 'events',
    onDropped: (delivery, { failure }) =>
      console.error(
        `An event of ${delivery.deadLetter.about['RULE_ARN']} to ${delivery.deadLetter.about['TARGET_ARN']} was dropped: ${failure.code}: ${failure.message}`,
      ),
  });
  const buses = new EventBuses({ ...options, rules, outbox });
  const scheduled = new ScheduledRules({ ...options, rules, buses, outbox });
  const parts: EventsParts = { ...options, rules, buses, scheduled };
  const ensured = new Set<string>();
  return {
    name: 'events',
    operations: {
      ...putEventsOperations(parts),
      ...ruleOperations(parts),
      ...targetOperations(parts),
      ...busOperations(parts),
    },
    ensureBus: (name) => {
      options.store.writeNow(() => rules.addBus(name));
      return rules.busArn(name);
    },
    ensureRule: (properties) => {
      const arn = ensureRule(parts, properties);
      ensured.add(arn);
      return arn;
    },
    emit: (event) => emit(parts, event),
    start: () => {
      removeLeftOver(parts, ensured);
      outbox.start();
      scheduled.start();
    },
    stop: () => {
      scheduled.stop();
      outbox.stop();
    },
  };
}

export interface EventsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly dispatch: Dispatch;
}

export interface EventsService extends Service {
  /** Makes a bus and answers its ARN; `default` is always there. */
  ensureBus(name: string): string;
  /**
   * Makes the rule of a template with its targets, or brings one that is there in line; answers its ARN. `properties`
   * are those of AWS::Events::Rule, resolved, with Name.
   */
  ensureRule(properties: JsonObject): string;
  /** An event of an AWS service on the default bus. Resolves when it is on disk with its deliveries. */
  emit(event: ServiceEvent): Promise<void>;
  /**
   * Removes rules of earlier templates that were not ensured this time, takes up deliveries that were under way, and
   * sets the timers of scheduled rules.
   */
  start(): void;
  stop(): void;
}

export interface ServiceEvent {
  /** `aws.states` */
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly traceId: string | null;
}

const RuleProperties = z.strictObject({
  Name: z.string(),
  EventBusName: z.string().optional(),
  Description: z.string().default(''),
  EventPattern: z.json().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  RoleArn: z.string().optional(),
  Tags: z.unknown().optional(),
  Targets: z.array(TargetInput).default([]),
});

function ensureRule(parts: EventsParts, properties: JsonObject): string {
  const values = parseInput(
    { service: 'EventBridge', name: 'AWS::Events::Rule', invalidCode: 'ValidationException', input: RuleProperties },
    properties,
  );
  for (const target of values.Targets) checkTarget(target);
  const bus = busName(values.EventBusName);
  const made = ruleFrom(parts, {
    bus,
    name: values.Name,
    description: values.Description,
    pattern: values.EventPattern ?? null,
    scheduleExpression: values.ScheduleExpression ?? null,
    isEnabled: values.State === 'ENABLED',
  });
  const existing = parts.rules.find(bus, values.Name);
  const isSameSchedule = existing?.scheduleExpression === made.scheduleExpression && existing.isEnabled;
  const times = isSameSchedule ? { createdAtMs: existing.createdAtMs, doneUntilMs: existing.doneUntilMs } : {};
  const rule = { ...made, ...times, targets: values.Targets, isFromTemplate: true };
  parts.store.writeNow(() => parts.rules.save(rule));
  parts.scheduled.arm(bus, values.Name);
  return parts.rules.ruleArn(bus, values.Name);
}

function removeLeftOver(parts: EventsParts, ensured: ReadonlySet<string>): void {
  const leftOver = parts.rules
    .all()
    .filter((rule) => rule.isFromTemplate && !ensured.has(parts.rules.ruleArn(rule.bus, rule.name)));
  parts.store.writeNow(() => {
    for (const rule of leftOver) parts.rules.remove(rule.bus, rule.name);
  });
}

function emit(parts: EventsParts, event: ServiceEvent): Promise<void> {
  const timeMs = parts.clock.now();
  const envelope = envelopeOf({ ...event, id: randomUUID(), timeMs }, parts.place);
  return parts.buses.accept([{ bus: DEFAULT_BUS, envelope, traceId: event.traceId ?? newTraceId(timeMs) }]);
}
