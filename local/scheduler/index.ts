import { z } from 'zod';
import { Outbox } from '../delivery/outbox.ts';
import type { RestRoute } from '../endpoint/routes.ts';
import { parseInput } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Dispatch, JsonObject, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { withAttempt } from './firing.ts';
import { newSchedule, schedulerOperations } from './operations.ts';
import { ScheduleRunner } from './runner.ts';
import { checkDefinition, scheduleFields } from './schedule.ts';
import { type Schedule, Schedules } from './schedules.ts';

export { isRateInNumber, readScheduleExpression, type ScheduleExpression } from './expression/index.ts';
export { missedSlots } from './missed-slots.ts';

/** EventBridge Scheduler: rate, cron and one-time schedules in any time zone. */
export function createScheduler(options: SchedulerOptions): SchedulerService {
  const schedules = new Schedules(options.store, options.place);
  const outbox = new Outbox({
    ...options,
    owner: 'scheduler',
    inputFor: (delivery, attempt) => withAttempt(delivery.input, attempt),
    onDropped: (delivery, { failure }) =>
      console.error(
        `A firing of ${delivery.deadLetter.about['SCHEDULE_ARN']} was dropped: ${failure.code}: ${failure.message}`,
      ),
  });
  const runner = new ScheduleRunner({ ...options, schedules, outbox });
  const parts = { ...options, schedules, runner };
  const ensured = new Set<string>();
  return {
    name: 'scheduler',
    operations: schedulerOperations(parts),
    routes: schedulerRoutes,
    ensureGroup: (name) => options.store.writeNow(() => schedules.addGroup(name)),
    ensureSchedule: (properties) => {
      const arn = ensureSchedule(parts, properties);
      ensured.add(arn);
      return arn;
    },
    start: () => {
      removeLeftOver(parts, ensured);
      runner.start();
    },
    stop: () => runner.stop(),
  };
}

export interface SchedulerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly dispatch: Dispatch;
}

export interface SchedulerService extends Service {
  readonly routes: readonly RestRoute[];
  /** AWS::Scheduler::ScheduleGroup; `default` is always there. */
  ensureGroup(name: string): void;
  /**
   * Makes the schedule of a template, or brings one that is there in line; answers its ARN. An unchanged one goes on
   * where it was, a changed one counts from now. `properties` are those of AWS::Scheduler::Schedule, resolved, with Name.
   */
  ensureSchedule(properties: JsonObject): string;
  /**
   * Removes schedules of earlier templates that were not ensured this time. Fires what was due while the runtime was down (of each schedule the latest ten slots that are within its event
   * age), takes up deliveries that were under way, and sets the timers.
   */
  start(): void;
  stop(): void;
}

interface EnsureParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly schedules: Schedules;
  readonly runner: ScheduleRunner;
}

const ScheduleProperties = z.strictObject({
  Name: z.string(),
  GroupName: z.string().default('default'),
  ...scheduleFields,
});

function ensureSchedule(parts: EnsureParts, properties: JsonObject): string {
  const { Name, GroupName, ...definition } = parseInput(
    {
      service: 'Scheduler',
      name: 'AWS::Scheduler::Schedule',
      invalidCode: 'ValidationException',
      input: ScheduleProperties,
    },
    properties,
  );
  checkDefinition(definition);
  const made = { ...newSchedule(parts, GroupName, Name, definition), isFromTemplate: true };
  const existing = parts.schedules.find(GroupName, Name);
  if (existing !== null && isSame(existing, made)) return existing.arn;
  parts.store.writeNow(() => parts.schedules.save({ ...made, createdAtMs: existing?.createdAtMs ?? made.createdAtMs }));
  parts.runner.arm(GroupName, Name);
  return made.arn;
}

function removeLeftOver({ store, schedules }: EnsureParts, ensured: ReadonlySet<string>): void {
  const leftOver = schedules.all().filter(({ arn, isFromTemplate }) => isFromTemplate && !ensured.has(arn));
  store.writeNow(() => {
    for (const { group, name } of leftOver) schedules.remove(group, name);
  });
}

/** Both written as JSON, as one of them was on disk. */
function isSame(a: Schedule, b: Schedule): boolean {
  return JSON.stringify(a.definition) === JSON.stringify(b.definition);
}

const schedulerRoutes: readonly RestRoute[] = [
  { method: 'POST', path: '/schedules/{Name}', service: 'scheduler', operation: 'CreateSchedule' },
  { method: 'PUT', path: '/schedules/{Name}', service: 'scheduler', operation: 'UpdateSchedule' },
  { method: 'GET', path: '/schedules/{Name}', service: 'scheduler', operation: 'GetSchedule' },
  { method: 'DELETE', path: '/schedules/{Name}', service: 'scheduler', operation: 'DeleteSchedule' },
  { method: 'GET', path: '/schedules', service: 'scheduler', operation: 'ListSchedules' },
];
