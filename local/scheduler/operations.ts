import { z } from 'zod';
import { present } from '../inputs/json.ts';
import { type OperationDefinition, operation } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { JsonObject, Operation, Permission } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import type { ScheduleRunner } from './runner.ts';
import { checkDefinition, type ScheduleDefinition, scheduleFields } from './schedule.ts';
import type { Schedule, Schedules } from './schedules.ts';

/** What the operations of Scheduler share. */
export interface SchedulerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly schedules: Schedules;
  readonly runner: ScheduleRunner;
}

const ScheduleName = z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits or _.-');
const CreateInput = z.strictObject({
  Name: ScheduleName,
  GroupName: z.string().default('default'),
  /** Repeated calls are told apart by the name alone. */
  ClientToken: z
    .string()
    .optional()
    .transform(() => undefined),
  ...scheduleFields,
});
/** Path and query carry the names; SDK clients send the group as `groupName`. */
const NamedInput = z.strictObject({
  Name: z.string(),
  GroupName: z.string().optional(),
  groupName: z.string().optional(),
  clientToken: z.string().optional(),
});

export function schedulerOperations(parts: SchedulerParts): Record<string, Operation> {
  return {
    CreateSchedule: schedulerOperation({
      name: 'CreateSchedule',
      input: CreateInput,
      permissions: (input) => onSchedule(parts, input.GroupName, input.Name, 'CreateSchedule', input.Target.RoleArn),
      run: ({ Name, GroupName, ...definition }) => create(parts, GroupName, Name, definition),
    }),
    UpdateSchedule: schedulerOperation({
      name: 'UpdateSchedule',
      input: CreateInput,
      permissions: (input) => onSchedule(parts, input.GroupName, input.Name, 'UpdateSchedule', input.Target.RoleArn),
      run: ({ Name, GroupName, ...definition }) => update(parts, GroupName, Name, definition),
    }),
    GetSchedule: schedulerOperation({
      name: 'GetSchedule',
      input: NamedInput,
      permissions: (input) => onSchedule(parts, groupOf(input), input.Name, 'GetSchedule'),
      run: (input) => describe(find(parts, groupOf(input), input.Name)),
    }),
    DeleteSchedule: schedulerOperation({
      name: 'DeleteSchedule',
      input: NamedInput,
      permissions: (input) => onSchedule(parts, groupOf(input), input.Name, 'DeleteSchedule'),
      run: (input) => remove(parts, find(parts, groupOf(input), input.Name)),
    }),
    ListSchedules: schedulerOperation({
      name: 'ListSchedules',
      input: ListInput,
      permissions: () => [{ action: 'scheduler:ListSchedules', resource: '*' }],
      run: (input) => list(parts, input),
    }),
  };
}

function schedulerOperation<S extends z.ZodType>(
  definition: Omit<OperationDefinition<S>, 'service' | 'invalidCode'>,
): Operation {
  return operation({ ...definition, service: 'Scheduler', invalidCode: 'ValidationException' });
}

function onSchedule(
  parts: SchedulerParts,
  group: string,
  name: string,
  action: string,
  passedRole?: string,
): Permission[] {
  const own = { action: `scheduler:${action}`, resource: parts.schedules.arn(group, name) };
  return passedRole === undefined ? [own] : [own, { action: 'iam:PassRole', resource: passedRole }];
}

function groupOf(input: z.output<typeof NamedInput>): string {
  return input.GroupName ?? input.groupName ?? 'default';
}

async function create(
  parts: SchedulerParts,
  group: string,
  name: string,
  definition: ScheduleDefinition,
): Promise<JsonObject> {
  checkDefinition(definition);
  checkGroup(parts, group);
  await write(parts, () => {
    if (parts.schedules.find(group, name) !== null) {
      throw new AwsError('ConflictException', `Schedule ${name} already exists.`, { status: 409 });
    }
    parts.schedules.save(newSchedule(parts, group, name, definition));
  });
  parts.runner.arm(group, name);
  return { ScheduleArn: parts.schedules.arn(group, name) };
}

/** An update replaces the whole schedule; slots from before it do not fire any more. */
async function update(
  parts: SchedulerParts,
  group: string,
  name: string,
  definition: ScheduleDefinition,
): Promise<JsonObject> {
  checkDefinition(definition);
  await write(parts, () => {
    const nowMs = parts.clock.now();
    parts.schedules.save({ ...find(parts, group, name), definition, changedAtMs: nowMs, doneUntilMs: nowMs });
  });
  parts.runner.arm(group, name);
  return { ScheduleArn: parts.schedules.arn(group, name) };
}

async function remove(parts: SchedulerParts, { group, name }: Schedule): Promise<JsonObject> {
  await write(parts, () => parts.schedules.remove(group, name));
  parts.runner.arm(group, name);
  return {};
}

export function newSchedule(
  parts: Pick<SchedulerParts, 'clock' | 'schedules'>,
  group: string,
  name: string,
  definition: ScheduleDefinition,
): Schedule {
  const nowMs = parts.clock.now();
  const arn = parts.schedules.arn(group, name);
  return {
    group,
    name,
    arn,
    definition,
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    doneUntilMs: nowMs,
    isFromTemplate: false,
  };
}

function find(parts: SchedulerParts, group: string, name: string): Schedule {
  const schedule = parts.schedules.find(group, name);
  if (schedule !== null) return schedule;
  throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, { status: 404 });
}

function checkGroup(parts: SchedulerParts, group: string): void {
  if (parts.schedules.hasGroup(group)) return;
  throw new AwsError('ResourceNotFoundException', `Schedule group ${group} does not exist.`, { status: 404 });
}

const ListInput = z.strictObject({
  ScheduleGroup: z.string().optional(),
  NamePrefix: z.string().default(''),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  MaxResults: z.coerce.number().int().min(1).max(100).default(100),
  NextToken: z.string().default(''),
});

function list(parts: SchedulerParts, input: z.output<typeof ListInput>): JsonObject {
  const matching = parts.schedules.all().filter((schedule) => {
    if (input.ScheduleGroup !== undefined && schedule.group !== input.ScheduleGroup) return false;
    if (input.State !== undefined && schedule.definition.State !== input.State) return false;
    return schedule.name.startsWith(input.NamePrefix) && schedule.arn > input.NextToken;
  });
  const page = matching.sort((a, b) => (a.arn < b.arn ? -1 : 1)).slice(0, input.MaxResults);
  return present({
    Schedules: page.map((schedule) => ({
      Arn: schedule.arn,
      Name: schedule.name,
      GroupName: schedule.group,
      State: schedule.definition.State,
      CreationDate: schedule.createdAtMs / 1000,
      LastModificationDate: schedule.changedAtMs / 1000,
      Target: { Arn: schedule.definition.Target.Arn },
    })),
    NextToken: matching.length > page.length ? page.at(-1)?.arn : undefined,
  });
}

function describe(schedule: Schedule): JsonObject {
  const { definition } = schedule;
  const { Target: target, StartDate, EndDate, ...rest } = definition;
  return present({
    Arn: schedule.arn,
    Name: schedule.name,
    GroupName: schedule.group,
    ...(JSON.parse(JSON.stringify(rest)) as JsonObject),
    StartDate: StartDate === undefined ? undefined : StartDate / 1000,
    EndDate: EndDate === undefined ? undefined : EndDate / 1000,
    Target: JSON.parse(JSON.stringify(target)) as JsonObject,
    CreationDate: schedule.createdAtMs / 1000,
    LastModificationDate: schedule.changedAtMs / 1000,
  });
}

function write<T>(parts: SchedulerParts, work: () => T): Promise<T> {
  return parts.activity.track(parts.store.write(work));
}
